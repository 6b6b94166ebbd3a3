"""Builds the page that a template prints, and its structured data from the same objects."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.contract import (
    AlternateView,
    ContentPageView,
    CrumbView,
    LanguageView,
    LocaleView,
    PageView,
    PlaceView,
    QuestionView,
    RegionView,
    SiteView,
    TopicLinkView,
    TopicView,
)
from generator.model import Locale, Source, Topic
from generator.render import jsonld
from generator.render.article import article_view, call_to_action_view
from generator.render.content import ContentRenderer
from generator.render.listing import Neighbours, place_groups, region_links
from generator.render.text_width import (
    DESCRIPTION_PIXELS,
    DESCRIPTION_SIZE,
    TITLE_PIXELS,
    TITLE_SIZE,
    first_fitting,
)
from generator.render.views import language_view, place_view, region_view
from generator.routing import X_DEFAULT, Plan, Route

ROBOTS_INDEX = "max-image-preview:large"
ROBOTS_NOINDEX = "noindex"


@dataclass(frozen=True, slots=True)
class Draft:
    """A page before it is known when its content changed, for which all else of it must be known first."""

    topic: TopicView | None
    place: PlaceView | None
    page: PageView
    nodes: tuple[jsonld.Node, ...] = ()
    """The linked nodes of its structured data, the page's own first; none on the page for unknown addresses."""
    faq: jsonld.Node | None = None

    def dated(self, updated: datetime.date | None) -> PageView:
        """The page as a template prints it; ``updated`` is shown where the article itself is."""
        if not self.nodes:
            return self.page
        is_article = self.page.kind in {"topic", "place"}
        own = self.nodes[0] | ({"dateModified": updated.isoformat()} if updated and is_article else {})
        blocks = [jsonld.script_block(jsonld.graph([own, *self.nodes[1:]]))]
        if self.faq:
            blocks.append(jsonld.script_block(self.faq))
        return replace(self.page, json_ld=tuple(blocks), updated=updated)


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    description: str
    h1: str
    summary: str


