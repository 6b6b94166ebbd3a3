"""Resources that a page makes a browser load, or send data to, without a click."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from selectolax.lexbor import LexborNode

from generator.check.addresses import NOWHERE, aim_of
from generator.check.hosts import host_name
from generator.check.markup import candidates

_LOADING_LINKS = frozenset(
    "stylesheet preconnect dns-prefetch preload modulepreload prefetch prerender icon apple-touch-icon mask-icon"
    " manifest".split()
)
_ATTRIBUTES = (
    "src", "srcset", "poster", "data-src", "data-srcset", "background", "ping", "action", "formaction", "hx-get",
    "hx-post",
)  # fmt: skip
LOADING = "link[href], object[data], svg use, svg image, [style*='url(' i], style, " + ", ".join(
    f"[{name}]" for name in _ATTRIBUTES
)
"""Selector of the elements that may load a resource."""
_OWN_PATH = re.compile(r"/(?![/\\])[^?#\\\s]*")
_CSS_ADDRESS = re.compile(
    r"url\(\s*[\"']?((?:https?:)?//[^\"')\s]+)|@import\s+[\"']((?:https?:)?//[^\"']+)", re.IGNORECASE
)
_LISTS = frozenset({"srcset", "data-srcset"})


class Resource(Struct, frozen=True):
    """One address, ``written`` as on the page, in an element called ``tag``; ``host`` has no user and no port.

    ``method`` is that of a form in small letters, else empty. ``fields`` are the names and values that the form sends.
    """

    tag: str
    written: str
    scheme: str
    host: str
    query: str
    method: str = ""
    fields: tuple[tuple[str, str], ...] = ()


def find_resources(nodes: Iterable[LexborNode], url: str) -> Iterator[Resource]:
    """Resources that the page at ``url`` loads over the network, in order; invalid addresses are ignored.

    ``nodes`` are those of the page that ``LOADING`` means.
    """
    own = aim_of("", url.partition("?")[0])
    for node in nodes:
        tag = node.tag or ""
        for written in _addresses(node, tag):
            # One on the same host differs in its path alone, which no rule reads.
            aim = own if _OWN_PATH.fullmatch(written) else aim_of(written, url)
            if aim and aim.origin != NOWHERE:
                method, fields = _sent(node) if tag == "form" else ("", ())
                scheme = aim.origin.partition(":")[0]
                yield Resource(tag, written, scheme, host_name(aim.origin), aim.query, method, fields)


def is_own(host: str, origin: str) -> bool:
    """Whether ``host`` is that of ``origin``, or one below the same name: ``cdn.example.com`` is a site's own."""
    own = host_name(origin).removeprefix("www.")
    return bool(own) and (host == own or host.endswith(f".{own}"))


def _addresses(node: LexborNode, tag: str) -> Iterator[str]:
    said = node.attributes
    if tag == "link":
        if _LOADING_LINKS & set((said.get("rel") or "").lower().split()):
            yield (said.get("href") or "").strip()
        return
    if tag == "style":
        yield from _css_addresses(node.text(deep=True))
        return
    if tag == "object":
        yield (said.get("data") or "").strip()
    elif tag in {"use", "image"}:
        yield (said.get("href") or said.get("xlink:href") or "").strip()
    for name in _ATTRIBUTES:
        value = said.get(name)
        if not value:
            continue
        if name in _LISTS:
            yield from candidates(value)
        elif name == "ping":
            yield from value.split()
        else:
            yield value.strip()
    yield from _css_addresses(said.get("style") or "")


def _css_addresses(style: str) -> Iterator[str]:
    if "//" in style:
        yield from (match[1] or match[2] for match in _CSS_ADDRESS.finditer(style))


def _sent(form: LexborNode) -> tuple[str, tuple[tuple[str, str], ...]]:
    fields = (node.attributes for node in form.css("input[name], select[name], textarea[name]"))
    named = tuple((said.get("name") or "", said.get("value") or "") for said in fields)
    return (form.attributes.get("method") or "get").strip().lower(), named
