"""The places of a site: those of its files under the marketer's hand, with what tables say, and those with pages."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from generator.config import SiteConfig
from generator.errors import Finding
from generator.ledger.cache import Cache
from generator.load.overrides import OverriddenPlaces, apply_overrides
from generator.load.places import LoadedPlaces, load_places
from generator.load.places_cache import pack_places, places_digest, unpack_places
from generator.load.row_rules import RowRules
from generator.load.rows import Rulebook
from generator.load.selection import select_places
from generator.load.tables import attach_facts, load_tables
from generator.load.yaml_file import YamlDocument
from generator.model import Attribution, FrozenPlace, Place, Region


class ChosenPlaces(Struct, frozen=True):
    """Every place of the files, what the overrides make of it, and which get pages; no fault keeps it from being."""

    loaded: LoadedPlaces
    overridden: OverriddenPlaces
    selected: tuple[Place, ...]
    faults: Sequence[Finding]
    """Faults of the selection alone."""


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
) -> ChosenPlaces:
    """Read the places and select; ``document`` is the one that ``config`` stands in."""
    content = root / "content"
    judge = rulebook.read if rulebook else None
    read = partial(load_places, content, root, RowRules(judge, config.checks))
    loaded = cache.recall("places", places_digest(content, config.checks), read, pack_places, unpack_places)
    # Overrides speak of places, so without sound files they would only repeat what is wrong with those.
    if stops(loaded.findings):
        return ChosenPlaces(loaded, OverriddenPlaces(loaded.places, loaded.skipped, loaded.regions), (), ())
    rules = RowRules(judge, config.checks, cache)
    overridden = apply_overrides(loaded, content, root, tuple(config.locales), rules)
    label = document.where(("places", "list") if config.places.list else ("places", "where"))
    chosen = select_places(overridden.places, config.places, overridden.included, content, label, loaded.frozen)
    return ChosenPlaces(loaded, overridden, *chosen)


def load_geography(
    root: Path, config: SiteConfig, document: YamlDocument, now: datetime.date, cache: Cache, rulebook: Rulebook | None
) -> Geography:
    """What ``choose_places`` chooses, with the tables as they hold on the day ``now``."""
    chosen = choose_places(root, config, document, cache, rulebook)
    loaded, overridden, selected = chosen.loaded, chosen.overridden, chosen.selected
    tables = load_tables(
        root / "content",
        root,
        config.tables,
        overridden.regions.values(),
        overridden.places,
        now,
        document.where,
        _other_ids(loaded),
        RowRules(rulebook.read if rulebook else None, config.checks, cache),
    )
    ids = {place.id for place in selected}
    return Geography(
        selected=attach_facts(selected, tables),
        everywhere=overridden.places,
        uncertain=frozenset(
            place.id
            for place in selected
            if place.id in tables.uncertain_places or (place.country, place.region.code) in tables.uncertain_regions
        ),
        frozen_regions=frozenset(
            f"{country}-{code}"
            for country, code in (
                *tables.frozen_regions,
                *tables.uncertain_regions,
                *((place.country, place.region_code) for place in loaded.frozen),
            )
        ),
        frozen={number: where for number, where in tables.frozen_places.items() if number in ids},
        unreadable=_unreadable(loaded, overridden.regions),
        has_unreadable_rows=loaded.has_unreadable_rows,
        attributions=(Attribution(config.places.credit, config.places.credit_url), *tables.attributions),
        good_until=tables.good_until,
        findings=[*loaded.findings, *overridden.findings, *tables.findings, *chosen.faults],
    )


def stops(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Those that stop the build."""
    return tuple(finding for finding in findings if finding.severity == "stop")


def _other_ids(loaded: LoadedPlaces) -> list[tuple[str, int]]:
    skipped = [(entry.place.country, entry.place.id) for entry in loaded.skipped]
    return [*skipped, *((place.country, place.id) for place in loaded.frozen)]


def _unreadable(loaded: LoadedPlaces, regions: Mapping[tuple[str, str], Region]) -> tuple[FrozenPlace, ...]:
    return tuple(
        FrozenPlace(place.id, regions[place.country, place.region_code], place.slug, place.where)
        for place in loaded.frozen
    )
