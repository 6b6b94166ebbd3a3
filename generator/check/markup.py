"""Visible and spoken text of the elements of a page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

UNREAD = frozenset({"script", "style", "template", "noscript", "head", "svg"})
"""Elements whose text is no content of the page."""

_PICTURES = frozenset({"img", "input", "area"})

_DEEPEST = 256
"""Elements around an element that are looked at: no page nests so many on purpose."""

_LONGEST = 200
"""Pieces of an element that are looked through for its name."""


def words(node: LexborNode) -> str:
    """The text of ``node`` with one space between words."""
    return " ".join(node.text(deep=True).split())


def candidates(srcset: str) -> Iterator[str]:
    """The addresses of a ``srcset``."""
    # Commas part them only after a width or a blank: an address may hold commas itself.
    is_next = True
    for piece in srcset.split():
        part = piece
        if not is_next:
            _, comma, part = piece.partition(",")
            is_next = bool(comma)
        if is_next and part.strip(","):
            yield part.strip(",")
            is_next = part.endswith(",")


def is_shown(node: LexborNode) -> bool:
    """Whether attributes hide the element neither from all readers nor from screen readers."""
    here: LexborNode | None = node
    for _ in range(_DEEPEST):
        if here is None or not here.is_element_node:
            break
        if _is_kept_back(here):
            return False
        here = here.parent
    return True


def said(node: LexborNode, name: str) -> str:
    """Value of an attribute; empty when it is missing."""
    return (node.attributes.get(name) or "").strip()


def name_of(node: LexborNode) -> str:
    """Name of a link or a heading: its label, its words, its pictures or its title."""
    return said(node, "aria-label") or words(node) or _pictured(node) or said(node, "title")


def _pictured(node: LexborNode) -> str:
    return " ".join(said(image, "alt") for image in node.css("img")).strip()


def spoken_text(node: LexborNode) -> str:
    """The text that a screen reader reads out, with the names of pictures and of parts that have labels."""
    spoken: list[str] = []
    waiting = [node.first_child]
    for _ in range(_LONGEST):
        if not waiting:
            break
        child = waiting.pop()
        if child is None:
            continue
        waiting.append(child.next)
        if child.is_text_node:
            spoken += (child.text_content or "").split()
        elif child.is_element_node and not _is_kept_back(child):
            label = said(child, "aria-label") or (said(child, "alt") if child.tag in _PICTURES else "")
            if label:
                spoken.append(label)
            elif child.tag == "svg":
                spoken += [words(title) for title in child.css("title")]
            elif child.tag not in UNREAD:
                waiting.append(child.first_child)
    return " ".join(spoken).strip()


def _is_kept_back(node: LexborNode) -> bool:
    attributes = node.attributes
    if "hidden" in attributes or said(node, "aria-hidden").lower() == "true":
        return True
    return "display:none" in "".join(said(node, "style").lower().split())


def enclosing(node: LexborNode) -> Iterator[str]:
    """The kinds of the elements around ``node``, the nearest first, as far as a page nests them on purpose."""
    parent = node.parent
    for _ in range(_DEEPEST):
        if parent is None:
            break
        yield parent.tag or ""
        parent = parent.parent


def seen_text(node: LexborNode, unread: frozenset[str]) -> str:
    """The words in ``node`` that readers may see, a space between each two, but those in elements ``unread``."""
    closed = {inner.mem_id for inner in node.css(", ".join(("[hidden]", *sorted(unread))))}
    found: list[str] = []
    nodes = node.traverse(include_text=True)
    next(nodes)
    for inner in nodes:
        if (text := inner.text_content) is not None:
            found.append(text)
        elif inner.mem_id in closed:
            # On to what follows it: a walk of the parser's own takes half the time of one from element to element.
            held = sum(1 for _ in inner.traverse(include_text=True)) - 1
            next(islice(nodes, held, held), None)
    return " ".join(" ".join(found).split())
