"""Examples that rules carry: a real site with one thing changed. Tests apply them, and the documentation shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

PageKind = Literal["chooser", "home", "topic", "region", "place", "not_found"]


class NothingChanged(Exception):
    """The example no longer fits the site that it changes."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A page, or another file, in which every match of the regular expression ``old`` becomes ``new``.

    ``of`` is a kind of page (one of that kind, in the default language), the address of a file of the tree, as
    ``/robots.txt``, or the path of a file that people write, as ``content/site.yaml``. Nothing else changes.
    """

    old: str
    new: str
    of: PageKind | str = "place"

    def apply(self, text: str) -> str:
        """Raises NothingChanged where there is nothing to change."""
        changed, count = re.subn(self.old, lambda _: self.new, text, flags=re.DOTALL)
        if not count or changed == text:
            raise NothingChanged(f"{self.old!r} is not in the page of kind {self.of!r}")
        return changed


@dataclass(frozen=True, slots=True)
class Statement:
    """The facts of the site after an SQL statement that changes some of them."""

    sql: str


Example = Edit | Statement
