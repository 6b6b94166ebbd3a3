"""A page names a translation that search engines cannot show.

The address leads nowhere, or to a page that is kept out of search results or that names another page as the one to
show. Nobody can be sent there from a search result. Name the page that is really published, or leave the line out.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.addresses import is_page, is_same_address
from generator.check.examples import Edit, Statement
from generator.check.facts import Facts
from generator.check.quoting import quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_TARGETS = """
    SELECT alternates.path, code, target,
        -- A page that is held stands there as it was last built, mostly to be indexed.
        CASE WHEN pages.state = 'frozen' AND pages.is_indexable THEN 'live' ELSE pages.state END,
        pages.canonical FROM alternates
    JOIN pages AS source ON source.path = alternates.path AND source.state = 'live'
    LEFT JOIN pages ON pages.path = target
    WHERE target IS NOT NULL AND target != alternates.path ORDER BY alternates.path, code
"""
_WHY = {
    None: "where there is no page",
    "noindex": "which search engines are told not to show",
    "frozen": "which stays as it was last built",
    "redirected": "which is redirected",
    "gone": "which is gone",
}
GOOD = (
    Edit("</head>", '<link rel="alternate" hreflang="fr" href="https://fr.example.org/waco/"></head>'),
    Statement("UPDATE pages SET state = 'noindex' WHERE path LIKE '%ciatica/texas/waco/'"),
    Statement("UPDATE pages SET canonical = '' WHERE path = '/es-us/ciatica/texas/waco/'"),
    Statement("UPDATE pages SET state = 'frozen' WHERE path = '/es-us/ciatica/texas/waco/'"),
)
BAD = (
    Edit("/es-us/ciatica/texas/waco/", "/es-us/ciatica/texas/wacco/"),
    Statement("UPDATE pages SET state = 'noindex' WHERE path = '/es-us/ciatica/texas/waco/'"),
    Statement("UPDATE pages SET state = 'redirected' WHERE path = '/es-us/ciatica/texas/waco/'"),
    Statement(
        "UPDATE pages SET canonical = 'https://www.example.com/es-us/' WHERE path = '/es-us/ciatica/texas/waco/'"
    ),
)


@rule(severity="stop", evidence=BUILD, scope=Facts)
def hreflang_target(facts: Facts) -> Iterator[Finding]:
    for path, code, target, state, canonical in facts.query(_TARGETS):
        if state == "live":
            if canonical and not is_same_address(canonical, target, facts.origin):
                what = f"its version for {quoted(code)} is {target}, which names {canonical} as the page to show"
                yield Finding(path, what, "Name the page that is to be shown.")
        elif state is not None or is_page(target):
            what = f"its version for {quoted(code)} is {target}, {_WHY.get(state, 'which is not published')}"
            yield Finding(path, what, "Name a page that is published, or leave this version out.")
