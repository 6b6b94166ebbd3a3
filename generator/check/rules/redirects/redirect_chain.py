"""A redirect leads to an address that is redirected in its turn.

Each step makes readers wait and crawlers ask once more, and whoever changes the second redirect breaks the first one
without knowing. Let each redirect lead straight to where it ends. The generator joins the steps in
`content/redirects.csv` itself, so `_redirects` was changed afterwards or comes from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.published import Published
from generator.check.quoting import quoted
from generator.check.redirects import FILE, loops
from generator.check.rule import BUILD, rule
from generator.errors import Finding

GOOD = (
    Edit(r"\A", "/old/ /en-us/ 301\n/older/ /en-us/ 301\n", FILE),
    Edit(r"\A", "/old/ /en-us/ 301\n/en-us/ /es-us/ 302 Language=es\n", FILE),
    Edit(r"\A", "/old/ /new/ 301\n/new/ /en-us/ 200\n", FILE),
    Edit(r"\A", "/blog/* /news/:splat 301\n/blog/a /en-us/ 301\n", FILE),
    Edit(r"\A", "/a/ /a/ 301\n", FILE),
    Edit(r"\A", "/old/ https://new.example/old/\n/old/ /older/\n/older/ /en-us/\n", FILE),
)
BAD = (
    Edit(r"\A", "/older/ /old/ 301\n/old/ /en-us/ 301\n", FILE),
    Edit(r"\A", "/older/ https://www.example.com/old/?a=1#b\n/old/ /en-us/\n", FILE),
    Edit(r"\A", "/blog/* /old/:splat 301\n/old/:name /en-us/ 302\n", FILE),
)


@rule(severity="stop", evidence=BUILD, scope=Published)
def redirect_chain(published: Published) -> Iterator[Finding]:
    known = published.redirects
    circles = {address for _, way in loops(known) for address in way}
    for redirect in known.redirects:
        source = redirect.sample()[0]
        first = known.after(source)
        # Of two lines for one address hosts read the first.
        if first is None or first[0] is not redirect or source in circles:
            continue
        second = known.after(first[1])
        if second and second[0] is not redirect:
            what = f"line {redirect.line:,} leads to {quoted(redirect.target)}, which line {second[0].line:,} redirects"
            yield Finding(FILE, what, f"Let it lead to {second[0].target} at once.")
