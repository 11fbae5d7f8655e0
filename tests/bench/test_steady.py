"""The night of the benchmarks lasts long enough in every hour of the day."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.bench.steady import night_zone, steady_site
from tests.faults.running import DATA


@pytest.mark.parametrize("hour", range(24))
def test_it_is_night_whenever_a_run_begins(hour):
    now = datetime(2026, 11, 20, hour, 59, tzinfo=UTC)
    assert now.astimezone(ZoneInfo(night_zone(now))).hour == 1


def test_only_the_time_zone_differs():
    site = DATA / "sites" / "police-lobby.toml"
    theirs, ours = site.read_text().splitlines(), steady_site(site).read_text().splitlines()
    differing = [line for line, other in zip(theirs, ours, strict=True) if line != other]
    assert differing == ['time_zone = "America/Chicago"']
