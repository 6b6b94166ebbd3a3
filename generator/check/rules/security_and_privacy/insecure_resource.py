"""The page loads something, or sends a form, over plain HTTP.

What travels without encryption can be read and changed on its way. On a page that itself comes over HTTPS, browsers
therefore refuse scripts and styles, try pictures over HTTPS instead, and warn before such a form is sent. Write the
address with `https://`. Links are not meant, nor are addresses of the developer’s own machine.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import documented, rule
from generator.errors import Finding

_OWN_MACHINE = ("localhost", "127.", "::1")
GOOD = (
    Edit("<p>With a needle.</p>", '<p><a href="http://www.example.org/">A link</a></p>'),
    Edit("<p>With a needle.</p>", '<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/></svg>'),
    Edit("</head>", '<link rel="profile" href="http://gmpg.org/xfn/11"></head>'),
    Edit("<p>With a needle.</p>", '<img src="/http://a.png" alt="" width="1" height="1"><img src="http://[" alt="">'),
    Edit("<p>With a needle.</p>", '<script src="http://localhost:5173/client.js"></script>'),
)
BAD = (
    Edit("<p>With a needle.</p>", '<img src="http://www.example.com/a.png" alt="" width="1" height="1">'),
    Edit("<p>With a needle.</p>", '<img srcset="/a.png 1x, HTTP://www.example.com/b.png 2x" alt="">'),
    Edit("<p>With a needle.</p>", '<form action="http://www.example.com/"><button>Send</button></form>'),
    Edit("<p>With a needle.</p>", '<p style="background: url(http://www.example.com/a.png)">With a needle.</p>'),
    Edit("</head>", '<script src="http://www.example.com/a.js"></script></head>'),
    Edit("</head>", '<link rel="stylesheet" href="http://www.example.com/a.css"></head>'),
)


@rule(
    severity="error",
    evidence=documented("https://www.w3.org/TR/mixed-content/", "2026-11-22"),
    scope=Document,
    hints=("http:",),
)
def insecure_resource(document: Document) -> Iterator[Finding]:
    if document.published.origin.startswith("http:"):
        return  # Then nothing is encrypted, and this is the smallest part of it.
    found = [
        resource
        for resource in document.resources
        if resource.scheme == "http"
        and resource.written[:5].lower() == "http:"
        and not resource.host.startswith(_OWN_MACHINE)
    ]
    if found:
        what = f"a <{found[0].tag}> has the address {quoted(found[0].written)}{as_in_others(len(found))}"
        yield Finding(document.path, what, "Write the address with “https://”.")
