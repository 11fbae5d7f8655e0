"""The steps of `publish`, as the people of an agency take them."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

    from securesystemslib.signer import CryptoSigner

    from kiosk.content.faults import Fault
    from kiosk.updates.draft import Draft

    Commands = _SubParsersAction[ArgumentParser]
    Run = Callable[[Namespace], int]


def add_publish_commands(steps: Commands, guard: Callable[[Run], Run]) -> None:
    """Add keys, start, content, change-keys, sign, release, renew and status."""
    made = {}
    for name, (run, text, options) in _steps().items():
        made[name] = steps.add_parser(name, help=text, description=text)
        for option in options.split():
            _add_option(made[name], option)
        made[name].set_defaults(command=guard(_plainly(run)))
    made["keys"].add_argument("--name", required=True, metavar="NAME", help="whose key it is, such as ada")
    made["keys"].add_argument("--out", type=Path, required=True, metavar="DIR", help="where both files go")
    _add_files(made["start"], "--person", "of each of the three people", required=True)
    made["start"].add_argument(
        "--renewal", type=Path, required=True, metavar="FILE.pub", help="of the web server's keeper"
    )
    made["change-keys"].add_argument(
        "--lost", action="append", default=[], metavar="NAME", help="whose key is lost"
    )
    _add_files(made["change-keys"], "--new", "in its place")
    made["sign"].add_argument(
        "--compare", type=Path, metavar="DIR", help="say first how it differs from this content"
    )


def _steps() -> dict[str, tuple[Run, str, str]]:
    return {
        "keys": (
            _keys,
            "make your own key: NAME.key stays with you, NAME.pub is for the others",
            "passphrase-file",
        ),
        "start": (
            _start,
            "draft a repository: three people, a renewal key, the first content",
            "draft content",
        ),
        "content": (_content, "draft the next content", "repository draft content"),
        "change-keys": (_change, "draft new keys for lost ones, or the same people anew", "repository draft"),
        "sign": (_sign, "check a draft and sign it with your key", "draft key passphrase-file"),
        "release": (_release, "publish a draft that two have signed", "draft repository key passphrase-file"),
        "renew": (_renew, "say anew that the newest content is the newest", "repository key passphrase-file"),
        "status": (_status, "say what is published, by whom, and until when it holds", "repository"),
    }


def _add_files(parser: ArgumentParser, option: str, text: str, *, required: bool = False) -> None:
    parser.add_argument(
        option,
        type=Path,
        action="append",
        default=None if required else [],
        required=required,
        metavar="FILE.pub",
        help=text,
    )


def _add_option(parser: ArgumentParser, name: str) -> None:
    texts = {
        "repository": ("DIR", "the published folder"),
        "draft": ("DIR", "the folder that goes from one person to the next"),
        "content": ("DIR|FILE", "the content set, or a file that `build` made of it"),
        "key": ("FILE.key", "your own key"),
        "passphrase-file": ("FILE", "read the passphrase from a file; else you are asked"),
    }
    metavar, text = texts[name]
    parser.add_argument(
        f"--{name}", type=Path, required=name != "passphrase-file", metavar=metavar, help=text
    )


def _plainly(run: Run) -> Run:
    def guarded(options: Namespace) -> int:
        from kiosk.updates.faults import PublishError

        try:
            return run(options)
        except PublishError as error:
            print(error, file=sys.stderr)
            return 1

    return guarded


def _keys(options: Namespace) -> int:
    from kiosk.updates.keys import make_key
    from kiosk.updates.roles import fingerprint

    key = make_key(options.name, _passphrase(options, twice=True), options.out)
    print(f"{options.out / options.name}.key: keep it to yourself, on two sticks in two places.")
    print(f"{options.out / options.name}.pub: give it to the others. Fingerprint: {fingerprint(key.keyid)}")
    return 0


def _start(options: Namespace) -> int:
    from kiosk.updates.draft import start
    from kiosk.updates.keys import read_public
    from kiosk.updates.roles import fingerprint, name_of

    people, renewal = [read_public(path) for path in options.person], read_public(options.renewal)
    start(options.draft, people, renewal, options.content, _check(), _now())
    print("Compare by telephone, each with its owner:")
    for key in (*people, renewal):
        print(f"  {name_of(key)}: {fingerprint(key.keyid)}")
    return _say_draft(options.draft)


def _content(options: Namespace) -> int:
    from kiosk.updates.draft import add_content
    from kiosk.updates.repository import open_repository

    add_content(options.draft, open_repository(options.repository), options.content, _check(), _now())
    return _say_draft(options.draft)


def _change(options: Namespace) -> int:
    from kiosk.updates.draft import change_keys
    from kiosk.updates.keys import read_public
    from kiosk.updates.repository import open_repository

    new = [read_public(path) for path in options.new]
    change_keys(options.draft, open_repository(options.repository), options.lost, new, _now())
    return _say_draft(options.draft)


def _sign(options: Namespace) -> int:
    from kiosk.updates.draft import differences, read_draft, sign

    draft = read_draft(options.draft)
    _say_what(draft)
    if options.compare:
        found = differences(draft, options.compare)
        print(f"Compared with {options.compare}: {'the same.' if not found else ''}")
        for line in found:
            print(f"  {line}")
    sign(options.draft, _signer(options), _check())
    return _say_draft(options.draft)


def _release(options: Namespace) -> int:
    from kiosk.updates.draft import read_draft
    from kiosk.updates.repository import release

    draft = read_draft(options.draft)
    release(draft, options.repository, _signer(options), _now())
    print(f"Published: content {draft.targets.signed.version}, in {options.repository}.")
    return _status(options)


def _renew(options: Namespace) -> int:
    from kiosk.updates.repository import renew

    renew(options.repository, _signer(options), _now())
    return _status(options)


def _status(options: Namespace) -> int:
    from kiosk.updates.repository import open_repository
    from kiosk.updates.roles import names

    repository = open_repository(options.repository)
    people = ", ".join(sorted(names(repository.root, "targets").values()))
    print(f"Content {repository.targets.version}. Two of these sign: {people}.")
    print(f"Renewal key: {', '.join(names(repository.root, 'timestamp').values())}.")
    for role, until in repository.expiries().items():
        print(f"  {role} holds until {until:%Y-%m-%d}")
    late = min(repository.expiries().values()) < _now()
    if late:
        print("Something has expired: kiosks keep the content they have and take nothing new.")
    for line in repository.due(_now()):
        print(line)
    return int(late)


def _say_what(draft: Draft) -> None:
    from kiosk.updates.roles import CONTENT, fingerprint, name_of, names

    targets = draft.targets.signed
    hashed = fingerprint(targets.targets[CONTENT].hashes["sha256"])
    print(f"Content {targets.version}, {len(draft.packed)} bytes. Read this out to each other: {hashed}")
    if draft.root:
        now, before = names(draft.judge, "root"), names(draft.current.signed, "root") if draft.current else {}
        print(f"Who may sign from now on: {', '.join(sorted(now.values()))}.")
        for keyid in sorted(draft.judge.keys):
            mark = "" if keyid in before or not before or keyid not in now else " (new)"
            print(f"  {name_of(draft.judge.keys[keyid])}: {fingerprint(keyid)}{mark}")


def _say_draft(folder: Path) -> int:
    from kiosk.updates.draft import read_draft

    lacks = read_draft(folder).missing()
    if not lacks:
        print(f"{folder}: signed by enough people; publish it with `publish release`.")
    for what, words in lacks.items():
        print(f"{folder}: signatures lacking for {what}: {words}")
    return 0


def _signer(options: Namespace) -> CryptoSigner:
    from kiosk.updates.keys import open_key

    return open_key(options.key, _passphrase(options, twice=False))


def _passphrase(options: Namespace, *, twice: bool) -> str:
    from kiosk.updates.faults import PublishError

    if options.passphrase_file:
        try:
            return str(options.passphrase_file.read_text(encoding="utf-8").rstrip("\r\n"))
        except (OSError, UnicodeDecodeError):
            raise PublishError(
                f"{options.passphrase_file} cannot be read; write the passphrase into it."
            ) from None
    try:
        words = getpass.getpass("Passphrase: ")
        if twice and getpass.getpass("Once more: ") != words:
            raise PublishError("The two were not the same; nothing is written. Try again.")
    except EOFError:
        raise PublishError(
            "There is nobody to ask for the passphrase; give --passphrase-file FILE."
        ) from None
    return words


def _check() -> Callable[[Path], tuple[Fault, ...]]:
    from kiosk.updates.commands import checker

    return checker(date.today())  # noqa: DTZ011 - the day of whoever sits here


def _now() -> datetime:
    return datetime.now(UTC)
