"""Loading of a whole site: every file under ``content/``, or every error in them at once."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from generator.config import SiteConfig
from generator.errors import Finding
from generator.ledger.cache import Cache
from generator.load.gate_conditions import gated_places
from generator.load.locales import load_locales
from generator.load.overrides import OverriddenPlaces, apply_overrides
from generator.load.places import LoadedPlaces, load_places
from generator.load.places_cache import (
    pack_places,
    pack_selection,
    places_digest,
    selection_digest,
    unpack_places,
    unpack_selection,
)
from generator.load.public_files import load_public_files
from generator.load.redirects import load_redirects
from generator.load.row_rules import RowRules
from generator.load.rows import Rulebook
from generator.load.rule_settings import apply_settings, wrong_settings
from generator.load.selection import select_places
from generator.load.settings import SITE_FILE, load_settings
from generator.load.tables import attach_facts, load_tables
from generator.load.topics import load_topics
from generator.load.yaml_file import YamlDocument
from generator.model import Attribution, FrozenPlace, Place, Region, Site, Topic


class LoadedSite(Struct, frozen=True):
    """A site, or what keeps it from being one."""

    site: Site | None
    findings: tuple[Finding, ...]
    """Every finding that stops the build; the others are the site's own."""
    columns: Mapping[str, frozenset[str]] | None
    """Table columns that pages may read, by the name of the view that has them; None when they are unknown."""
    is_misconfigured: bool


class _Geography(Struct, frozen=True):
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


def read_site(
    root: Path, settings: Sequence[str], now: datetime.date, cache: Cache, rulebook: Rulebook | None = None
) -> LoadedSite:
    """Read the site at ``root``; ``now`` decides which columns of tables have expired.

    ``cache`` holds the results of earlier builds. Without a ``rulebook`` rows need only be readable.
    """
    content = root / "content"
    config, document, wrong = load_settings(root, settings)
    if config is None and not document.lines and not document.findings:
        # Without its first file this is no site, and all that else is missing says no more.
        return LoadedSite(None, tuple(wrong), None, True)
    if config is None:
        return LoadedSite(None, (*wrong, *_stops(_check_without_config(root, document))), None, True)
    columns = _columns(config)
    findings: list[Finding] = []
    tags = {tag: document.where(("locales", tag)) for tag in config.locales}
    locales, faults_of_locales = load_locales(content, root / "templates", config, tags, cache)
    topics, faults_of_topics = load_topics(content, tuple(config.locales), columns, cache)
    redirects, faults_of_redirects = load_redirects(content, root, config.base_url)
    public_files, faults_of_files = load_public_files(content)
    geography = _load_geography(root, config, document, now, cache, rulebook)
    for found in (faults_of_locales, faults_of_topics, faults_of_redirects, faults_of_files, geography.findings):
        findings.extend(found)
    findings.extend(_pending_translations(topics))
    gated, faults_of_gate = gated_places(config, geography.selected, {topic.id for topic in topics}, document.where)
    findings.extend(faults_of_gate)
    findings.extend(_unserved(config, document, geography, topics))
    if rulebook and config.checks:
        numbered = partial(_setting_at, document)
        known = {topic.id for topic in topics}
        findings.extend(wrong_settings(config.checks, rulebook.names(), rulebook.of_rows(), known, numbered))
    judged = tuple(finding for finding in findings if finding.rule)
    findings = [told for finding in findings if (told := apply_settings(finding, config.checks, lambda _: "")[0])]
    stops = _stops(findings)
    if stops:
        return LoadedSite(None, stops, columns, any(f.where.startswith((SITE_FILE, "--set")) for f in stops))
    site = Site(
        root=root,
        config=config,
        locales=locales,
        topics=topics,
        places=geography.selected,
        all_places=geography.everywhere,
        redirects=redirects,
        public_files=public_files,
        attributions=geography.attributions,
        frozen=geography.frozen,
        uncertain=geography.uncertain,
        frozen_regions=geography.frozen_regions,
        unreadable_places=geography.unreadable,
        has_unreadable_rows=geography.has_unreadable_rows,
        good_until=min(geography.good_until, _reviews_good_until(config, topics, now)),
        findings=tuple(findings),
        judged=judged,
        gated=gated,
    )
    return LoadedSite(site, (), columns, False)


def _setting_at(document: YamlDocument, number: int) -> str:
    return document.where(("checks", number, "rule"))


def _check_without_config(root: Path, document: YamlDocument) -> list[Finding]:
    """What is wrong in the other files, as far as that can be known, so that one run shows every error."""
    content = root / "content"
    tags = document.data.get("locales")
    locales = tuple(tags) if isinstance(tags, dict) else ()
    loaded = load_places(content, root)
    findings = [*load_topics(content, locales, None, Cache())[1], *loaded.findings]
    findings += load_redirects(content, root, "")[1]
    findings += load_public_files(content)[1]
    if locales and not _stops(loaded.findings):
        findings += apply_overrides(loaded, content, root, locales).findings
    return findings


