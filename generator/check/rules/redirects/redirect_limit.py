"""The file of redirects is larger than a host reads.

Cloudflare Pages reads 2,000 redirects without placeholders and 100 with them, and lines of up to 1,000 characters; what
is beyond that does nothing, without a word. Where the site lies on another host, switch the rule off in `site.yaml`;
otherwise join redirects by a placeholder, or make them at the host.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.published import Published
from generator.check.redirects import FILE
from generator.check.rule import documented, rule
from generator.errors import Finding

_STATIC = 2_000
_DYNAMIC = 100
_LINE = 1_000

_LONG = "/old/ https://other.example/{} 301\n"
GOOD = (
    Edit(r"\A", "".join(f"/{number}/* /en-us/\n" for number in range(_DYNAMIC)), FILE),
    Edit(r"\A", "# " + "a comment " * 200 + "\n/old/ /en-us/\n", FILE),
)
BAD = (
    Edit(r"\A", "".join(f"/{number} /\n" for number in range(_STATIC + 1)), FILE),
    Edit(r"\A", "".join(f"/{number}/* /\n" for number in range(_DYNAMIC + 1)), FILE),
    Edit(r"\A", _LONG.format("x" * _LINE), FILE),
)


@rule(
    severity="warning",
    evidence=documented("https://developers.cloudflare.com/pages/configuration/redirects/", "2026-11-22"),
    scope=Published,
)
def redirect_limit(published: Published) -> Iterator[Finding]:
    redirects = published.redirects.redirects
    dynamic = sum(redirect.is_dynamic for redirect in redirects)
    counts = ((len(redirects) - dynamic, _STATIC, "without placeholders"), (dynamic, _DYNAMIC, "with placeholders"))
    for count, limit, kind in counts:
        if count > limit:
            what = f"there are {count:,} redirects {kind}, and Cloudflare Pages reads {limit:,}"
            yield Finding(FILE, what, "Join some of them, or make them at the host.")
    long = [redirect for redirect in redirects if len(redirect.text) > _LINE]
    if long:
        what = f"line {long[0].line:,} has {len(long[0].text):,} characters, and Cloudflare Pages reads {_LINE:,}"
        yield Finding(FILE, what, "Shorten it, or make this redirect at the host.")
