"""A cell holds a key that must be known to nobody but its owner.

It came along from another table, and whoever reads a page that shows it can use it. Revoke the key, for it may have
been published already, and take the column out of the export.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.check.examples import Data
from generator.check.keys import find_keys
from generator.check.rule import BUILD, rule
from generator.errors import Finding
from generator.load.rows import Rows

_KEY = "4eC39HqLyjWDarjtT1zdp7dc"
GOOD = (Data(f"id,note\n1,pk_live_{_KEY}\n2,A key looks like AKIAIOSFODNN7EXAMPLE\n"),)
BAD = (
    Data(f"id,note\n1,A clinic\n2,sk_live_{_KEY}\n"),
    Data(f"id,site\n1,https://hooks.slack.com/services/T02468ACE/B13579BDF/{_KEY}\n", types={"site": "url"}),
    Data(f"id,clinics\n1,sk_live_{_KEY}\n", types={"clinics": "integer"}),
    Data(f"id,note\nsk_live_{_KEY},A clinic\n"),
)


@rule(severity="error", evidence=BUILD, scope=Rows)
def cell_secret(rows: Rows) -> Iterator[Finding]:
    # Of every column, since a fault of any other kind would show the cell. Most files hold no key at all.
    columns = rows.columns
    joined = "\n".join("\n".join(columns.texts(column)) for column in columns.cells)
    texts = {text for column in columns.cells for text in columns.texts(column)} if _keys(joined) else ()
    found = {text: keys for text in texts if (keys := _keys(text))}
    for cell in rows.holding(found, columns.cells):
        for name, key in found[cell.text]:
            # The summary is read by more people than the key is for.
            fix = "Revoke the key, and take it out of the table."
            yield Finding(cell.where, f"the cell holds {name}, “{key[:10]}…”", fix)


def _keys(text: str) -> Collection[tuple[str, str]]:
    return find_keys(text, text.encode("utf-8", "surrogatepass"))
