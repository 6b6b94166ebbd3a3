"""Pages that the page above them does not list, so that readers may not find them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from generator.plan.routes import Plan, Route
from generator.render.made_page import MadePage
from generator.render.made_pages import MadePages


def unlisted(made: MadePages | MadePage, plan: Plan) -> int:
    """Number of pages that those of ``made`` leave out though they are to lead to others."""
    if all(route.kind in ("place", "not_found") for route in made.routes):
        return 0
    pages = zip(made.routes, _links(made), strict=True)
    return sum(path not in links for route, links in pages for path in _children(route, plan))


def _links(made: MadePages | MadePage) -> Iterable[Collection[str]]:
    if isinstance(made, MadePages):
        found = made.page.links.of(made.columns, made.rows)
        return map(frozenset, made.printed().own_links() if found is None else found)
    # Each link of a page that was made by itself is constant text.
    return [frozenset([str(text) for (text,) in made.said.links])]


def _children(route: Route, plan: Plan) -> Iterable[str]:
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