class PageBuilder:
    """Builds the pages of one locale."""

    def __init__(
        self, plan: Plan, locale: Locale, site: SiteView, view: LocaleView, topics: Mapping[str, TopicView]
    ) -> None:
        self._plan = plan
        self._locale = locale
        self._site = site
        self._view = view
        self._topics = topics
        self._content = ContentRenderer(locale)
        self._neighbours = Neighbours(plan)
        self._config = plan.site.config

    def topic(self, topic: Topic) -> TopicView:
        return self._topics[topic.id]

    def build(self, route: Route, not_found_title: str) -> Draft:
        """The page of ``route``, still undated; raises ContentError where an author's text does not work on it."""
        if route.kind in {"chooser", "home", "not_found"}:
            return self._locale_page(route, not_found_title)
        if route.topic is None:
            raise ValueError(f"a route of kind {route.kind} needs a topic: {route.path}")
        topic = self._topics[route.topic.id]
        region = region_view(route.region, route.topic, self._plan.paths) if route.region else None
        place = place_view(route.place, region, self._locale.tag) if route.place and region else None
        names = self._names(route, topic, region, place)
        return self._topic_page(route, route.topic, topic, region, place, names)

    def _names(
        self, route: Route, topic: TopicView | None, region: RegionView | None, place: PlaceView | None
    ) -> dict[str, object]:
        """What an author's text may read."""
        page = ContentPageView(route.kind, route.path, self._url(route.path), region)
        names = {"site": self._site, "locale": self._view, "topic": topic, "place": place, "page": page}
        return self._content.names(names)

    def _topic_page(
        self,
        route: Route,
        source: Topic,
        topic: TopicView,
        region: RegionView | None,
        place: PlaceView | None,
        names: dict[str, object],
    ) -> Draft:
        is_hub = route.kind == "region"
        words = self._topic_words(source, is_hub, names)
        article = None if is_hub else article_view(source, self._content, names)
        crumbs = self._breadcrumb(topic, region, place)
        page = self._page(route, words, crumbs)
        page = replace(
            page,
            region=region,
            call_to_action=call_to_action_view(source, self._content, names),
            image=topic.image or self._site.social_image,
        )
        if article:
            page = replace(page, introduction=article.introduction, sections=article.sections)
        if route.kind == "topic":
            page = replace(page, regions=region_links(self._plan, source))
        if is_hub and route.region:
            places = self._plan.places_of(source, route.region)
            page = replace(page, places=place_groups(self._plan, source, places), place_count=len(places))
        if route.place:
            around = self._plan.surroundings[route.place.id]
            page = replace(
                page,
                nearby=self._neighbours.views(source, around.nearby),
                nearest_larger=self._neighbours.view(source, around.larger) if around.larger else None,
            )
        return self._with_nodes(page, topic, place, article.questions if article else ())

    def _topic_words(self, source: Topic, is_hub: bool, names: dict[str, object]) -> _Words:
        said = source.region_page if is_hub else source
        return _Words(
            title=self._fitting(said.titles, names, TITLE_PIXELS, TITLE_SIZE),
            description=self._fitting(said.descriptions, names, DESCRIPTION_PIXELS, DESCRIPTION_SIZE),
            h1=self._content.text(said.h1, names),
            summary=self._content.text(said.summary, names),
        )

    def _fitting(self, sources: Sequence[Source], names: dict[str, object], pixels: float, size: float) -> str:
        # A generator, so that wordings after the first that fits are never evaluated.
        wordings = (self._content.text(source, names) for source in sources)
        return first_fitting(wordings, pixels, size)

    def _locale_page(self, route: Route, not_found_title: str) -> Draft:
        home = self._config.locales[self._locale.tag].home
        description = first_fitting(home.description, DESCRIPTION_PIXELS, DESCRIPTION_SIZE)
        title = first_fitting(home.title, TITLE_PIXELS, TITLE_SIZE)
        if route.kind == "chooser":
            words = self._chooser_words()
        elif route.kind == "not_found":
            words = _Words(f"{not_found_title} | {self._config.brand}", "", not_found_title, "")
        else:
            words = _Words(title, description, home.heading, home.summary)
        page = replace(self._page(route, words, ()), image=self._site.social_image)
        if route.kind == "home":
            page = replace(page, topics=self._topic_links(route))
        if route.kind == "not_found":
            return Draft(None, None, page)
        return self._with_nodes(page, None, None, ())

    def _chooser_words(self) -> _Words:
        """Every language in its own words, since no reader of this page has chosen one."""
        names = " · ".join(locale.name for locale in self._plan.site.locales)
        headings = " · ".join(keys.home.heading for keys in self._config.locales.values())
        return _Words(f"{self._config.brand}: {names}", headings, self._config.brand, "")

    def _topic_links(self, route: Route) -> tuple[TopicLinkView, ...]:
        links = []
        for source in self._plan.topics_in(self._locale.tag):
            topic = self._topics[source.id]
            summary = self._content.text(source.summary, self._names(route, topic, None, None))
            links.append(TopicLinkView(topic.name, topic.nav_label, summary, topic.path))
        return tuple(links)

    def _page(self, route: Route, words: _Words, crumbs: tuple[CrumbView, ...]) -> PageView:
        url = self._url(route.path)
        return PageView(
            kind=route.kind,
            path=route.path,
            url=url,
            canonical=url if route.is_indexable else "",
            robots=ROBOTS_INDEX if route.is_indexable else ROBOTS_NOINDEX,
            title=words.title,
            description=words.description,
            h1=words.h1,
            summary=words.summary,
            alternates=tuple(AlternateView(a.hreflang, self._url(a.path)) for a in route.alternates),
            languages=self._languages(route),
            breadcrumb=crumbs,
            json_ld=(),
        )

    def _languages(self, route: Route) -> tuple[LanguageView, ...]:
        """The page in the other languages; the chooser and the page for unknown addresses offer all."""
        locales = {locale.tag: locale for locale in self._plan.site.locales}
        if route.kind in {"chooser", "not_found"}:
            return tuple(
                language_view(locale, self._plan.paths.home(locale), self._config) for locale in locales.values()
            )
        others = [a for a in route.alternates if a.hreflang not in {X_DEFAULT, route.locale}]
        return tuple(language_view(locales[other.hreflang], other.path, self._config) for other in others)

    def _breadcrumb(
        self, topic: TopicView, region: RegionView | None, place: PlaceView | None
    ) -> tuple[CrumbView, ...]:
        crumbs = [self._crumb(self._config.brand, self._view.home_path), self._crumb(topic.nav_label, topic.path)]
        if region:
            crumbs.append(self._crumb(region.name, region.path))
        if place and region:
            crumbs.append(self._crumb(place.name, ""))
        return tuple(crumbs)

    def _crumb(self, name: str, path: str) -> CrumbView:
        return CrumbView(name, path, self._url(path) if path else "")

    def _url(self, path: str) -> str:
        return self._config.base_url + path

    def _with_nodes(
        self,
        page: PageView,
        topic: TopicView | None,
        place: PlaceView | None,
        questions: tuple[QuestionView, ...],
    ) -> Draft:
        is_home = page.kind in {"home", "chooser"}
        # The last crumb is the page itself, whatever address its kind has.
        crumbs = tuple(replace(c, path=c.path or page.path, url=c.url or page.url) for c in page.breadcrumb)
        page = replace(page, breadcrumb=crumbs)
        nodes = [jsonld.web_page(self._config, page, self._locale.tag, topic, place)]
        if crumbs:
            nodes.append(jsonld.breadcrumb_list(page.url, crumbs))
        if topic:
            nodes.append(jsonld.therapy(page.url, topic))
        nodes += [jsonld.organization(self._config, is_home), jsonld.website(self._config, is_home)]
        faq = jsonld.faq_page(page.url, self._locale.tag, questions) if questions else None
        return Draft(topic, place, page, tuple(nodes), faq)
