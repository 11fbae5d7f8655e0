"""How much of a feed is read, each with its reason, and how the rest is refused.

The largest feed known is a state's: about 50,000 services. A feed of a city has 4,000 services in 7 MB.
"""

from __future__ import annotations

LARGEST_FEED = 512 * 1024 * 1024
"""Bytes after unpacking: ten times a state's directory. Memory does not grow with it, disk and time do."""

MOST_FILES = 2_000
"""Files or members. A state's directory in pages of 50 services has 1,000."""

MOST_ROWS = 2_000_000
"""Rows of all tables or objects of all pages; a state's directory has about 700,000."""

MOST_STAGED = 50_000
"""Rows of the staging file: a spreadsheet opens a million, but nobody reads more than this."""

MOST_TAKEN = 500
"""Marked rows. A kiosk carries tens to a few hundred entries that somebody called."""

LONGEST_FIELD = 100_000
"""Characters of one value; the longest description known has 3,285."""

LONGEST_ROW = 1_000_000
"""Characters of one line of a table: the longest field, ten times."""

LARGEST_RECORD = 200_000
"""Values in one object of a page. An organization with 1,000 services has about 60,000."""

DEEPEST = 40
"""Levels of a page; HSDS nests eleven deep."""

LARGEST_DIRECTORY = 1024 * 1024
"""Bytes of a ZIP file's own list of members, about 10,000 names; it is read whole before anything else."""

LARGEST_RATIO = 200
"""Times that a member of a ZIP file may grow. Tables grow 10 to 30 times, a ZIP bomb 1,000 times."""

RATIO_COUNTS_FROM = 4 * 1024 * 1024
"""Bytes of a member from which the ratio is looked at: a small file of equal rows harms nobody."""

LARGEST_STAGING = 128 * 1024 * 1024
"""Bytes of the staging file as it comes back: all its rows with 2.5 KB each."""


class FeedRefusedError(Exception):
    """The feed is refused as a whole; the message says what is wrong and what to do."""
