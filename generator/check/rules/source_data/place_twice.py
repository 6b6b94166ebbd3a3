"""One place has two rows, under two spellings of its name.

“Saint Charles” and “St. Charles” in one county get two pages that compete with each other, and readers see their city
twice. Skip one of them in `content/places/overrides.csv`. Names are compared with their abbreviations spelled out,
within one region and one county; rows that are skipped already are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.examples import Data
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding
from generator.load.rows import Row, Rows

_SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_WORD = re.compile(r"[^\W_]+")
_VARIED = re.compile(rf"[^\w ]|_|  |^ | $|\b(?:{'|'.join(_SHORT)})\b")

_HEAD = "id,name,county,region_code,skip\n1,Saint Charles,Charles County,MD,\n"
GOOD = (
    Data(f"{_HEAD}2,St. Charles,Kent County,MD,\n3,St. Charles,Charles County,VA,\n", of="places"),
    Data(f"{_HEAD}2,St. Charles,Charles County,MD,The same place\n3,Charles,Charles County,MD,\n", of="places"),
)
BAD = (
    Data(f"{_HEAD}2,St. Charles,Charles County,MD,\n", of="places"),
    Data("id,name,county,region_code,skip\n1,Mount-Airy,,MD,\n2,Mt Airy,,MD,\n", of="places"),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Rows)
def place_twice(rows: Rows) -> Iterator[Finding]:
    if rows.of != "places":
        return
    spellings: dict[str, list[str]] = {}
    for name in rows.columns.texts("name"):
        spellings.setdefault(_spelled_out(name), []).append(name)
    varied = {name: spelled for spelled, names in spellings.items() if len(names) > 1 for name in names}
    first: dict[tuple[str, str, str], Row] = {}
    for number, _ in rows.columns.holding({"name": varied}):
        row = rows.columns.row(number)
        if row.cells["skip"]:
            continue
        name = row.cells["name"]
        other = first.setdefault((row.cells["region_code"], row.cells["county"], varied[name]), row)
        # Two rows with one and the same name are told apart by their counties, or by nothing: that is another matter.
        if other.cells["name"] != name:
            what = f"“{name}” may be the place “{other.cells['name']}” of {other.where()}"
            fix = "If it is, skip one of them in content/places/overrides.csv."
            yield Finding(row.where("name"), what, fix)


def _spelled_out(name: str) -> str:
    folded = name.casefold()
    if not _VARIED.search(folded):
        return folded  # Most names are words with a space between each two, and need no longer look.
    return " ".join(_SHORT.get(word, word) for word in _WORD.findall(folded))
