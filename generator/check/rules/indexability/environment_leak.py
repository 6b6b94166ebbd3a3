"""An address of the page leads to somebody's computer or to a test site.

`localhost`, a private network, a tunnel or a `staging.` host work for whoever built the page and for nobody else. In a
canonical link, in structured data or in a preview they even tell search engines that the page belongs there. Mostly the
site was built with the settings of a test. Addresses in the text that people read are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_HOST = re.compile(r"\s*(?:(?:https?|wss?):)?[/\\]{2}([^\s/\\?#]+)", re.IGNORECASE)
# In JSON an address stands behind a quotation mark; further on in a text it is prose.
_JSON_HOST = re.compile(r'"(https?:\\?/\\?/([^\s/\\"?#]+))', re.IGNORECASE)
# Names that RFC 6761, RFC 6762 and RFC 8375 or ICANN reserve for one's own network.
_OWN_NETWORK = (".localhost", ".local", ".test", ".internal", ".home.arpa")
_TUNNELS = (
    ".ngrok.io", ".ngrok.app", ".ngrok.dev", ".ngrok-free.app", ".ngrok-free.dev", ".loca.lt", ".trycloudflare.com",
)  # fmt: skip
_TEST_SITE = re.compile(r"(?:staging|stage|stg|dev|test|testing|preview|preprod|qa|uat|sandbox)-?\d*")
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


@rule(severity="stop", evidence=BUILD, scope=Document)
def environment_leak(document: Document) -> Iterator[Finding]:
    own = _host_name(document.published.origin.partition("://")[2])
    judged: dict[str, bool] = {}
    leaks = []
    for address, host in _addresses(document):
        if host not in judged:
            judged[host] = _is_leak(_host_name(host), own)
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


def _host_name(netloc: str) -> str:
    """The host alone: without user, port and brackets, in small letters."""
    host = netloc.rpartition("@")[2].lower()
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0].rstrip(".")


def _is_leak(host: str, own: str) -> bool:
    if host == "localhost" or host.endswith((*_OWN_NETWORK, *_TUNNELS)) or _is_private(host):
        return True
    # A site that is itself published on such a host may name it.
    site = own.removeprefix("www.")
    if not site or host == own or not host.endswith(f".{site}"):
        return False
    return any(_TEST_SITE.fullmatch(label) for label in host.removesuffix(f".{site}").split("."))


def _is_private(host: str) -> bool:
    if ":" not in host and not host[-1:].isdigit():
        return False  # A name, and no number.
    try:
        return ip_address(host).is_private
    except ValueError:
        return False
