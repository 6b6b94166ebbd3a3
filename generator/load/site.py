"""Loading of a whole site: every file under ``content/``, or every error in them at once."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.config import SiteConfig
from generator.errors import Finding
from generator.ledger.cache import Cache
from generator.load.gate_conditions import gated_places
from generator.load.geography import stops, with_places
from generator.load.locales import load_locales
from generator.load.overrides import apply_overrides
from generator.load.places import load_places
from generator.load.public_files import load_public_files
from generator.load.redirects import load_redirects
from generator.load.rows import Rulebook
from generator.load.rule_settings import apply_settings, wrong_settings
from generator.load.settings import SITE_FILE, load_settings
from generator.load.topics import load_topics
from generator.load.yaml_file import YamlDocument
from generator.model import Site, Topic


class LoadedSite(Struct, frozen=True):
    """A site, or the findings that prevent it."""

    site: Site | None
    findings: tuple[Finding, ...]
    """Every finding that stops the build; the others are the site's own."""
    columns: Mapping[str, frozenset[str]] | None
    """Table columns that pages may read, by the name of the view that has them; None when they are unknown."""
    is_misconfigured: bool


def read_site(
    root: Path, settings: Sequence[str], now: datetime.date, cache: Cache, rulebook: Rulebook | None = None
) -> LoadedSite:
    """Read the site at ``root``; ``now`` decides which columns of tables have expired.

    ``cache`` holds the results of earlier builds. Without a ``rulebook`` rows need only be readable.
    """
    content = root / "content"
    config, document, wrong = load_settings(root, settings)
    if config is None and not document.places and not document.findings:
        # Without its configuration this is no site, and other missing files tell no more.
        return LoadedSite(None, tuple(wrong), None, True)
    if config is None:
        return LoadedSite(None, (*wrong, *stops(_check_without_config(root, document))), None, True)
    columns = _columns(config)
    tags = {tag: document.where(("locales", tag)) for tag in config.locales}
    locales, faults_of_locales = load_locales(content, root / "templates", config, tags, cache)
    topics, faults_of_topics = load_topics(content, tuple(config.locales), columns, cache)
    redirects, faults_of_redirects = load_redirects(content, config.base_url)
    public_files, faults_of_files = load_public_files(content)
    faults = (*faults_of_locales, *faults_of_topics, *faults_of_redirects, *faults_of_files)
    site = Site(root, config, locales, topics, redirects=redirects, public_files=public_files, findings=faults)
    site = with_places(site, document, now, cache, rulebook)
    known = {topic.id for topic in topics}
    gated, faults_of_gate = gated_places(config, site.places, known, document.where)
    findings = [*site.findings, *_pending_translations(topics), *faults_of_gate, *_unserved(site, document)]
    if rulebook and config.checks:
        findings.extend(wrong_settings(config.checks, rulebook, known, document))
    judged = tuple(finding for finding in findings if finding.rule)
    findings = [told for finding in findings if (told := apply_settings(finding, config.checks)[0])]
    stopping = stops(findings)
    if stopping:
        return LoadedSite(None, stopping, columns, any(f.where.startswith((SITE_FILE, "--set")) for f in stopping))
    good_until = min(site.good_until, _reviews_good_until(config, topics, now))
    site = replace(site, good_until=good_until, findings=tuple(findings), judged=judged, gated=gated)
    return LoadedSite(site, (), columns, False)


def _check_without_config(root: Path, document: YamlDocument) -> list[Finding]:
    """Faults of the other files, as far as they can be known, so that one run shows every error."""
    content = root / "content"
    tags = document.data.get("locales")
    locales = tuple(tags) if isinstance(tags, dict) else ()
    loaded = load_places(content)
    if locales and not stops(loaded.findings):
        loaded = apply_overrides(loaded, content, locales)
    findings = [*load_topics(content, locales, None, Cache())[1], *loaded.findings]
    findings += load_redirects(content, "")[1]
    findings += load_public_files(content)[1]
    return findings


def _columns(config: SiteConfig) -> dict[str, frozenset[str]]:
    views = {"region": "RegionView", "place": "PlaceView"}
    return {
        view: frozenset(
            column for table in config.tables.values() if table.attach == attach for column in table.columns
        )
        for attach, view in views.items()
    }


def _unserved(site: Site, document: YamlDocument) -> list[Finding]:
    """Locales that would have nothing to show, no place of their countries or no topic, or would owe a notice."""
    findings: list[Finding] = []
    known = {place.country for place in site.all_places}
    for tag, keys in site.config.locales.items():
        where = document.where(("locales", tag, "countries"))
        for country in sorted(set(keys.countries) - known) if known else ():
            fix = f"Run make places ARGS='{country}', or take it out."
            findings.append(Finding(where, f"{tag} serves {country}, of which there are no places", fix))
        medical = [topic for topic in site.topics if topic.locale == tag and topic.is_medical]
        if medical and not keys.disclaimer:
            what = f"locales.{tag} has no disclaimer, and {medical[0].source} is a medical topic"
            fix = "Add the key disclaimer with the notice that its pages must show."
            findings.append(Finding(document.where(("locales", tag)), what, fix))
        if not any(topic.locale == tag for topic in site.topics):
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
