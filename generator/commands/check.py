"""The ``check`` verb: rules over a built site with its ledger, or over any folder of HTML files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from generator.check.facts import Facts, no_facts
from generator.check.origin import find_origin
from generator.check.published import Published
from generator.check.registry import all_rules
from generator.check.results import Collected, Outcome
from generator.check.runner import Reader, check_each, check_site, portions, rules_of
from generator.check.sitemap import first_sitemaps
from generator.check.subjects import Article, articles_of
from generator.check.whole_pages import whole_pages
from generator.commands.built_site import BuiltSite, open_built
from generator.errors import ConfigurationError, Finding, did_you_mean
from generator.executors.executor import Executor
from generator.executors.memory import settle_memory
from generator.ledger.digests import digest_inputs
from generator.model import LikePages
from generator.options import Options
from generator.plan.routes import Plan
from generator.progress import show_progress
from generator.similarity.duplicates import compare_site, find_like_pages
from generator.similarity.measure import Compared, make_signatures


def check_own(options: Options, executor: Executor, rules: Sequence[str] = (), *, every_page: bool = False) -> Outcome:
    """Check what ``open_built`` opens, which says what this raises, as ``check_opened`` does."""
    with open_built(options) as built:
        return check_opened(built, executor, rules, every_page=every_page)


def check_opened(
    built: BuiltSite, executor: Executor, rules: Sequence[str] = (), *, every_page: bool = False
) -> Outcome:
    """Check ``built`` by ``rules``: their ids, none for all; raises ConfigurationError for one that does not exist.

    ``every_page`` reads also the pages of which one that differs in values only is read.
    """
    compared: Iterable[Compared] = ()
    if rules_of(LikePages, _chosen(rules)):
        signatures = make_signatures(built.rendering, built.code, built.ledger, executor)
        compared = compare_site(built.rendering.plan, signatures)
    return check_built(built, compared, executor, rules, every_page=every_page)


def check_built(
    built: BuiltSite, compared: Iterable[Compared], executor: Executor, rules: Sequence[str] = (), *, every_page: bool
) -> Outcome:
    """Check ``built`` as ``check_opened`` does; ``compared`` are its pages of places, where its rules ask for them."""
    published, facts, checks = built.published, built.facts, built.site.config.checks
    ids = _chosen(rules)
    hints = [hint for name in ids for hint in all_rules()[name].hints or ()]
    paths = list(published.pages()) if every_page else whole_pages(built.ledger, facts, published, hints)
    collected = Collected(checks, partial(_topic, facts))
    collected.add(finding for finding in built.site.judged if finding.rule in ids)
    collected.add(check_each(Article, articles_of(built.site, built.options.now), ids))
    collected.add(check_each(Plan, [built.rendering.plan], ids))
    collected.add(check_each(LikePages, find_like_pages(built.rendering, compared), ids))
    outcome = _check(published, facts, paths, ids, executor, collected, with_facts=False)
    return replace(outcome, is_outdated=not is_current(built))


def is_current(built: BuiltSite) -> bool:
    """Whether the site was built from what its files say now, or as far as its faults let it."""
    last, options = built.ledger.last_build(), built.options
    now = digest_inputs(options.root, options.settings, built.code)
    # After an error the ledger does not say what was read, since the next build has to read it again.
    return not last.inputs or last.holds(now, options.now)


def check_tree(folder: Path, rules: Sequence[str], executor: Executor) -> Outcome:
    """Check every page of ``folder``, made by any program, by ``rules``: their ids, none for all.

    Raises ConfigurationError where there is no page.
    """
    published = Published(folder)
    paths = list(published.pages())
    if not paths:
        what = "there is no HTML file in this folder"
        raise ConfigurationError([Finding(folder.as_posix(), what, "Name the folder of a built site.")])
    published = Published(folder, find_origin(published, paths))
    with no_facts(published.origin) as facts:
        collected = Collected((), lambda _: "")
        return _check(published, facts, paths, _chosen(rules), executor, collected, with_facts=True)


def _check(
    published: Published,
    facts: Facts,
    paths: Sequence[str],
    ids: Collection[str],
    executor: Executor,
    collected: Collected,
    *,
    with_facts: bool,
) -> Outcome:
    """Read the pages at ``paths``, with their facts where ``facts`` do not know them, then look at the whole."""
    setup = partial(Reader, published, ids, with_facts)
    waiting = portions(paths, first_sitemaps(published))
    known = {path for portion in waiting for path in portion.sitemaps}
    settle_memory()
    with show_progress("Checking", len(paths)) as advance, executor.workers(setup) as workers:
        while waiting:
            named: dict[str, None] = {}
            for read in workers.map(Reader.read, waiting):
                collected.add(read.findings)
                for page in read.facts:
                    facts.add_page(page)
                for document in read.documents:
                    facts.add_document(document)
                for sitemap in read.sitemaps:
                    facts.add_sitemap(sitemap)
                    named |= dict.fromkeys(sitemap.named)
                advance(read.pages)
            waiting = portions((), [path for path in named if path not in known])
            known.update(named)
    collected.add(check_site(published, facts, ids))
    return collected.outcome(published.folder.as_posix(), _count(facts), len(paths))


def _chosen(rules: Sequence[str]) -> Collection[str]:
    known: Mapping[str, object] = all_rules()
    wrong = [rule for rule in rules if rule not in known]
    if wrong:
        raise ConfigurationError(
            Finding(f"--rule {rule}", "there is no such rule", did_you_mean(rule, known)) for rule in wrong
        )
    return frozenset(rules or known)


def _count(facts: Facts) -> int:
    ((count,),) = facts.query("SELECT count(*) FROM standing")
    return int(count)


def _topic(facts: Facts, path: str) -> str:
    """The topic of the page, or of the article's file, that ``path`` names."""
    if path.startswith("content/topics/"):
        return path.split("/")[2]
    found = next(facts.query("SELECT topic FROM pages WHERE path = ?", path), ("",))
    return str(found[0])
