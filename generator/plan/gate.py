"""The publish gate: which pages search engines are asked to index, and why not the others.

The policy is the site's own. Search engines publish no such numbers; ``docs/gate.md`` says what is known.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from generator.errors import Finding, SiteError
from generator.ledger.store import Ledger
from generator.model import Redirect, Site, Topic
from generator.plan.author_links import author_links
from generator.plan.obstacles import first, firsts, of_places, of_site, of_topic
from generator.plan.routes import Batch, Plan
from generator.plan.verdicts import FROZEN, INDEX, NOT_MEASURED, Measured, TopicKey, Verdict, Verdicts, topic_key

FOLDED = 302
"""Status of a redirect from a page that is folded: it may come back."""


def pass_gate(plan: Plan, today: datetime.date, ledger: Ledger, measured: Measured = NOT_MEASURED) -> Plan:
    """``plan`` with the verdict on every page, and its consequences for hubs, sitemaps and redirects.

    ``ledger`` knows what was published before. Raises SiteError where an author's text links to a page that is not
    made.
    """
    verdicts = decide(plan.site, today, measured)
    if plan.frozen:
        verdicts = _with_frozen(verdicts, plan, ledger)
    decided = replace(plan, verdicts=verdicts)
    decided = settle(replace(decided, closed=dict(_closed_hubs(decided))))
    decided = replace(decided, findings=tuple(_redirects_to_nowhere(decided)))
    decided = replace(decided, redirects=tuple(_redirects(decided, ledger)))
    if astray := list(_links_astray(decided)):
        raise SiteError(astray)
    return decided


def settle(plan: Plan) -> Plan:
    """``plan`` without hubs of whose places none can be made, and without the sitemaps of batches without a page."""
    barren = {
        plan.paths.region(topic, region): plan.paths.topic(topic)
        for topic in (plan.site.topics if plan.absent else ())
        for region in plan.regions_of(topic)
        if not plan.places_of(topic, region)
    }
    plan = replace(
        plan, closed={**plan.closed, **{hub: path for hub, path in barren.items() if hub not in plan.frozen}}
    )
    return replace(plan, unlisted=frozenset(batch.name for batch in plan.batches if not _is_listed(plan, batch)))


def decide(site: Site, today: datetime.date, measured: Measured = NOT_MEASURED) -> Verdicts:
    """The verdict on every page of ``site``, with the measures of its pages."""
    gate = site.config.gate
    places = {topic_key(topic): found for topic in site.topics if (found := firsts(of_places(topic, site, measured)))}
    return Verdicts(
        is_enforced=gate.mode == "enforce",
        everywhere=first(of_site(site.config)),
        topics={
            topic_key(topic): verdict
            for topic in site.topics
            if (verdict := first(of_topic(topic, gate, today))) != INDEX
        },
        places=places,
        empty=_empty_regions(site, places),
    )


def kept_back(topic: Topic, site: Site) -> Mapping[int, Verdict]:
    """Verdicts on those places' pages of a topic that are not to be indexed, without reading their texts."""
    return firsts(of_places(topic, site, NOT_MEASURED))


def _empty_regions(site: Site, verdicts: Mapping[TopicKey, Mapping[int, Verdict]]) -> dict[TopicKey, frozenset[str]]:
    """Keys of the regions of which no place has a page, by topic."""
    found: dict[TopicKey, frozenset[str]] = {}
    for key, places in verdicts.items():
        without = {number for number, verdict in places.items() if not verdict.has_page}
        if without:
            regions = {place.region.key for place in site.places if place.id in without}
            found[key] = frozenset(regions - {p.region.key for p in site.places if p.id not in without})
    return found


