"""The places of a site: those of its files with overrides and facts from tables, and those with pages."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial
from pathlib import Path

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
from generator.model import Attribution, Place, Site


def choose_places(
    root: Path, config: SiteConfig, document: YamlDocument, cache: Cache, rulebook: Rulebook | None
) -> tuple[LoadedPlaces, tuple[Place, ...]]:
    """The places of the files under the overrides, and which of them get pages.

    No fault of a place keeps the others from loading. ``document`` is the one that ``config`` stands in.
    """
    content = root / "content"
    read = partial(load_places, content, RowRules(rulebook, config.checks))
    loaded = cache.recall("places", places_digest(content, config.checks), read, pack_places, unpack_places)
    # Overrides refer to places, so without sound files they would only repeat the faults of those.
    if stops(loaded.findings):
        return loaded, ()
    loaded = apply_overrides(loaded, content, tuple(config.locales), RowRules(rulebook, config.checks, cache))
    label = document.where(("places", "list") if config.places.list else ("places", "where"))
    selected, faults = select_places(loaded, config.places, content, label)
    return replace(loaded, findings=(*loaded.findings, *faults)), selected


def with_places(
    site: Site, document: YamlDocument, now: datetime.date, cache: Cache, rulebook: Rulebook | None
) -> Site:
    """``site`` with its places as ``choose_places`` chooses them, and the facts of tables on the day ``now``."""
    config = site.config
    loaded, selected = choose_places(site.root, config, document, cache, rulebook)
    rules = RowRules(rulebook, config.checks, cache)
    tables = load_tables(site.root / "content", config.tables, loaded, now, document.where, rules)
    faulty = {place.id: tables.frozen.get(place.id) or tables.frozen.get(place.region.key) for place in selected}
    keys = (*tables.frozen, *tables.uncertain, *(place.region.key for place in loaded.frozen))
    return replace(
        site,
        places=attach_facts(selected, config.tables, tables.facts),
        all_places=loaded.places,
        frozen={number: where for number, where in faulty.items() if where},
        uncertain=frozenset(p.id for p in selected if not tables.uncertain.isdisjoint((p.id, p.region.key))),
        frozen_regions=frozenset(key for key in keys if isinstance(key, str)),
        unreadable_places=loaded.frozen,
        has_unreadable_rows=loaded.has_unreadable_rows,
        attributions=(Attribution(config.places.credit, config.places.credit_url), *tables.attributions),
        good_until=tables.good_until,
        findings=(*site.findings, *loaded.findings, *tables.findings),
    )


def stops(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings that stop the build."""
    return tuple(finding for finding in findings if finding.severity == "stop")
