"""What an import of the pages costs besides the pages."""

import subprocess
import sys
from pathlib import Path

import pytest
import shiboken6

from kiosk.visit.visit import Look

ROOT = Path(__file__).parents[2]


def printed(script: str, *words: str) -> str:
    """What a fresh Python prints."""
    done = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout


SOURCES_KEPT = """
import linecache
import kiosk.ui.served
print(*(name for name in linecache.cache if "kiosk" in name), sep="\\n")
"""


def test_no_source_is_read_when_pages_are_imported() -> None:
    told = printed(SOURCES_KEPT)
    assert told.split() == []


LOADED = """
import sys
import kiosk.cli, kiosk.running, kiosk.host.edition, kiosk.host.host, kiosk.host.reading
import kiosk.ui.run, kiosk.ui.served
print(*sys.modules, sep="\\n")
"""
LATER = {
    *("argparse", "socket", "sqlite3", "tomllib", "PIL", "qrcode"),
    *("kiosk.commands", "kiosk.find.finder", "kiosk.site_file", "kiosk.technician", "kiosk.ui.assistive"),
}


def test_a_start_loads_nothing_that_the_first_page_does_without() -> None:
    told = printed(LOADED)
    assert LATER.isdisjoint(told.split())
    if (Path(shiboken6.__file__).parent / "files.dir").exists():  # unpacked, as the README says
        assert "logging" not in told.split(), "Qt for Python loads what writes type stubs"
        assert "zipfile" not in told.split(), "Qt for Python loads what it would unpack itself with"


AS_BEFORE = """
import re
compiled = re.compile
import kiosk.ui
import base64, tempfile, zipfile
print(re.compile is compiled)
print(base64.b64encode(b"1").decode(), bool(tempfile.gettempdir()), zipfile.ZipFile.__name__)
"""


def test_what_stood_in_for_others_is_gone_when_qt_is_loaded() -> None:
    told = printed(AS_BEFORE)
    assert told == "True\nMQ== True ZipFile\n"


KEPT = """
import sys
import kiosk.ui.served
from kiosk.ui.loading import UNPACKING
for module in list(sys.modules.values()):
    for value in vars(module).values():
        if getattr(value, "__name__", "") in UNPACKING and not getattr(value, "__file__", None):
            print(module.__name__)
"""


def test_only_qt_for_python_keeps_what_stood_in_for_others() -> None:
    told = printed(KEPT)
    assert set(told.split()) <= {"shiboken6", "signature_bootstrap"}


PATTERN = """
import re
compiled, seen = re._compile, []
def compile_and_note(pattern, flags):
    seen.append(len(pattern))
    return compiled(pattern, flags)
re._compile = compile_and_note
import kiosk.ui.served
print(max(seen) < 1000)
from PySide6.QtCore import QRect
try:
    QRect("a")
except TypeError:
    print(max(seen) > 5000)
"""


def test_the_pattern_that_tells_how_to_call_is_compiled_when_somebody_asks() -> None:
    told = printed(PATTERN)
    assert told.split() == ["True", "True"]


WRONG_CALL = """
import kiosk.ui
from PySide6.QtCore import QRect
try:
    QRect("a")
except TypeError as error:
    print(error)
"""


def test_qt_for_python_still_says_how_a_function_is_called() -> None:
    told = printed(WRONG_CALL)
    assert "QRect.__init__(left: int, top: int, width: int, height: int" in told


WHEN_ASKED = """
import os, sys
from PySide6.QtWidgets import QApplication
from kiosk.host.link import linked
from kiosk.ui import theme
from kiosk.ui.served import serve
def opened():
    print(QApplication.instance() is not None, bool(theme._RATIO))
    sys.stdout.flush()
    os._exit(0)
serve(linked()[0], opened, True)
"""


def test_qt_and_the_fonts_begin_while_a_house_is_waited_for() -> None:
    assert printed(WHEN_ASKED).split() == ["True", "True"]


ONE_AT_A_TIME = """
import sys
import kiosk.ui.served
from kiosk.ui.pages import load_others
def loaded(): return {name for name in sys.modules if name.startswith("kiosk.ui.pages.")}
before = loaded()
for _ in load_others():
    print(len(loaded() - before))
    before = loaded()
print({"kiosk.ui.pages.others", "kiosk.takeaway.coder", "kiosk.find.finder"} <= sys.modules.keys())
"""


