"""The page loads something from a host that nobody allowed.

Each foreign host learns who reads which page and when, and what it serves may change without notice; on a page about
an illness that says much about a person. Serve fonts, pictures and scripts from the site itself. The one host that
counts as allowed is that of `analytics.script` in `site.yaml`; where another one is needed, a decision under `checks`
there says so and why. Links are not meant: readers choose to follow them. Of other people's sites nobody knows what is
allowed, so there nothing is found.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.resources import is_own
from generator.check.rule import LEGAL, rule
from generator.errors import Finding

_FIX = "Serve it from the site itself, or allow the page to load it under “checks” in site.yaml, with the reason."
GOOD = (
    Edit("<p>With a needle.</p>", '<p><a href="https://www.example.org/">A link</a></p>'),
    Edit("<p>With a needle.</p>", '<img src="https://cdn.example.com/a.png" alt="" width="1" height="1">'),
    Edit("<p>With a needle.</p>", '<img src="data:image/gif;base64,R0lG" alt=""><a href="javascript:f()">A</a>'),
    Edit("</head>", '<link rel="license" href="https://www.example.org/"></head>'),
    Edit("<p>With a needle.</p>", '<blockquote cite="https://www.example.org/">With a needle.</blockquote>'),
    Edit("<p>With a needle.</p>", '<img src="//" alt=""><img src="https://a b/" alt=""><img src="http://[" alt="">'),
)
BAD = (
    Edit("</head>", '<script src="https://www.example.org/a.js" async></script></head>'),
    Edit("</head>", '<link rel="preconnect" href="https://fonts.example.org"></head>'),
    Edit("</head>", "<style>@import 'https://fonts.example.org/a.css'</style></head>"),
    Edit("<p>With a needle.</p>", '<img src="//www.example.org/a.png" alt="" width="1" height="1">'),
    Edit("<p>With a needle.</p>", '<img src="/a.png" srcset="https://www.example.org/a.png 2x" alt="">'),
    Edit("<p>With a needle.</p>", '<iframe src="https://maps.example.org/" title="A map"></iframe>'),
    Edit("<p>With a needle.</p>", '<form action="https://www.example.org/" method="post"><button>Go</button></form>'),
    Edit("<p>With a needle.</p>", '<p style="background:url(https://www.example.org/a.png)">With a needle.</p>'),
    Edit("<p>With a needle.</p>", '<noscript><img src="https://www.example.org/a.gif" alt=""></noscript>'),
    Edit("<p>With a needle.</p>", '<p><a href="/" ping="https://www.example.org/">A link</a></p>'),
    Edit("<p>With a needle.</p>", '<script src="https://example.com.example.org/a.js"></script>'),
)


@rule(severity="stop", evidence=LEGAL, scope=Document, hints=("//", ":"))
def third_party(document: Document) -> Iterator[Finding]:
    published = document.published
    if not published.origin or published.hosts is None:
        return  # Nobody has said which hosts are the site's own, or allowed.
    found = [
        resource
        for resource in document.resources
        if not is_own(resource.host, published.origin) and resource.host not in published.hosts
    ]
    if found:
        first = found[0]
        others = sorted({resource.host for resource in found} - {first.host})
        also = f", and others come from {', '.join(others[:5])}" if others else ""
        more = f" and {len(others) - 5:,} more hosts" if len(others) > 5 else ""
        does = "sends to" if first.tag == "form" else "loads from"
        what = f"a <{first.tag}> {does} {first.host}, {quoted(first.written)}{also}{more}"
        yield Finding(document.path, what, _FIX)
