"""A program of a visit: it sees few variables and no open file of the kiosk, and nobody hears its output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment


def quiet_child(command: Sequence[str], environment: Mapping[str, str], parent: QObject) -> QProcess:
    """Return the process of a command, not started yet."""
    process = QProcess(parent)
    process.setProgram(command[0])
    process.setArguments(list(command[1:]))
    variables = QProcessEnvironment()
    for name, value in environment.items():
        variables.insert(name, value)
    process.setProcessEnvironment(variables)
    process.setWorkingDirectory("/")
    process.setStandardOutputFile(QProcess.nullDevice())
    process.setStandardErrorFile(QProcess.nullDevice())
    flags = QProcess.UnixProcessFlag
    process.setUnixProcessParameters(flags.CloseFileDescriptors | flags.UseVFork | flags.ResetSignalHandlers)
    return process
