"""An index of sitemaps lists another index.

An index may list files of addresses only, so crawlers need not read what stands two indexes deep, and its pages may
go unnoticed. List all files in one index; it has room for 50,000.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.rule import documented, rule
from generator.errors import Finding

_NESTED = """
    SELECT outer.path, inner.path FROM listed
    JOIN sitemaps AS outer ON outer.path = listed.sitemap AND outer.kind = 'sitemapindex'
    JOIN sitemaps AS inner ON inner.path = listed.path AND inner.kind = 'sitemapindex'
    GROUP BY outer.path, inner.path ORDER BY outer.path, inner.path
"""
_INNER = "<sitemapindex><sitemap><loc>https://www.example.com/sitemaps/en-us.xml</loc></sitemap></sitemapindex>"
GOOD = (Edit("$", "Sitemap: https://www.example.com/sitemaps/site.xml\n", "/robots.txt"),)
BAD = (
    Edit(r"\A.*\Z", _INNER, "/sitemaps/site.xml"),
    Edit(
        "</sitemapindex>",
        "<sitemap><loc>https://www.example.com/sitemap.xml</loc></sitemap></sitemapindex>",
        "/sitemap.xml",
    ),
)


@rule(
    severity="stop",
    evidence=documented("https://www.sitemaps.org/protocol.html#index", "2026-11-22"),
    scope=Facts,
)
def sitemap_nested(facts: Facts) -> Iterator[Finding]:
    for path, inner in facts.query(_NESTED):
        which = "itself" if inner == path else f"{inner}, which is an index, too"
        yield Finding(path, f"the index lists {which}", "List only files of addresses.")
