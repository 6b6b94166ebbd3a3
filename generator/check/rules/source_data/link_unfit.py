"""A web address of a table leads to somebody's own network, is not encrypted, or carries a campaign.

`localhost` and private networks work for nobody else. Browsers warn of pages without HTTPS. And the parameters of a
campaign tell the other site's statistics something that is not so. Write the address that a reader should open.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.check.addresses import CAMPAIGN
from generator.check.examples import Data
from generator.check.hosts import host_name, is_own_network
from generator.check.quoting import quoted
from generator.check.rule import HEURISTIC, rule
from generator.errors import Finding
from generator.load.rows import ColumnType, Rows

_URL: dict[str, ColumnType] = {"site": "url"}
GOOD = (Data("id,site\n1,https://www.example.com/?page=2\n2,https://8.8.8.8/\n", types=_URL),)
BAD = (
    Data("id,site\n1,http://localhost:8000/\n", types=_URL),
    Data("id,site\n1,https://user:secret@www.example.com/\n", types=_URL),
    Data("id,site\n1,https://192.168.1.20/\n", types=_URL),
    Data("id,site\n1,http://www.example.com/\n", types=_URL),
    Data("id,site\n1,https://www.example.com/?utm_source=kaly\n", types=_URL),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Rows)
def link_unfit(rows: Rows) -> Iterator[Finding]:
    for cell in rows.filled("url"):
        parts = urlsplit(cell.text)
        campaign = CAMPAIGN.search(cell.text.replace("?", "&"))
        if "@" in parts.netloc:
            what = "the address carries the name of a user, and perhaps a password"
            yield Finding(cell.where, what, "Write the address alone.")
        elif is_own_network(host_name(parts.netloc), ""):
            yield Finding(cell.where, f"nobody else can open {quoted(cell.text)}", "Write the public address.")
        elif parts.scheme == "http":
            yield Finding(cell.where, f"{quoted(cell.text)} is not encrypted", "Write https:// if the site has it.")
        elif campaign:
            what = f"{quoted(cell.text)} carries {quoted(campaign[1])}"
            yield Finding(cell.where, what, "Take the parameters of the campaign out.")
