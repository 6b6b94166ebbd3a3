"""The places of a site: those of its files under the marketer's hand, with what tables say, and those with pages."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.config import SiteConfig
from generator.errors import Finding
from generator.ledger.cache import Cache
from generator.load.overrides import apply_overrides
from generator.load.places import LoadedPlaces, load_places
from generator.load.places_cache import pack_places, places_digest, unpack_places
from generator.load.row_rules import RowRules
from generator.load.rows import Rulebook
from generator.load.selection import select_places
from generator.load.tables import attach_facts, load_tables
from generator.load.yaml_file import YamlDocument
from generator.model import Attribution, FrozenPlace, Place


class Geography(Struct, frozen=True):
    """The places of a site with what tables say of them, and what keeps some of them back."""

    selected: tuple[Place, ...]
    everywhere: tuple[Place, ...]
    frozen: Mapping[int, str]
    uncertain: frozenset[int]
    frozen_regions: frozenset[str]
    unreadable: tuple[FrozenPlace, ...]
    has_unreadable_rows: bool
    attributions: tuple[Attribution, ...]
    good_until: datetime.date
    findings: list[Finding]


def choose_places(
    root: Path, config: SiteConfig, document: YamlDocument, cache: Cache, rulebook: Rulebook | None
) -> tuple[LoadedPlaces, tuple[Place, ...]]:
    """The places of the files under the overrides, and which of them get pages.

    No fault of a place keeps the others from being. ``document`` is the one that ``config`` stands in.
    """
    content = root / "content"
    judge = rulebook.read if rulebook else None
    read = partial(load_places, content, root, RowRules(judge, config.checks))
    loaded = cache.recall("places", places_digest(content, config.checks), read, pack_places, unpack_places)
    # Overrides speak of places, so without sound files they would only repeat what is wrong with those.
    if stops(loaded.findings):
        return loaded, ()
    loaded = apply_overrides(loaded, content, root, tuple(config.locales), RowRules(judge, config.checks, cache))
    label = document.where(("places", "list") if config.places.list else ("places", "where"))
    selected, faults = select_places(loaded.places, config.places, loaded.included, content, label, loaded.frozen)
    return replace(loaded, findings=(*loaded.findings, *faults)), selected


def load_geography(
    root: Path, config: SiteConfig, document: YamlDocument, now: datetime.date, cache: Cache, rulebook: Rulebook | None
) -> Geography:
    """What ``choose_places`` chooses, with the tables as they hold on the day ``now``."""
    loaded, selected = choose_places(root, config, document, cache, rulebook)
    rules = RowRules(rulebook.read if rulebook else None, config.checks, cache)
    tables = load_tables(root / "content", root, config.tables, loaded, now, document.where, rules)
    faulty = {place.id: tables.frozen.get(place.id) or tables.frozen.get(place.region.key) for place in selected}
    keys = (*tables.frozen, *tables.uncertain, *(place.region.key for place in loaded.frozen))
    return Geography(
        selected=attach_facts(selected, config.tables, tables.facts),
        everywhere=loaded.places,
        frozen={number: where for number, where in faulty.items() if where},
        uncertain=frozenset(p.id for p in selected if not tables.uncertain.isdisjoint((p.id, p.region.key))),
        frozen_regions=frozenset(key for key in keys if isinstance(key, str)),
        unreadable=loaded.frozen,
        has_unreadable_rows=loaded.has_unreadable_rows,
        attributions=(Attribution(config.places.credit, config.places.credit_url), *tables.attributions),
        good_until=tables.good_until,
        findings=[*loaded.findings, *tables.findings],
    )


def stops(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Those that stop the build."""
    return tuple(finding for finding in findings if finding.severity == "stop")
