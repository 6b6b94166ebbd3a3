"""The page sends its reader elsewhere by itself, or loads itself anew.

A redirect that the host makes is seen by every crawler and browser at once; one in the page needs the page to be
loaded first, and after some seconds it takes away what somebody reads. W3C prefers redirects on the server. Write a
line into `content/redirects.csv` instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

# As browsers read it: a number, and what follows a mark; anything else they pass over.
_REFRESH = re.compile(r"\s*(?:\d+)?(?:\.[\d.]*)?\s*(?:[;,]|\s)?\s*(?:url\s*=\s*)?(.*)", re.IGNORECASE | re.DOTALL)
_BEGINNING = re.compile(r"\s*[\d.]")

GOOD = (
    Edit("</title>", '</title><meta http-equiv="refresh" content="">'),
    Edit("</title>", '</title><meta http-equiv="refresh" content="soon">'),
    Edit("</title>", '</title><meta name="refresh" content="0; url=/">'),
    Edit("</title>", '</title><meta http-equiv="x-ua-compatible" content="IE=edge">'),
)
BAD = (
    Edit("</title>", '</title><meta http-equiv="Refresh" content="0; URL=\'/en-us/\'">'),
    Edit("</title>", '</title><meta http-equiv="refresh" content="5;https://www.example.com/en-us/">'),
    Edit("</title>", '</title><meta http-equiv="refresh" content="300">'),
)


@rule(
    severity="error",
    evidence=documented("https://www.w3.org/WAI/WCAG22/Techniques/html/H76", "2026-11-22"),
    scope=Document,
    hints=(),
)
def meta_refresh(document: Document) -> Iterator[Finding]:
    for node in document.css('meta[http-equiv="refresh" i]'):
        content = node.attributes.get("content") or ""
        match = _REFRESH.match(content) if _BEGINNING.match(content) else None
        if match:
            target = match[1].strip(" '\"")
            what = (
                f"the page sends its reader on to {quoted(target)}"
                if target
                else f"the page loads itself anew: {quoted(content)}"
            )
            yield Finding(document.path, what, "Remove it, and let the host redirect where that is needed.")
            return