def _stops(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.severity == "stop")


def _columns(config: SiteConfig) -> dict[str, frozenset[str]]:
    views = {"region": "RegionView", "place": "PlaceView"}
    return {
        view: frozenset(
            column for table in config.tables.values() if table.attach == attach for column in table.columns
        )
        for attach, view in views.items()
    }


def _load_geography(
    root: Path, config: SiteConfig, document: YamlDocument, now: datetime.date, cache: Cache, rulebook: Rulebook | None
) -> _Geography:
    content = root / "content"
    judge = rulebook.read if rulebook else None
    read = partial(load_places, content, root, RowRules(judge, config.checks))
    loaded = cache.recall("places", places_digest(content, config.checks), read, pack_places, unpack_places)
    rules = RowRules(judge, config.checks, cache)
    # Overrides speak of places, so without sound files they would only repeat what is wrong with those.
    is_sound = not _stops(loaded.findings)
    overridden = (
        apply_overrides(loaded, content, root, tuple(config.locales), rules)
        if is_sound
        else OverriddenPlaces(loaded.places, loaded.skipped, loaded.regions)
    )
    tables = load_tables(
        content,
        root,
        config.tables,
        overridden.regions.values(),
        overridden.places,
        now,
        document.where,
        _other_ids(loaded),
        rules,
    )
    findings = [*loaded.findings, *overridden.findings, *tables.findings]
    selected: tuple[Place, ...] = ()
    if is_sound:
        key = ("places", "list") if config.places.list else ("places", "where")
        label = document.where(key)
        select = partial(
            select_places, overridden.places, config.places, overridden.included, content, label, loaded.frozen
        )
        made_of = selection_digest(content, config.places, config.checks, label)
        selected, faults = cache.recall(
            "selection", made_of, select, pack_selection, partial(unpack_selection, places=overridden.places)
        )
        findings.extend(faults)
    ids = {place.id for place in selected}
    return _Geography(
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
        findings=findings,
    )


def _other_ids(loaded: LoadedPlaces) -> list[tuple[str, int]]:
    skipped = [(entry.place.country, entry.place.id) for entry in loaded.skipped]
    return [*skipped, *((place.country, place.id) for place in loaded.frozen)]


def _unreadable(loaded: LoadedPlaces, regions: Mapping[tuple[str, str], Region]) -> tuple[FrozenPlace, ...]:
    return tuple(
        FrozenPlace(place.id, regions[place.country, place.region_code], place.slug, place.where)
        for place in loaded.frozen
    )


def _unserved(
    config: SiteConfig, document: YamlDocument, geography: _Geography, topics: Sequence[Topic]
) -> list[Finding]:
    """Locales that would have nothing to show, no place of their countries or no topic, or would owe a notice."""
    findings: list[Finding] = []
    known = {place.country for place in geography.everywhere}
    for tag, keys in config.locales.items():
        where = document.where(("locales", tag, "countries"))
        for country in sorted(set(keys.countries) - known) if known else ():
            fix = f"Run make places ARGS='{country}', or take it out."
            findings.append(Finding(where, f"{tag} serves {country}, of which there are no places", fix))
        medical = [topic for topic in topics if topic.locale == tag and topic.is_medical]
        if medical and not keys.disclaimer:
            what = f"locales.{tag} has no disclaimer, and {medical[0].source} is a medical topic"
            fix = "Add the key disclaimer with the notice that its pages must show."
            findings.append(Finding(document.where(("locales", tag)), what, fix))
        if not any(topic.locale == tag for topic in topics):
            what = f"the locale {tag} has no topic yet, so its home page is empty"
            findings.append(Finding(document.where(("locales", tag)), what, "Add a topic in it.", "warning"))
    return findings


def _reviews_good_until(config: SiteConfig, topics: Sequence[Topic], now: datetime.date) -> datetime.date:
    """The last day on which no further review of a topic is too old for the gate."""
    days = config.gate.reviewed_within_days
    reviews = [topic.last_reviewed for topic in topics if topic.is_medical and topic.last_reviewed]
    last = [day + datetime.timedelta(days) for day in reviews] if days is not None else []
    return min((day for day in last if day >= now), default=datetime.date.max)


def _pending_translations(topics: Sequence[Topic]) -> list[Finding]:
    fix = "When a person has read it, write “translation: reviewed” in its front matter."
    return [
        Finding(topic.source, "the translation is pending review", fix, "warning")
        for topic in topics
        if topic.translation_pending
    ]
