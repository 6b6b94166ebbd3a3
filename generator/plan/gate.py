"""The publish gate: which pages search engines are asked to index, and why not the others.

The policy is the site's own. Search engines publish no such numbers; ``docs/gate.md`` says what is known.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec.structs import replace

from generator.errors import Finding, SiteError
from generator.ledger.store import Ledger
from generator.model import INDEX, Redirect, Site, Status, Topic
from generator.plan.author_links import author_links
from generator.plan.obstacles import first, firsts, of_places, of_site, of_topic
from generator.plan.routes import Batch, Plan
from generator.plan.statuses import NOT_MEASURED, Measured, Statuses, TopicKey, topic_key

FOLDED = 302
"""Status of a redirect from a page that is folded: it may come back."""

_NOTHING_TO_LIST = Status("fold", "No place of the region has a page.")
_AS_IT_WAS = Status("noindex", "It stays as it was last built.")
NOTHING_MADE = Status("absent", "No page of a place could be made to which it would lead.")


def pass_gate(plan: Plan, today: datetime.date, ledger: Ledger, measured: Measured = NOT_MEASURED) -> Plan:
    """``plan`` with the status of every page, and its consequences for hubs, sitemaps and redirects.

    ``ledger`` knows what was published before. Raises SiteError where an author's text links to a page that is not
    made.
    """
    built = ledger.were_indexable(plan.frozen)
    plan = replace(plan, statuses=_decided(plan, today, measured, built))
    plan = settle(replace(plan, exceptions={**plan.exceptions, **dict(_as_last_built(plan, built))}))
    plan = replace(plan, findings=tuple(_redirects_to_nowhere(plan)))
    plan = replace(plan, redirects=tuple(_redirects(plan, ledger)))
    if astray := list(_links_astray(plan)):
        raise SiteError(astray)
    return plan


def settle(plan: Plan) -> Plan:
    """``plan`` without hubs of whose places none can be made, and without the sitemaps of batches without a page."""
    barren = {
        hub: NOTHING_MADE
        for topic in (plan.site.topics if plan.lacks_pages else ())
        for hub, region in plan.hubs(topic)
        if plan.has(hub) and hub not in plan.frozen and not plan.places_of(topic, region)
    }
    plan = replace(plan, exceptions={**plan.exceptions, **barren})
    return replace(plan, unlisted=frozenset(batch.name for batch in plan.batches if not _is_listed(plan, batch)))


def _decided(plan: Plan, today: datetime.date, measured: Measured, built: Mapping[str, bool]) -> Statuses:
    """The gate's status of every page of a site, but of those that stay as they were ``built``."""
    site, gate = plan.site, plan.site.config.gate
    everywhere, is_enforced = first(of_site(site.config)), gate.mode == "enforce"
    staying = {(topic_key(topic), place.id) for path in built for topic, place in plan.book.places_at(path)}
    topics: dict[TopicKey, Status] = {}
    pages: dict[TopicKey, dict[int | str, Status]] = {}

    @cache
    def settled(status: Status) -> Status:
        """The status that takes effect where the policy asks for ``status``: one object for all such pages."""
        if status.has_page and everywhere != INDEX:
            return everywhere
        return status if is_enforced else replace(everywhere, gate=status)

    for topic in site.topics:
        key = topic_key(topic)
        if (found := first(of_topic(topic, gate, today))) != INDEX:
            topics[key] = settled(found)
        asked = firsts(of_places(topic, site, measured))
        asked = {place: status for place, status in asked.items() if (key, place) not in staying}
        without = {place for place, status in asked.items() if not status.has_page}
        # A page that is not made needs no noindex; and a status of all pages goes before that of a place's.
        said: dict[int | str, Status] = {
            place: settled(asked[place]) for place in (without if key in topics else asked)
        }
        regions = {place.region.key for place in site.places if place.id in without} if without else set()
        empty = regions.difference(place.region.key for place in site.places if place.id not in without)
        if said:
            pages[key] = {**said, **dict.fromkeys(empty, settled(_NOTHING_TO_LIST))}
    return Statuses(is_enforced, everywhere, topics, pages)


def kept_back(topic: Topic, site: Site) -> Mapping[int, Status]:
    """Statuses of those places' pages of a topic that are not to be indexed, without reading their texts."""
    return firsts(of_places(topic, site, NOT_MEASURED))


def _as_last_built(plan: Plan, built: Mapping[str, bool]) -> Iterator[tuple[str, Status]]:
    """The frozen pages with what the gate makes of them: where it has nothing against them, as they were ``built``."""
    of_hubs = {hub: plan.statuses.of(t) for t in plan.site.topics if plan.frozen for hub, _ in plan.hubs(t)}
    for path, status in plan.frozen.items():
        of_places = (plan.statuses.of(topic, place.id) for topic, place in plan.book.places_at(path))
        asked = next(of_places, of_hubs.get(path, INDEX))
        yield path, replace(status, gate=asked if asked != INDEX or built.get(path, True) else _AS_IT_WAS)


def _is_listed(plan: Plan, batch: Batch) -> bool:
    """Whether a batch has a page for its sitemap."""
    if plan.statuses.everywhere != INDEX:
        return False
    # The first page of most batches stands for the rest, unless it is shut itself.
    is_doubtful = batch.topic is None or batch.bucket == 0 or bool(plan.exceptions) or plan.decides_places(batch.topic)
    if is_doubtful or not plan.statuses.of(batch.topic).is_indexable:
        return any(route.is_indexable for route in plan.routes(batch))
    return True


def _redirects(plan: Plan, ledger: Ledger) -> Iterator[Redirect]:
    """Redirects to pages that exist, in order of source: those planned, and those of folded pages once published."""
    found: dict[str, Redirect] = {}
    for redirect in plan.redirects:
        target = plan.instead_of(redirect.target)
        if target == redirect.target:
            found[redirect.source] = redirect
        elif target:
            found[redirect.source] = replace(redirect, target=target, status=FOLDED)
    for batch in plan.batches:
        folded = [path for path, status in plan.unbuilt(batch) if status.state == "fold" or path in plan.closed]
        for path in ledger.were_built(folded) if folded else ():
            found.setdefault(path, Redirect(path, plan.instead_of(path), FOLDED, "gate"))
    yield from (found[source] for source in sorted(found))


def _redirects_to_nowhere(plan: Plan) -> Iterator[Finding]:
    """The author's redirects that are left out, because they lead to pages that are held back."""
    written = {redirect.source for redirect in plan.site.redirects}
    for redirect in plan.redirects:
        if redirect.source in written and not plan.instead_of(redirect.target):
            what = f"the redirect from {redirect.source} is left out, since the gate holds back {redirect.target}"
            fix = "Let it lead to another page, or wait until that one is built."
            yield Finding(redirect.where, what, fix, "warning")


def _links_astray(plan: Plan) -> Iterator[Finding]:
    """Links of authors' texts to pages that the gate does not let be made, and that never were."""
    redirected = {redirect.source for redirect in plan.redirects}
    for topic in plan.site.topics if plan.statuses.is_enforced else ():
        for source, path in author_links(topic):
            if plan.book.owners(path) and not plan.has(path) and path not in redirected:
                what = f"a link leads to {path}, which the gate keeps without a page"
                yield Finding(source.where, what, "Link to another page, or change gate in content/site.yaml.")
