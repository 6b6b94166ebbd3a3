"""Examples that rules carry: a real site with one thing changed. Tests apply them, and the documentation shows them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from generator.load.rows import Columns, ColumnType, Rows

PageKind = Literal["chooser", "home", "topic", "region", "place", "not_found"]


class Edit(Struct, frozen=True):
    """A page, or another file, in which every match of the regular expression ``old`` becomes ``new``.

    ``of`` is a kind of page (one of that kind, in the default language), the address of a file of the tree, as
    ``/robots.txt``, or the path of a file that people write, as ``content/site.yaml``. Nothing else changes.
    """

    old: str
    new: str
    of: PageKind | str = "place"

    def apply(self, text: str) -> str:
        """Raises ValueError where there is nothing to change: the example no longer fits the site."""
        changed, count = re.subn(self.old, lambda _: self.new, text, flags=re.DOTALL)
        if not count or changed == text:
            raise ValueError(f"{self.old!r} is not in the page of kind {self.of!r}")
        return changed


class Statement(Struct, frozen=True):
    """The facts of the site after an SQL statement that changes some of them."""

    sql: str


class Data(Struct, frozen=True):
    """A file of data with these lines, the first of which names its columns: a table, or the places of a country.

    Pages may show all columns but the first. They hold texts where ``types`` says nothing else.
    """

    text: str
    of: Literal["table", "places"] = "table"
    types: Mapping[str, ColumnType] = field(default_factory=dict)

    def rows(self) -> Rows:
        """The file as rules read it."""
        names, *records = csv.reader(io.StringIO(self.text))
        cells = dict(zip(names, zip(*records, strict=True), strict=True))
        kinds = {name: self.types.get(name, "text") for name in names[1:]}
        return Rows(Columns("content/data.csv", range(2, len(records) + 2), cells), self.of, kinds)


Example = Edit | Statement | Data
