"""An address of the page leads to somebody's computer or to a test site.

`localhost`, a private network, a tunnel or a `staging.` host work for whoever built the page and for nobody else. In a
canonical link, in structured data or in a preview they even tell search engines that the page belongs there. Mostly the
site was built with the settings of a test. Addresses in the text that people read are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.hosts import host_name, is_own_network
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_HOST = re.compile(r"\s*(?:(?:https?|wss?):)?[/\\]{2}([^\s/\\?#]+)", re.IGNORECASE)
# In JSON an address stands behind a quotation mark; further on in a text it is prose.
_JSON_HOST = re.compile(r'"(https?:\\?/\\?/([^\s/\\"?#]+))', re.IGNORECASE)
_LOADED = "[src], link[href], form[action]"

_LINK = '<a href="https://www.geonames.org/">'
GOOD = (
    Edit("<p>With a needle.</p>", "<p>Open http://localhost:8000/ or http://127.0.0.1 and wait.</p>"),
    Edit(_LINK, '<a href="https://dev.example.org/">'),
    Edit(_LINK, '<a href="https://developer.example.com/test/localhost/?q=//localhost">'),
    Edit(_LINK, '<a href="https://www.localhost.example/">'),
    Edit(_LINK, '<a href="mailto:me@staging.example.com">'),
    Edit(_LINK, '<a href="https://8.8.8.8/">'),
    Edit("Some weeks", "See http://localhost/ for more"),
)
BAD = (
    Edit(_LINK, '<a href="http://localhost:8000/en-us/">'),
    Edit(_LINK, '<a href="//user@127.0.0.1/">'),
    Edit(_LINK, '<a href="http://192.168.1.20/">'),
    Edit(_LINK, '<a href="http://[::1]:8000/">'),
    Edit(_LINK, '<a href="https://mac.local/">'),
    Edit(_LINK, '<a href="https://STAGING-2.Example.com/en-us/">'),
    Edit(_LINK, '<a href="https://a1b2.ngrok-free.app/">'),
    Edit('rel="canonical" href="https://www.example.com', 'rel="canonical" href="https://preview.www.example.com'),
    Edit('og:url" content="https://www.example.com', 'og:url" content="http://localhost'),
    Edit('"url":"https://www.example.com/"', r'"url":"https:\/\/test.example.com\/"'),
    Edit("</body>", '<script src="http://localhost:35729/livereload.js"></script></body>'),
)


@rule(severity="stop", evidence=BUILD, scope=Document, hints=("//", "\\"))
def environment_leak(document: Document) -> Iterator[Finding]:
    own = host_name(document.published.origin)
    judged: dict[str, bool] = {}
    leaks = []
    for address, host in _addresses(document):
        if host not in judged:
            judged[host] = is_own_network(host_name(host), own)
        if judged[host]:
            leaks.append(address)
    if leaks:
        shown = "".join(leaks[0].split("\\")).strip()
        what = f"an address leads to {quoted(shown)}{as_in_others(len(leaks))}"
        yield Finding(document.path, what, "Build with the address at which the site is published.")


def _addresses(document: Document) -> Iterator[tuple[str, str]]:
    """Every address that the page names, with its host."""
    said = [link.href for link in document.links]
    said += [content for _, content in document.metas]
    for node in document.css(_LOADED):
        attributes = node.attributes
        said += [attributes.get("src"), attributes.get("href"), attributes.get("action")]
    for address in said:
        match = _HOST.match(address) if address else None
        if address and match:
            yield address, match[1]
    for block in document.json_ld:
        for address, host in _JSON_HOST.findall(block.source):
            yield address, host
