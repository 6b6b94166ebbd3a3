"""A redirect stands at the address of a page.

Cloudflare Pages always follows a redirect, whether or not there is a file, so nobody can read the page any more. Other
hosts show the page and ignore the line. Remove one of the two. Redirects for some countries or languages only are
passed over.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.published import Published
from generator.check.quoting import quoted
from generator.check.redirects import FILE, RedirectMap
from generator.check.rule import documented, rule
from generator.errors import Finding

GOOD = (
    Edit(r"\A", "/en-us /en-us/ 301\n/en-us/old/ /en-us/ 301\n", FILE),
    Edit(r"\A", "/ /es-us/ 302 Language=es\n", FILE),
    Edit(r"\A", "/* /index.html 200\n/es-us/* /404.html 404\n", FILE),
    Edit(r"\A", "/en-us/sciatica/texas/waco/:rest /en-us/ 301\n", FILE),
)
BAD = (
    Edit(r"\A", "/en-us/sciatica/ /en-us/ 301\n", FILE),
    Edit(r"\A", "/ https://other.example/\n", FILE),
    Edit(r"\A", "/en-us/sciatica/* /en-us/ 301\n", FILE),
    Edit(r"\A", "/favicon.ico /robots.txt 302!\n", FILE),
)


@rule(
    severity="stop",
    evidence=documented("https://developers.cloudflare.com/pages/configuration/redirects/", "2026-11-22"),
    scope=Published,
)
def redirect_hides_page(published: Published) -> Iterator[Finding]:
    known = published.redirects
    hidden: dict[int, list[str]] = {}
    for path in dict.fromkeys(_there(published, known)):
        found = known.find(path)
        if found and found.is_redirect:
            hidden.setdefault(found.line, []).append(path)
    for redirect in known.redirects:
        paths = hidden.get(redirect.line, [])
        if paths:
            others = f" and {len(paths) - 1:,} other pages" if len(paths) > 1 else ""
            what = f"line {redirect.line:,}, {quoted(redirect.source)}, hides {paths[0]}{others}"
            yield Finding(FILE, what, "Remove the line, or what it hides.")


def _there(published: Published, known: RedirectMap) -> Iterator[str]:
    """What is in the tree and might be hidden: every page, where a redirect has placeholders."""
    if any(redirect.is_redirect for redirect, _ in known.patterns):
        yield from published.pages()
    for redirect in known.redirects:
        if not redirect.is_dynamic and published.has(redirect.source):
            yield redirect.source
