"""Pages that the page above them does not list, so that readers may not find them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from generator.plan.routes import Plan, Route
from generator.render.made_page import MadePage
from generator.render.made_pages import MadePages


def unlisted(made: MadePages | MadePage, plan: Plan) -> Iterator[str]:
    """The pages that those of ``made`` leave out that are to lead to others."""
    if any(route.kind not in ("place", "not_found") for route in made.routes):
        for route, links in zip(made.routes, _links(made), strict=True):
            yield from (path for path in children(route, plan) if path not in links)


def _links(made: MadePages | MadePage) -> Iterable[Collection[str]]:
    if isinstance(made, MadePages):
        found = made.page.links.of(made.columns, made.rows)
        return map(frozenset, made.printed().own_links() if found is None else found)
    # Each link of a page that was made by itself is constant text.
    return [frozenset([str(text) for (text,) in made.said.links])]


def children(route: Route, plan: Plan) -> Iterable[str]:
    """The pages right below that of ``route``."""
    topic = route.topic
    if route.kind == "chooser":
        return (plan.paths.home(locale) for locale in plan.site.locales)
    if route.kind == "home":
        return (plan.paths.topic(topic) for topic in plan.topics_in(route.locale))
    if route.kind == "topic" and topic:
        return (plan.paths.region(topic, region) for region in plan.regions_of(topic))
    if route.kind == "region" and topic and route.region:
        return (plan.place_path(topic, place) for place in plan.places_of(topic, route.region))
    return ()


def parent(route: Route, plan: Plan) -> str:
    """The page right above that of ``route``; "" where there is none."""
    topic = route.topic
    if route.kind == "home":
        return "/"
    if topic is None:
        return ""
    if route.kind == "topic":
        return plan.paths.home(next(locale for locale in plan.site.locales if locale.tag == route.locale))
    hub = plan.paths.region(topic, route.region) if route.kind == "place" and route.region else ""
    return hub if hub and plan.has(hub) else plan.paths.topic(topic)
