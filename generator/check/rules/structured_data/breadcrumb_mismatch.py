"""The path to the page in the structured data is another one than readers see, or leads nowhere.

Search results may show the path from the data, and visitors then find a different one on the page, or an error. Make
both from the same list. The page itself, or the home page, may be missing from one of the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from selectolax.lexbor import LexborNode

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.markup import words
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.check.structured_data import Node, id_of, letters, nodes_in, text_in
from generator.errors import Finding

_LOOKED_AT = 200
"""Lists and navigations that are looked at: the path stands at the top of a page."""

_TRAIL = ", ".join(f'{tag}[{name}*="breadcrumb" i]' for tag in ("nav", "ol", "ul") for name in ("class", "aria-label"))

_TEXAS = '"name":"Texas","item":"https://www.example.com/en-us/sciatica/texas/"'
_LAST = ',\\{"@type":"ListItem","position":4,"name":"Waco","item":"[^"]*"\\}'
GOOD = (
    Edit(_LAST, ""),
    Edit('<li><a href="/en-us/">Kaly</a></li>', ""),
    Edit('<a href="/en-us/">Kaly</a></li>', '<a href="/en-us/">KALY »</a></li>'),
    Edit(_TEXAS, '"position":3,"name":"Texas","item":{"@id":"https://www.example.com/en-us/sciatica/texas/#top"}'),
    Edit('<nav class="breadcrumb".*?</nav>', ""),
    Edit('"https://www.example.com/en-us/sciatica/texas/"\\}', '"https://texas.example.org/"}'),
)
BAD = (
    Edit(_TEXAS, '"name":"Oklahoma","item":"https://www.example.com/en-us/sciatica/texas/"'),
    Edit(_TEXAS, '"name":"Texas","item":"https://www.example.com/en-us/sciatica/texsa/"'),
    Edit('<li><a href="/en-us/sciatica/">Injections</a></li>', ""),
)


@rule(severity="error", evidence=BUILD, scope=Document, hints=())
def breadcrumb_mismatch(document: Document) -> Iterator[Finding]:
    trails = [_items(node) for node in document.typed.get("BreadcrumbList", ())]
    trails = [trail for trail in trails if trail]
    astray = [step for trail in trails for step in trail if step[1] and _leads_nowhere(step[1], document)]
    if astray:
        name, href = astray[0]
        what = f"the path in the structured data has {quoted(name)} at {quoted(href)}, where there is no page"
        yield Finding(document.path, what + as_in_others(len(astray)), "Correct the address.")
    shown = _shown(document)
    if trails and shown and not any(_agree([name for name, _ in trail], shown) for trail in trails):
        said = [name for name, _ in trails[0]]
        what = f"readers see the path {_path(shown)}, and the structured data has {_path(said)}"
        yield Finding(document.path, what, "Make both from the same list.")


def _items(node: Node) -> list[tuple[str, str]]:
    """The names and addresses of a path in the order of their positions."""
    items = nodes_in(node.get("itemListElement"))
    ordered = sorted(items, key=lambda item: _position(item.get("position")))
    found = []
    for item in ordered:
        things = nodes_in(item.get("item"))
        thing: Node = things[0] if things else {}
        name = text_in(item.get("name")) or text_in(thing.get("name"))
        found.append((name, text_in(item.get("item")) or id_of(thing) or text_in(thing.get("url"))))
    return found


def _position(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return 0.0


def _leads_nowhere(href: str, document: Document) -> bool:
    # An address of the site itself is known by its path, at a tenth of the cost.
    inside = href.removeprefix(document.published.origin)
    address = document.published.local(inside if inside.startswith("/") else href, document.path)
    if address is None or address.path == document.path:
        return False
    return not document.published.answers(address.path)


def _shown(document: Document) -> list[str]:
    """The names of the path that readers see; none where the page has no such path, or several."""
    candidates = {node.mem_id: node for node in document.css(_TRAIL)[:_LOOKED_AT]}.values()
    lists = [node for node in candidates if not _is_inside_another(node)]
    if len(lists) != 1:
        return []
    steps = lists[0].css("li") or lists[0].css("a, [aria-current]")
    return [text for node in steps if letters(text := words(node))]


def _is_trail(node: LexborNode) -> bool:
    said = node.attributes
    return any("breadcrumb" in (said.get(name) or "").lower() for name in ("class", "aria-label"))


def _is_inside_another(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in {"nav", "ol", "ul"} and _is_trail(parent):
            return True
        parent = parent.parent
    return False


def _agree(said: Sequence[str], shown: Sequence[str]) -> bool:
    """Whether two paths are one, though each may lack the home page or the page itself."""
    one, other = [letters(name) for name in said], [letters(name) for name in shown]
    if abs(len(one) - len(other)) > 2:
        return False
    return any(_without(one, *cut) == _without(other, *uncut) for cut, uncut in _CUTS)


def _without(names: Sequence[str], first: int, last: int) -> Sequence[str]:
    return names[first : len(names) - last]


_CUTS = tuple(
    ((first, last), (other_first, other_last))
    for first in (0, 1)
    for last in (0, 1)
    for other_first in (0, 1)
    for other_last in (0, 1)
    if first + other_first < 2 and last + other_last < 2
)


def _path(names: Sequence[str]) -> str:
    return quoted(" / ".join(names))
