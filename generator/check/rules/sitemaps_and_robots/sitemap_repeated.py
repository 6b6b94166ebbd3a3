"""An address is listed in sitemaps more than once.

It does no harm by itself, but the numbers that search consoles show for each sitemap are wrong, and of two dates of
change nobody knows which is right. List each page in one file, once.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.facts import Facts
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_REPEATED = """
    SELECT loc, count(*), min(sitemap), max(sitemap) FROM listed
    WHERE loc != '' GROUP BY loc HAVING count(*) > 1 ORDER BY loc
"""
_FILE = "/sitemaps/en-us.xml"
_URL = "<url><loc>https://www.example.com/en-us/</loc>"
GOOD = (
    Edit(_URL, f"<url><loc>https://www.example.com/en-us/?page=2</loc></url>{_URL}", _FILE),
    Edit('hreflang="es-US" href="[^"]*"', 'hreflang="es-US" href="https://www.example.com/en-us/"', _FILE),
)
BAD = (
    Edit(_URL, f"<url><loc>https://www.example.com/en-us/</loc></url>{_URL}", _FILE),
    Edit("</urlset>", "<url><loc>https://www.example.com/</loc></url></urlset>", _FILE),
    Edit(
        "<sitemap>", "<sitemap><loc>https://www.example.com/sitemaps/site.xml</loc></sitemap><sitemap>", "/sitemap.xml"
    ),
)


@rule(severity="warning", evidence=BUILD, scope=Facts)
def sitemap_repeated(facts: Facts) -> Iterator[Finding]:
    for loc, count, first, last in facts.query(_REPEATED):
        times = "twice" if count == 2 else f"{count:,} times"
        what = f"{loc} is listed {times}" + (f", here and in {last}" if first != last else "")
        yield Finding(first, what, "List it once.")
