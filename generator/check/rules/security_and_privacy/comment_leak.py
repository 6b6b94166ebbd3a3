"""A comment in the source tells how the page was made.

Readers do not see it, but everybody can read it: notes to oneself, template code that was switched off, paths on the
machine of the build, rows of the table. Write notes as comments of the template, `{# … #}`, which are not published.
Comments for old browsers and notes on licences are not meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_OPEN, _CLOSE = "<!--", "-->"
_MEANT = re.compile(r"\s*(?:\[if\b|<!\[|!|/?wp:)|\[endif\]|copyright|licen[cs]e|©", re.IGNORECASE)
_TOLD = re.compile(
    r"\{\{|\{%|<%|<\?(?:php|=)"
    r"|\b(?:TODO|FIXME|HACK)\b"
    r"|^\s*#\s*(?:include|echo|exec|config)\b"
    r"|(?<![\w/])/(?:home|Users|root|var/www|srv|opt|tmp)/[\w.-]+|\b[A-Z]:\\[\w.-]"
    r"|[\w/-]\.(?:j2|jinja2?|php|erb|twig|ejs|hbs|njk|liquid|csv|sql|py)\b"
    r"|\{\s*\"[\w -]+\"\s*:|\bSELECT\b[^;]{1,200}\bFROM\b|Traceback \(most recent"
)
_ABOUT = ("script", "style", "textarea", "title")
GOOD = (
    Edit("<p>With a needle.</p>", "<!-- The end of the introduction --><!----><p>With a needle.</p>"),
    Edit(
        "<p>With a needle.</p>",
        "<!--[if lt IE 9]><script src='/shim.php'></script><![endif]--><p>With a needle.</p>",
    ),
    Edit("<p>With a needle.</p>", "<!--! Tool v1, MIT licence, see tool.py --><p>With a needle.</p>"),
    Edit("<p>With a needle.</p>", "<script>const open = '<!-- TODO -->'</script><p>With a needle.</p>"),
    Edit("<p>With a needle.</p>", '<!-- wp:image {"id":12} --><!--/$--><!-- /main/ or /home --><p>With a needle.</p>'),
)
BAD = (
    Edit("<p>With a needle.</p>", "<p>With a needle.</p><!-- TODO: with what? -->"),
    Edit("<p>With a needle.</p>", "<p>With a needle.</p><!-- {{ place.name }} -->"),
    Edit("<p>With a needle.</p>", "<p>With a needle.</p><!-- templates/place.html.j2 -->"),
    Edit("<p>With a needle.</p>", "<p>With a needle.</p><!-- built in /home/kim/site -->"),
    Edit("<p>With a needle.</p>", '<p>With a needle.</p><!-- {"id": 4736, "name": "Waco"} -->'),
    Edit("<p>With a needle.</p>", '<p>With a needle.</p><!--#include virtual="/footer.html" -->'),
)


@rule(severity="warning", evidence=BUILD, scope=Document)
def comment_leak(document: Document) -> Iterator[Finding]:
    if _OPEN not in document.html:
        return
    elsewhere = "\n".join(node.html or "" for node in document.css(", ".join(_ABOUT)) if _OPEN in node.text(deep=True))
    found = [
        (comment, match)
        for comment in _comments(document.html)
        if not _MEANT.search(comment) and (match := _TOLD.search(comment)) and comment not in elsewhere
    ]
    if found:
        comment, match = found[0]
        around = " ".join(comment[max(0, match.start() - 30) : match.end() + 40].split())
        what = f"a comment says {quoted(around)}{as_in_others(len(found))}"
        yield Finding(document.path, what, "Make it a comment of the template, or leave it out.")


def _comments(html: str) -> Iterator[str]:
    # Not with a regular expression, which would read on to the end from every beginning.
    at = html.find(_OPEN)
    while at >= 0:
        end = html.find(_CLOSE, at + len(_OPEN))
        if end < 0:
            return
        yield html[at + len(_OPEN) : end]
        at = html.find(_OPEN, end + len(_CLOSE))
