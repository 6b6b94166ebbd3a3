"""Redirects go round in a circle.

A browser gives up with an error, and a crawler does, too: none of the addresses leads anywhere. Remove the redirect
that leads back. The generator refuses circles in `content/redirects.csv`, so `_redirects` was changed afterwards or
comes from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.published import Published
from generator.check.redirects import FILE, loops
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_SHOWN = 6
GOOD = (
    Edit(r"\A", "/old/ /en-us/ 301\n/older/ /en-us/ 301\n", FILE),
    Edit(r"\A", "/a/ /b/ 301\n/b/ /en-us/ 301\n", FILE),
    Edit(r"\A", "# /a/ /a/ 301\n/a/ /a/ 200\n/blog/* /news/:splat\n", FILE),
    Edit(r"\A", "/a/ https://other.example/a/ 301\n", FILE),
    Edit(r"\A", "/a/ /b/ 302 Country=us\n/b/ /a/ 302 Country=mx\n", FILE),
    Edit(r"\A", "/a /a/ 301\n", FILE),
)
BAD = (
    Edit(r"\A", "/a/ /a/ 301\n", FILE),
    Edit(r"\A", "/a/ /b/ 301\n/b/ https://www.example.com/c/?x=1 302\n/c/ /a/#top\n", FILE),
    Edit(r"\A", "/old/* /old/new/:splat 301\n", FILE),
    Edit(r"\A", "/x/* /y/:splat 301\n/y/:name /x/:name 301\n", FILE),
)


@rule(severity="stop", evidence=BUILD, scope=Published)
def redirect_loop(published: Published) -> Iterator[Finding]:
    for redirect, way in loops(published.redirects):
        shown = way if len(way) <= _SHOWN else [*way[:_SHOWN], "…"]
        what = f"line {redirect.line:,} goes round in a circle: “{' → '.join(shown)}”"
        yield Finding(FILE, what, "Remove the step that leads back.")
