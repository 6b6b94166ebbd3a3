"""The picture that a page offers for sharing cannot be fetched.

A card without its picture is easily passed over. The address must be a whole one, with `https://` and the host, since
it is read on other sites; and the file must be there.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_PICTURES = frozenset({"og:image", "og:image:url", "og:image:secure_url"})
GOOD = (
    Edit('(?<=<meta property="og:image" content=")[^"]*', "https://cdn.example.org/card.jpg"),
    Edit('(?<=<meta property="og:image" content=")[^"]*', "https://www.example.com/favicon.ico?v=2"),
    Edit('(?<=<meta property="og:image:width" content=")[^"]*', "/gone.jpg"),
)
BAD = (
    Edit('(?<=<meta property="og:image" content=")[^"]*', "/favicon.ico"),
    Edit('(?<=<meta property="og:image" content=")[^"]*', "//www.example.com/favicon.ico"),
    Edit('(?<=<meta property="og:image" content=")[^"]*', "https://www.example.com/gone.jpg"),
    Edit('(?<=<meta property="og:image" content=")[^"]*', "https://www.example.com/gone.jpg", "not_found"),
)


@rule(severity="warning", evidence=documented("https://ogp.me/", "2026-11-22"), scope=Document)
def open_graph_image(document: Document) -> Iterator[Finding]:
    for address in dict.fromkeys(content for name, content in document.metas if name in _PICTURES and content):
        if not address.lower().startswith(("http://", "https://")):
            what = f"the picture for sharing, {quoted(address)}, has no host in its address"
            yield Finding(document.path, what, "Write its whole address, from https:// on.")
            continue
        target = document.published.local(address)
        if target and not document.published.has(target.path):
            what = f"the picture for sharing, {quoted(address)}, is not there"
            yield Finding(document.path, what, "Correct its address, or add the file.")
