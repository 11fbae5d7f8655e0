"""What the host decides, without a process, a pipe or a clock: words and times go in, orders come out.

Two visits are alive: one on screen, one standby that waits with its lobby painted. When the visit on screen
is over, crashes or falls silent, the standby is shown above it; only then is the old one killed. All times
are seconds of a clock that counts up.
"""

from __future__ import annotations

import dataclasses
from dataclasses import field
from typing import Final

from kiosk.host.link import Word
from kiosk.later import dataclass

SILENCE_S: Final = 0.5  # a visit that says nothing for so long has hung
SHOW_S: Final = 0.5  # a standby that does not show itself for so long has hung
READY_S: Final = 15.0  # a visit that is not ready after so long has hung
FIRST_READY_S: Final = 40.0  # the first of all reads Qt too, perhaps from a slow disk
REST_S: Final = 4.0  # how often a resting visit is asked whether it is well: three wake-ups each time
ANSWER_S: Final = 0.5
SHORT_LIFE_S: Final = 1.0  # a visit that dies so soon after it was started or shown counts as failing
DEATHS_IN_A_ROW: Final = 3  # after so many the built-in page is shown
LONGEST_PAUSE_S: Final = 30.0
BUILT_IN_S: Final = 60.0  # the built-in page stays so long where nobody uses it, twice that the next time
LONGEST_BUILT_IN_S: Final = 3600.0


@dataclass(frozen=True)
class Start:
    """Start a standby; `built_in` shows 911 and the day-and-night lines without the content set."""

    built_in: bool


@dataclass(frozen=True)
class Say:
    """Say a word to a visit."""

    visit: int
    word: Word


@dataclass(frozen=True)
class Kill:
    """Kill a visit and reap it."""

    visit: int


Order = Start | Say | Kill


@dataclasses.dataclass(slots=True)
class _Visit:
    since: float  # when it was started, later when it was shown
    built_in: bool = False
    ready: bool = False
    hung: bool = False
    used: bool = False  # somebody used it: it must not serve a second visitor longer than it has to
    in_use: bool = False
    told_to_show: float | None = None
    heard: float = 0.0
    asked: float | None = None
    heard_at_rest: float = 0.0