def test_the_pages_behind_the_lobby_are_loaded_a_few_at_a_time() -> None:
    told = printed(ONE_AT_A_TIME)
    *steps, all_of_them = told.split()
    assert all_of_them == "True"
    assert len(steps) > 5
    assert max(map(int, steps)) <= 5


AS_ITS_UNIT_SAYS = """
import sys
import kiosk.cli, kiosk.running
def fork_visit(*_, **__):
    print({"argparse", "kiosk.commands"} & sys.modules.keys())
    sys.exit()
kiosk.running.fork_visit = fork_visit
kiosk.cli.main(sys.argv[1:])
"""


def test_a_start_by_its_unit_loads_no_other_command() -> None:
    unit = (ROOT / "kiosk" / "deploy" / "units" / "visitor-kiosk.service").read_text()
    (line,) = (line for line in unit.splitlines() if line.startswith("ExecStart="))
    words = line.partition("/usr/bin/visitor-kiosk ")[2].split()
    assert words[0] == "run"
    told = printed(AS_ITS_UNIT_SAYS, *words)
    assert told == "set()\n"


AS_IT_IS_FORKED = """
import sys
import kiosk.cli, kiosk.running
def fork_visit(*_, **__):
    print("PySide6" in sys.modules, "kiosk.host.host" in sys.modules, "kiosk.host.supervisor" in sys.modules)
    sys.exit()
kiosk.running.fork_visit = fork_visit
kiosk.cli.main([])
"""


def test_nothing_is_loaded_before_the_first_visit_is_forked_that_it_does_not_need() -> None:
    told = printed(AS_IT_IS_FORKED)
    assert told == "False False False\n"


FORKED_WITH = """
import os, sys
import kiosk.cli, kiosk.running
looked_at = []
class Edition(kiosk.running.Edition):
    def __init__(self, path):
        super().__init__(path)
        looked_at.append(path.name)
def fork_visit(*_, **__):
    print(looked_at, "NOTIFY_SOCKET" in os.environ)
    sys.exit()
kiosk.running.Edition, kiosk.running.fork_visit = Edition, fork_visit
os.environ["NOTIFY_SOCKET"] = "/nowhere"
kiosk.cli.main([])
"""


def test_the_first_visit_cannot_speak_to_systemd_and_no_change_of_its_content_is_missed() -> None:
    assert printed(FORKED_WITH) == "['data'] False\n"


AS_THE_HOST_BEGINS = """
import os, sys
import kiosk.cli, kiosk.running
from kiosk.host.host import Host
kiosk.running.fork_visit = lambda *_, **__: (os.getpid(), None)
Host.run = lambda self: print("PySide6" in sys.modules) or 0
kiosk.cli.main([])
"""


def test_the_host_has_not_loaded_qt_when_it_begins() -> None:
    told = printed(AS_THE_HOST_BEGINS)
    assert told == "False\n"


PREPARED = """
import os, sys
import kiosk.cli, kiosk.running
from kiosk.later import _waiting
assert _waiting
kiosk.running._prepare()
print(len(_waiting), "kiosk.ui.served" in sys.modules, "kiosk.ui.pages.others" in sys.modules)
print(sys.getdlopenflags() == os.RTLD_LAZY)
"""


def test_what_visits_are_forked_from_has_all_they_need() -> None:
    told = printed(PREPARED)
    assert told.split() == ["0", "True", "True", "True"]


FIRST_PAGE = """
import sys
from pathlib import Path
import PySide6.QtGui
from kiosk.house import open_house
from kiosk.ui.picture import built
from kiosk.ui.run import make_application
from kiosk.ui.theme import Panel
from kiosk.visit.visit import Look, Visit
application = make_application()
house = open_house(Path("data"), Path("data/sites/police-lobby.toml"))
page = built(house, Visit(look=Look(sys.argv[1])), Panel(1080, 1920, 4.0))
page.grab()
print("QPainter" in vars(PySide6.QtGui), "QGradient" in vars(PySide6.QtGui))
"""


@pytest.mark.parametrize("look", list(Look))
def test_the_first_page_is_painted_without_the_classes_of_gradients(look: Look) -> None:
    told = printed(FIRST_PAGE, look)
    assert told == "True False\n"
