"""A redirect leads to an address of this site at which there is nothing.

Whoever follows an old link is sent to an error page, which is worse than being told at once that the page is gone. Name
a page that the site has, or remove the redirect.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.published import Published
from generator.check.quoting import quoted
from generator.check.redirects import FILE
from generator.check.rule import BUILD, rule
from generator.errors import Finding

GOOD = (
    Edit(r"\A", "/old/ /en-us/#top 301\n/older /robots.txt?a=1\n", FILE),
    Edit(r"\A", "/old/ /en-us 301\n/older/ /404 301\n", FILE),
    Edit(r"\A", "/old/ https://other.example/nowhere/ 301\n", FILE),
    Edit(r"\A", "/blog/* /news/:splat 301\n/api/* /.netlify/functions/:splat 200\n", FILE),
    Edit(r"\A", "/old/ /search/waco/ 301\n/search/* /en-us/ 200\n", FILE),
    Edit(r"\A", "/old/ /en-us/sciatica/texas/w%61co/ 301\n", FILE),
)
BAD = (
    Edit(r"\A", "/old/ /en-us/sciatica/texas/wacco/ 301\n", FILE),
    Edit(r"\A", "/old/ https://www.example.com/nowhere/\n", FILE),
    Edit(r"\A", "/old/* /nowhere/ 301\n", FILE),
)


@rule(severity="stop", evidence=BUILD, scope=Published)
def redirect_broken(published: Published) -> Iterator[Finding]:
    known = published.redirects
    for redirect in known.redirects:
        target = redirect.target
        if not target or redirect.sample()[1] != target or not redirect.is_redirect:
            continue
        # Hosts find a folder without its slash, and many find a file without ".html".
        if any(published.has(name) for name in (target, f"{target}/", f"{target}.html")) or known.find(target):
            continue
        what = f"line {redirect.line:,} leads to {quoted(target)}, where there is nothing"
        yield Finding(FILE, what, "Name a page that the site has, or remove the line.")
