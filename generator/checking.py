"""Checks a built site: the site's own, with all that its ledger knows, or any folder of HTML files."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from generator.check.decisions import unknown_rules
from generator.check.facts import Facts, no_ledger
from generator.check.origin import find_origin
from generator.check.outcome import Collected, Outcome
from generator.check.published import Published
from generator.check.registry import all_rules
from generator.check.runner import PageReader, check_site, portions
from generator.check.sample import sampled
from generator.config import SiteConfig
from generator.errors import ConfigurationError, Finding, did_you_mean
from generator.executors.executor import Executor
from generator.ledger.store import open_ledger
from generator.load.settings import load_settings
from generator.progress import show_progress
from generator.start import LEDGER


@dataclass(frozen=True, slots=True)
class CheckOrder:
    """What to check. ``rules`` are ids, none for all; ``every_page`` reads also the pages that a sample leaves out."""

    root: Path
    output: Path
    settings: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    every_page: bool = False


def check_own(order: CheckOrder, executor: Executor) -> Outcome:
    """Check what the site at ``order.root`` has in ``output/site``, as its ledger and its settings know it.

    Raises ConfigurationError where the settings are wrong or nothing is built.
    """
    config = _settings(order)
    folder, file = order.output / "site", order.output / LEDGER
    if not folder.is_dir() or not file.is_file():
        raise ConfigurationError([Finding(folder.as_posix(), "nothing is built here yet", "Run make pages first.")])
    published = Published(folder, config.base_url, _hosts(config))
    with open_ledger(file, read_only=True) as ledger:
        facts = Facts(ledger.query, config.base_url)
        paths = list(published.pages()) if order.every_page else sampled(facts)
        collected = Collected(config.checks, partial(_topic, facts))
        return _check(published, facts, paths, _chosen(order.rules), executor, collected)


def check_tree(folder: Path, order: CheckOrder, executor: Executor) -> Outcome:
    """Check every page of ``folder``, whoever made it.

    Raises ConfigurationError where there is no page.
    """
    published = Published(folder)
    paths = list(published.pages())
    if not paths:
        what = "there is no HTML file in this folder"
        raise ConfigurationError([Finding(folder.as_posix(), what, "Name the folder of a built site.")])
    published = Published(folder, find_origin(published, paths))
    with no_ledger(published.origin) as facts:
        collected = Collected((), lambda _: "")
        return _check(published, facts, paths, _chosen(order.rules), executor, collected)


def _check(
    published: Published,
    facts: Facts,
    paths: Sequence[str],
    ids: Collection[str],
    executor: Executor,
    collected: Collected,
) -> Outcome:
    """Read the pages at ``paths``, then look at the whole; ``facts`` learn of each page what they do not know."""
    is_unknown = not _count(facts)
    setup = partial(PageReader, published, frozenset(ids), is_unknown)
    with show_progress("Checking", len(paths)) as advance:
        for read in executor.map(setup, PageReader.read, portions(paths)):
            collected.add(read.findings)
            for page in read.facts:
                facts.add_page(page)
            for document in read.documents:
                facts.add_document(document)
            advance(read.pages)
    collected.add(check_site(published, facts, ids))
    return collected.outcome(published.folder.as_posix(), _count(facts), len(paths))


def _settings(order: CheckOrder) -> SiteConfig:
    config, document, findings = load_settings(order.root, order.settings)
    if config is None:
        raise ConfigurationError(findings)
    wrong = unknown_rules(config.checks, all_rules(), lambda number: document.where(("checks", number, "rule")))
    if wrong:
        raise ConfigurationError(wrong)
    return config


def _chosen(rules: Sequence[str]) -> Collection[str]:
    known: Mapping[str, object] = all_rules()
    wrong = [rule for rule in rules if rule not in known]
    if wrong:
        raise ConfigurationError(
            Finding(f"--rule {rule}", "there is no such rule", did_you_mean(rule, known)) for rule in wrong
        )
    return rules or known.keys()


def _hosts(config: SiteConfig) -> frozenset[str]:
    return frozenset({urlsplit(config.analytics.script).netloc} if config.analytics else ())


def _count(facts: Facts) -> int:
    ((count,),) = facts.query("SELECT count(*) FROM pages WHERE state IN ('live', 'noindex', 'held')")
    return int(count)


def _topic(facts: Facts, path: str) -> str:
    found = next(facts.query("SELECT topic FROM pages WHERE path = ?", path), ("",))
    return str(found[0])
