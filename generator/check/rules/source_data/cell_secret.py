"""A cell holds a key that must be known to nobody but its owner.

It came along from another table, and whoever reads a page that shows it can use it. Revoke the key, for it may have
been published already, and take the column out of the export.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.check.examples import Data
from generator.check.keys import find_keys
from generator.check.rule import BUILD, rule
from generator.data_rows import ColumnType, Rows
from generator.errors import Finding

_KINDS: tuple[ColumnType, ...] = ("text", "url")
_KEY = "4eC39HqLyjWDarjtT1zdp7dc"
GOOD = (Data(f"id,note\n1,pk_live_{_KEY}\n2,A key looks like AKIAIOSFODNN7EXAMPLE\n"),)
BAD = (
    Data(f"id,note\n1,A clinic\n2,sk_live_{_KEY}\n"),
    Data(f"id,site\n1,https://hooks.slack.com/services/T02468ACE/B13579BDF/{_KEY}\n", types={"site": "url"}),
)


@rule(severity="error", evidence=BUILD, scope=Rows)
def cell_secret(rows: Rows) -> Iterator[Finding]:
    for kind in _KINDS:
        # A file that holds none need not be searched cell by cell.
        for cell in rows.filled(kind) if _keys(rows.text(kind)) else ():
            for name, key in _keys(cell.text):
                # The summary is read by more people than the key is for.
                fix = "Revoke the key, and take it out of the table."
                yield Finding(cell.where, f"the cell holds {name}, “{key[:10]}…”", fix)


def _keys(text: str) -> Collection[tuple[str, str]]:
    return find_keys(text, text.encode("utf-8", "surrogatepass"))