@dataclasses.dataclass(slots=True)
class Supervisor:
    """The state of the host. Call the `on_...` methods with what happened; carry out what they return."""

    on_screen: int | None = None
    standby: int | None = None
    start_at: float | None = 0.0
    deaths: int = 0
    _visits: dict[int, _Visit] = field(default_factory=dict)
    _has_shown: bool = False
    _built_in_s: float = BUILT_IN_S / 2

    def on_started(self, visit: int, now: float) -> None:
        """A visit process was started as the standby."""
        self._visits[visit] = _Visit(now, built_in=self.is_failing, heard=now)
        self.standby = visit
        self.start_at = None

    def on_word(self, visit: int, word: Word, now: float) -> list[Order]:
        """A visit said something."""
        state = self._visits.get(visit)
        if state is None:
            return []
        state.heard = state.heard_at_rest = now
        state.hung, state.asked = False, None
        if word is Word.READY:
            state.ready = True
            return self._swap_if_due(now)
        if word is Word.SHOWN and visit == self.standby:
            return self._take_over(now)
        if word is Word.ALIVE:
            state.used = state.in_use = True
        if word is Word.OVER:
            state.used, state.in_use = True, False
            if not state.built_in:  # somebody was served: what failed before is past
                self._built_in_s = BUILT_IN_S / 2
            return self._swap_if_due(now)
        return []

    def on_gone(self, visit: int, now: float) -> list[Order]:
        """A visit process ended by itself or was killed from outside."""
        state = self._visits.pop(visit, None)
        if state is None:
            return []
        self._count_death(state, now)
        if visit == self.standby:
            self.standby = None
            self.start_at = now + self.pause()
        if visit == self.on_screen:
            self.on_screen = None
            return self._swap_if_due(now)
        return []

    def on_renewed(self, now: float) -> list[Order]:
        """There is other content: replace the standby now, and what is on screen as soon as nobody uses it.

        A visit in use keeps what it has. What failed with the old content may do well with the new.
        """
        self.deaths, self._built_in_s = 0, BUILT_IN_S / 2
        if self.start_at is not None:
            self.start_at = now
        for state in self._visits.values():
            state.used = True
        standby = self._visits.get(self.standby) if self.standby is not None else None
        if standby is None or self.standby is None or standby.told_to_show is not None:
            return []
        old, self.standby, self.start_at = self.standby, None, now
        self._visits.pop(old)
        return [Kill(old)]

    def on_time(self, now: float) -> list[Order]:
        """Time has passed: find what hung, ask what rests, start what is due."""
        orders: list[Order] = []
        orders += self._standby_in_time(now)
        orders += self._screen_in_time(now)
        orders += self._try_again(now)
        if self.standby is None and self.start_at is not None and now >= self.start_at:
            orders.append(Start(self.is_failing))
        return orders

    def wakes_at(self) -> float | None:
        """When `on_time` has something to do next; None for never."""
        times = [] if self.start_at is None or self.standby is not None else [self.start_at]
        standby = self._visits.get(self.standby) if self.standby is not None else None
        if standby and not standby.ready:
            times.append(standby.since + self._time_to_get_ready())
        if standby and standby.told_to_show is not None:
            times.append(standby.told_to_show + self._time_to_show())
        shown = self._visits.get(self.on_screen) if self.on_screen is not None else None
        if shown and not shown.hung:
            times.append(self._silent_at(shown))
        return min(times, default=None)

    @property
    def is_failing(self) -> bool:
        """True after several visits died young: the content set or a page kills them."""
        return self.deaths >= DEATHS_IN_A_ROW

    @property
    def answers(self) -> bool:
        """True while a visit is on screen and has answered when it was last asked."""
        shown = self._visits.get(self.on_screen) if self.on_screen is not None else None
        return shown is not None and shown.asked is None

    def pause(self) -> float:
        """Seconds to wait before the next start: none at first, doubling while visits die young."""
        if self.deaths < 2:
            return 0.0
        return float(min(LONGEST_PAUSE_S, 0.25 * 2 ** (self.deaths - 2)))

    def _swap_if_due(self, now: float) -> list[Order]:
        """Show the standby if it is ready and the screen is empty or its visit is over."""
        standby = self._visits.get(self.standby) if self.standby is not None else None
        if standby is None or not standby.ready or standby.told_to_show is not None:
            return []
        shown = self._visits.get(self.on_screen) if self.on_screen is not None else None
        if shown and (shown.in_use or not shown.used):
            return []
        assert self.standby is not None  # noqa: S101 - looked up above
        standby.told_to_show = now
        return [Say(self.standby, Word.SHOW)]

    def _take_over(self, now: float) -> list[Order]:
        """The standby is on the glass: kill what lies below it, start the next."""
        old, self.on_screen, self.standby = self.on_screen, self.standby, None
        self._has_shown = True
        assert self.on_screen is not None  # noqa: S101 - the standby that just spoke
        state = self._visits[self.on_screen]
        state.told_to_show, state.heard_at_rest, state.since = None, now, now
        self.start_at = now + self.pause()
        below = self._visits.pop(old, None) if old is not None else None
        if state.built_in and not (below and below.built_in):
            self._built_in_s = min(2 * self._built_in_s, LONGEST_BUILT_IN_S)
        if old is None:
            return []
        self.deaths = 0
        return [Kill(old)]

    def _try_again(self, now: float) -> list[Order]:
        """Let the built-in page end where nobody uses it: what failed for slowness may do well by now."""
        shown = self._visits.get(self.on_screen) if self.on_screen is not None else None
        if not (shown and shown.built_in) or shown.in_use or now - shown.since < self._built_in_s:
            return []
        shown.used = True
        return self._swap_if_due(now)

    def _standby_in_time(self, now: float) -> list[Order]:
        standby = self._visits.get(self.standby) if self.standby is not None else None
        if standby is None or self.standby is None:
            return []
        too_slow = not standby.ready and now - standby.since >= self._time_to_get_ready()
        mute = standby.told_to_show is not None and now - standby.told_to_show >= self._time_to_show()
        if not (too_slow or mute):
            return []
        hung, self.standby = self.standby, None
        self._visits.pop(hung)
        self.deaths += 1
        self.start_at = now + self.pause()
        return [Kill(hung), *self._kill_hung_screen()]

    def _time_to_get_ready(self) -> float:
        return READY_S if self._has_shown or self.deaths else FIRST_READY_S

    def _time_to_show(self) -> float:
        """Before the first page there is nothing to cover: a slow machine has its time for it."""
        return SHOW_S if self._has_shown else READY_S

    def _kill_hung_screen(self) -> list[Order]:
        """Kill a visit on screen that hangs and that nothing can cover: an empty screen tells nothing."""
        shown = self._visits.get(self.on_screen) if self.on_screen is not None else None
        if shown is None or self.on_screen is None or not shown.hung:
            return []
        hung, self.on_screen = self.on_screen, None
        self._visits.pop(hung)
        return [Kill(hung)]

    def _screen_in_time(self, now: float) -> list[Order]:
        shown = self._visits.get(self.on_screen) if self.on_screen is not None else None
        if shown is None or self.on_screen is None or shown.hung or now < self._silent_at(shown):
            return []
        if not shown.in_use and shown.asked is None:
            shown.asked = now
            return [Say(self.on_screen, Word.ASK)]
        return self._replace_hung(now)

    def _replace_hung(self, now: float) -> list[Order]:
        """Cover a visit that hangs; without a ready standby it is killed first: hiding goes before all.

        One that nobody uses shows the lobby, which is nothing to hide: it stays until the standby is ready.
        """
        hung = self.on_screen
        assert hung is not None  # noqa: S101 - asked by the caller
        state = self._visits[hung]
        was_in_use = state.in_use
        state.used, state.in_use, state.hung = True, False, True
        standby = self._visits.get(self.standby) if self.standby is not None else None
        if standby and standby.ready:
            return self._swap_if_due(now)
        if not was_in_use:
            return []
        self._count_death(state, now)
        return self._kill_hung_screen()

    def _silent_at(self, shown: _Visit) -> float:
        """When the visit on screen has been silent for too long, or is to be asked."""
        if shown.in_use:
            return shown.heard + SILENCE_S
        if shown.asked is not None:
            return shown.asked + ANSWER_S
        return shown.heard_at_rest + REST_S

    def _count_death(self, state: _Visit, now: float) -> None:
        self.deaths = self.deaths + 1 if now - state.since < SHORT_LIFE_S else 1
