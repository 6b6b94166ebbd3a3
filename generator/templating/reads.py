"""Digests of page templates and the fields that they read, so that only what is shown counts as content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import cast

import msgspec
from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, meta, nodes
from msgspec import Struct

from generator.ledger.cache import Cache, packing
from generator.ledger.digests import folder_digest
from generator.ledger.records import DIGEST_SIZE
from generator.model import RouteKind
from generator.templating.environment import PAGE_TEMPLATES, plain_environment, template_nodes

ALL = "*"
"""Stands for every field, where a template hands a whole view on."""

_CHAINED = (nodes.Name, nodes.Getattr, nodes.Getitem)


class PageTemplate(Struct, frozen=True):
    """The template of one kind of page with all that it extends, includes or imports."""

    digest: str
    reads: tuple[str, ...]
    """Fields that it reads of ``place``, ``place.region``, ``page.region`` and ``page``, sorted.

    Names are dotted, ``place.population`` or ``page.nearest_larger``; ``place.*`` where the whole place is handed on.
    A view that is only asked for (``{% if place %}``) is not read by that.
    """


def read_page_templates(templates: Path, cache: Cache) -> Mapping[RouteKind, PageTemplate]:
    """The template of each kind of page; ``cache`` holds the results of earlier builds."""
    pack, unpack = packing(dict[RouteKind, PageTemplate])
    return cache.recall("templates", folder_digest(templates), partial(_read, templates), pack, unpack)


def _read(templates: Path) -> dict[RouteKind, PageTemplate]:
    environment = plain_environment(templates)
    return {cast("RouteKind", name.removesuffix(".html")): _page_template(name, environment) for name in PAGE_TEMPLATES}


def _page_template(name: str, environment: Environment) -> PageTemplate:
    sources: dict[str, str] = {}
    reads: set[str] = set()
    waiting = [name]
    while waiting:
        other = waiting.pop()
        if other in sources:
            continue
        try:
            source, _, _ = environment.loader.get_source(environment, other)  # type: ignore[union-attr]
            named, read = _found(source)
        except (TemplateNotFound, TemplateSyntaxError, UnicodeDecodeError):
            # One of several that an include names, one that it does without, or a file that is no template.
            continue
        sources[other] = source
        reads |= read
        # A name that is put together on the page may be that of any template.
        waiting += environment.list_templates() if None in named else map(str, named)
    digest = blake2b(msgspec.json.encode(sorted(sources.items())), digest_size=DIGEST_SIZE).hexdigest()
    return PageTemplate(digest, tuple(sorted(reads)))


@lru_cache(maxsize=512)
def _found(source: str) -> tuple[frozenset[str | None], frozenset[str]]:
    tree, *every = template_nodes(source)
    return frozenset(meta.find_referenced_templates(cast(nodes.Template, tree))), frozenset(_reads(every))


def _reads(every: Sequence[nodes.Node]) -> Iterator[str]:
    asked = {id(node) for node in _asked(every)}
    inner = {id(node.node) for node in every if isinstance(node, (nodes.Getattr, nodes.Getitem))}
    for node in every:
        if not isinstance(node, _CHAINED) or id(node) in inner:
            continue
        if (chain := _chain(node)) and chain[0] in {"place", "page"}:
            if len(chain) == 1 and id(node) in asked:
                continue
            yield _name(chain)


def _asked(every: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """Expressions of which only the truth counts."""
    for node in every:
        if isinstance(node, (nodes.If, nodes.CondExpr)):
            yield from _operands(node.test)


def _operands(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    if isinstance(node, (nodes.And, nodes.Or)):
        yield from _operands(node.left)
        yield from _operands(node.right)
    elif isinstance(node, nodes.Not):
        yield from _operands(node.node)


def _chain(node: nodes.Node) -> tuple[str, ...]:
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr):
        before = _chain(node.node)
        return (*before, node.attr) if before else ()
    if isinstance(node, nodes.Getitem):
        before = _chain(node.node)
        key = node.arg.value if isinstance(node.arg, nodes.Const) else ALL
        return (*before, str(key)) if before else ()
    return ()


def _name(chain: tuple[str, ...]) -> str:
    if len(chain) == 1:
        return f"{chain[0]}.{ALL}"
    if chain[1] == "region":
        return ".".join((*chain[:2], chain[2] if len(chain) > 2 else ALL))
    return ".".join(chain[:2])