def _with_frozen(verdicts: Verdicts, plan: Plan, ledger: Ledger) -> Verdicts:
    """``verdicts`` with those of pages that stay as they were last built, because the data that they need is faulty."""
    places = {key: dict(found) for key, found in verdicts.places.items()}
    was_indexable = ledger.were_indexable(plan.frozen)
    for path in plan.frozen:
        for topic, place in plan.book.places_at(path):
            found = places.setdefault(topic_key(topic), {})
            if was_indexable.get(path):
                found.pop(place.id, None)
            elif path in was_indexable:
                found[place.id] = FROZEN
    return replace(verdicts, places=places, empty=_empty_regions(plan.site, places))


def _closed_hubs(plan: Plan) -> Iterator[tuple[str, str]]:
    """Hubs that have no place to list, and the topic's page, to which links to them lead."""
    for topic in plan.site.topics if plan.verdicts.is_enforced else ():
        for key in sorted(plan.verdicts.empty.get(topic_key(topic), ())):
            yield plan.paths.region(topic, plan.by_region[key][0].region), plan.paths.topic(topic)


def _is_listed(plan: Plan, batch: Batch) -> bool:
    """Whether a batch has a page for its sitemap."""
    if plan.verdicts.everywhere != INDEX:
        return False
    if batch.topic is None or batch.bucket == 0:
        # The first page of such a batch stands for the rest, unless it is shut itself.
        return any(route.is_indexable for route in plan.routes(batch))
    is_doubtful = bool(plan.absent) or plan.verdicts.decides_places(batch.topic)
    is_exceptional = is_doubtful or plan.verdicts.done(batch.topic) != INDEX
    return not is_exceptional or any(route.is_indexable for route in plan.routes(batch))


def _redirects(plan: Plan, ledger: Ledger) -> Iterator[Redirect]:
    """Redirects to pages that exist, in order of source: those planned, and those of folded pages once published."""
    found: dict[str, Redirect] = {}
    for redirect in plan.redirects:
        target = plan.instead_of(redirect.target)
        if target == redirect.target:
            found[redirect.source] = redirect
        elif target:
            found[redirect.source] = replace(redirect, target=target, status=FOLDED)
    for topic in plan.site.topics:
        folded = dict(_folded(plan, topic))
        for path in ledger.were_built(folded) if folded else ():
            found.setdefault(path, Redirect(path, folded[path], FOLDED, "gate"))
    for path in ledger.were_built(plan.closed):
        found.setdefault(path, Redirect(path, plan.closed[path], FOLDED, "gate"))
    yield from (found[source] for source in sorted(found))


def _redirects_to_nowhere(plan: Plan) -> Iterator[Finding]:
    """The author's redirects that are left out, because they lead to pages that are held back."""
    written = {redirect.source for redirect in plan.site.redirects}
    for redirect in plan.redirects:
        if redirect.source in written and not plan.instead_of(redirect.target):
            what = f"the redirect from {redirect.source} is left out, since the gate holds back {redirect.target}"
            fix = "Let it lead to another page, or wait until that one is built."
            yield Finding(redirect.where, what, fix, "warning")


def _folded(plan: Plan, topic: Topic) -> Iterator[tuple[str, str]]:
    """The addresses of a topic's folded pages, and where links to them lead."""
    if not plan.verdicts.is_enforced:
        return
    verdicts = plan.verdicts.places.get(topic_key(topic), {})
    for place in plan.site.places if verdicts else ():
        if place.id in verdicts and verdicts[place.id].decision == "fold":
            yield plan.place_path(topic, place), plan.link(topic, place)


def _links_astray(plan: Plan) -> Iterator[Finding]:
    """Links of authors' texts to pages that the gate does not let be made, and that never were."""
    redirected = {redirect.source for redirect in plan.redirects}
    for topic in plan.site.topics if plan.verdicts.is_enforced else ():
        for source, path in author_links(topic):
            if plan.book.owners(path) and not plan.has(path) and path not in redirected:
                what = f"a link leads to {path}, which the gate keeps without a page"
                yield Finding(source.where, what, "Link to another page, or change gate in content/site.yaml.")
