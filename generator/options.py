"""Options of a build, as the command line gives them."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct

Printing = Literal["traced", "plain", "verified"]
"""The way of printing pages; "verified" prints each in both ways and compares."""


class Options(Struct, frozen=True):
    """A site, the folder to build it into, and everything else that a user asks of the build.

    ``now`` decides what has expired and which date a change gets. ``allow_removal`` is the number of files
    that may go beyond the guard's limits. ``touch`` dates the pages that templates change, too; ``is_first``
    states that nothing was published before. ``printing`` changes how pages are made and nothing about them.
    """

    root: Path
    output: Path
    now: datetime.date
    settings: tuple[str, ...] = ()
    allow_removal: int = 0
    touch: bool = False
    is_first: bool = False
    printing: Printing = "traced"
