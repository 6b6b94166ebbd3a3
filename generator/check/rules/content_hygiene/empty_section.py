"""A heading, a list or a table has nothing in it.

A heading without content, or a list without items, promises what the page does not keep: mostly a column was empty, or
a condition left out the text and kept what stands around it. Let the template leave out both. A heading counts as
empty when the next one of its level or above follows at once; what a script may fill is not found.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.markup import is_shown, words
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_COMPONENTS = frozenset(
    "audio button canvas embed iframe img input math meter object picture progress select svg textarea video".split()
)
_AROUND = "a button dialog figure hgroup label legend nav summary table template".split()
_HEADING = ":is(h1, h2, h3, h4, h5, h6)"
# Each by its name: the parser finds only children behind a list in ":is(…)" at the beginning.
_OTHER_NAMES = ", ".join([*(f"{name} {_HEADING}" for name in _AROUND), f"{_HEADING}:has(a[href], button)"])
"""Headings that name something else than a section, or lead to it."""

_NO_CONTENT = frozenset({"style", "link", "meta", "template", "head"})
_LISTS = "ul, ol, menu, dl, table, tbody"
_LOOKED_AT = 300
"""Steps from a heading to its content, at most: a hostile page may put any number between."""

GOOD = (
    Edit("<p>With a needle.</p>", '<img src="/a.png" alt="A needle" width="1" height="1">'),
    Edit("<p>With a needle.</p>", "<clinic-map></clinic-map>"),
    Edit("<p>With a needle.</p>", "<h3>Thin</h3><h4>Thinner</h4><p>With a needle.</p>"),
    Edit(
        "<p>With a needle.</p>",
        '<ul><li><h3><a href="/en-us/">A card</a></h3></li><li><a href="/"><h3>B</h3></a></li></ul>',
    ),
    Edit("<p>With a needle.</p>", '<ul id="found"></ul><div class="map"></div><script>fill(found)</script>'),
    Edit("<p>With a needle.</p>", "<hgroup><h3>Thin</h3><h2>Needles</h2></hgroup><p>With a needle.</p>"),
    Edit("<p>With a needle.</p>", "<table><tr><td><div><h3>Thin</h3></div></td></tr></table>"),
    Edit("<p>With a needle.</p>", "<p>With a needle.</p><ul hidden></ul><template><ul></ul></template>"),
)
BAD = (
    Edit("<p>With a needle.</p>", "<h2>Who may have one</h2>"),
    Edit(
        "<p>With a needle.</p>",
        "<p>With a needle.</p><h2>Side effects</h2><div> <!-- none --> </div><h2>Cost</h2><p>Low.</p>",
    ),
    Edit("<p>With a needle.</p>", "<p>With a needle:</p><ul> </ul>"),
    Edit("<p>With a needle.</p>", "<p>With a needle:</p><dl></dl>"),
    Edit("<p>With a needle.</p>", "<p>Needles:</p><table><thead><tr><th>Size</th></tr></thead><tbody></tbody></table>"),
    Edit("<footer.*?</footer>", "<h2>About us</h2>"),
)  # fmt: skip


@rule(severity="error", evidence=BUILD, scope=Document, hints=())
def empty_section(document: Document) -> Iterator[Finding]:
    headings = list(_empty_headings(document))
    if headings:
        what = f"nothing follows the heading {quoted(headings[0])}{as_in_others(len(headings))}"
        yield Finding(document.path, what, "Leave the heading out where its section is empty.")
    lists = [node for node in document.css(_LISTS) if _is_empty(node, document)]
    if lists:
        what = f"a <{lists[0].tag}> has nothing in it{as_in_others(len(lists))}"
        yield Finding(document.path, what, "Leave it out where there is nothing to list.")


def _empty_headings(document: Document) -> Iterator[str]:
    followed = ((heading, _first_content(heading, document)) for _, _, heading in document.headings)
    doubtful = [(heading, follower) for heading, follower in followed if _may_end(heading, follower)]
    others = {node.mem_id for node in document.css(_OTHER_NAMES)} if doubtful else set()
    for heading, follower in doubtful:
        names_other = heading.mem_id in others or (follower is not None and follower.mem_id in others)
        if not names_other and words(heading) and is_shown(heading):
            yield words(heading)


def _may_end(heading: LexborNode, follower: LexborNode | None) -> bool:
    """Whether nothing follows the heading, or one that is no lower."""
    return follower is None or (follower.tag in _HEADINGS and (follower.tag or "") <= (heading.tag or ""))


def _first_content(heading: LexborNode, document: Document) -> LexborNode | None:
    """The text, the component or the heading that comes next; none where the page ends before."""
    node = _after(heading)
    for _ in range(_LOOKED_AT):
        if node is None:
            return None
        if (text := node.text_content) is not None:
            if text and not text.isspace():
                return node
        elif node.is_element_node and node.tag not in _NO_CONTENT:
            if node.tag in _HEADINGS or _is_component(node, document):
                return node
            if node.tag != "script" and node.first_child is not None:
                node = node.first_child
                continue
        node = _after(node)
    return heading.parent


def _after(node: LexborNode) -> LexborNode | None:
    """What follows ``node`` and all that it holds."""
    here: LexborNode | None = node
    for _ in range(_LOOKED_AT):
        if here is None or here.tag == "body":
            return None
        if here.next is not None:
            return here.next
        here = here.parent
    return node.parent


def _is_component(node: LexborNode, document: Document) -> bool:
    """Whether the element shows something of its own, or may be made to by a script."""
    tag = node.tag or ""
    if tag in _COMPONENTS or "-" in tag or "hidden" in node.attributes:
        return True
    if tag == "script":
        return not (node.attributes.get("type") or "").lower().endswith("json")
    return document.has_scripts and node.first_child is None and any(_is_hook(name) for name in node.attributes)


def _is_hook(attribute: str) -> bool:
    return attribute in {"id", "class"} or not attribute.isalpha()


def _is_empty(node: LexborNode, document: Document) -> bool:
    if not _holds_nothing(node) or not is_shown(node):
        return False
    parent = node.parent
    if parent is None or parent.tag == "template":
        return False
    if node.tag == "tbody" and parent.css_first("td") is not None:
        return False  # Another part of the table has the rows.
    held = {*node.attributes, *parent.attributes} - {"class"}
    return not (document.has_scripts and any(_is_hook(name) for name in held))


def _holds_nothing(node: LexborNode) -> bool:
    if node.tag == "table":
        return node.css_first("td, th, caption") is None and not words(node)
    child = node.first_child
    while child is not None:
        if child.is_element_node or (child.is_text_node and (child.text_content or "").strip()):
            return False
        child = child.next
    return True
