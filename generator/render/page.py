"""Builds the page that a template prints, and its structured data from the same objects."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Locale, Region, Topic
from generator.plan.routes import X_DEFAULT, Plan, Route
from generator.render import jsonld
from generator.render.article import NO_ARTICLE, article_view, call_to_action_view
from generator.render.content import Content, ContentRenderer
from generator.render.listing import Neighbours, PlaceLists, region_links
from generator.render.text_width import (
    DESCRIPTION_PIXELS,
    DESCRIPTION_SIZE,
    TITLE_PIXELS,
    TITLE_SIZE,
    first_fitting,
)
from generator.render.views import language_view, place_view, region_view
from generator.templating.contract import (
    AlternateView,
    ContentPageView,
    CrumbView,
    LanguageView,
    LocaleView,
    NeighbourView,
    PageView,
    PlaceGroupView,
    PlaceView,
    QuestionView,
    RegionLinkView,
    RegionView,
    SiteView,
    TopicLinkView,
    TopicView,
)

ROBOTS_INDEX = "max-image-preview:large"
ROBOTS_NOINDEX = "noindex, follow"


class Draft(Struct, frozen=True):
    """A page before it is known when its content changed, for which all else of it must be known first."""

    topic: TopicView | None
    place: PlaceView | None
    page: PageView
    nodes: tuple[jsonld.Node, ...] = ()
    """The linked nodes of its structured data, the page's own first; none on the page for unknown addresses."""
    questions: tuple[QuestionView, ...] = ()
    """Every question that stands on the page, in page order."""

    def dated(self, updated: datetime.date | None) -> PageView:
        """The page as a template prints it; ``updated`` is shown where the article itself is."""
        if not self.nodes:
            return self.page
        is_article = self.page.kind in {"topic", "place"}
        own = self.nodes[0] | ({"dateModified": updated.isoformat()} if is_article and updated else {})
        blocks = [jsonld.script_block(jsonld.graph([own, *self.nodes[1:]]))]
        if self.questions:
            faq = jsonld.faq_page(self.page.url, str(self.nodes[0]["inLanguage"]), self.questions)
            blocks.append(jsonld.script_block(faq))
        return replace(self.page, json_ld=tuple(blocks), updated=updated)


class _Words(Struct, frozen=True):
    title: str
    description: str
    h1: str
    summary: str


class Subject(Struct, frozen=True):
    """Subject of a topic's page, with its surroundings; ``names`` are those that the author's texts may read."""

    route: Route
    source: Topic
    topic: TopicView
    names: dict[str, object]
    region: RegionView | None = None
    place: PlaceView | None = None
    nearby: tuple[NeighbourView, ...] = ()
    nearest_larger: NeighbourView | None = None
    regions: tuple[RegionLinkView, ...] = ()
    places: tuple[PlaceGroupView, ...] = ()
    place_count: int = 0


class PageBuilder:
    """Builds the pages of one locale."""

    def __init__(
        self,
        plan: Plan,
        locale: Locale,
        site: SiteView,
        view: LocaleView,
        topics: Mapping[str, TopicView],
        content: ContentRenderer | None = None,
    ) -> None:
        self._plan = plan
        self._locale = locale
        self._site = site
        self._view = view
        self._topics = topics
        self.content = content or ContentRenderer(locale)
        self._neighbours = Neighbours(plan)
        self._place_lists = PlaceLists(plan)
        self._regions: dict[tuple[str, str], RegionView] = {}
        self.config = plan.site.config

    def topic(self, topic: Topic) -> TopicView:
        return self._topics[topic.id]

    def subject(self, route: Route) -> Subject:
        """Subject of the page of ``route``, which has a topic."""
        source = route.topic
        if source is None:
            raise ValueError(f"a route of kind {route.kind} needs a topic: {route.path}")
        topic = self._topics[source.id]
        region = self._region(source, route.region) if route.region else None
        place = place_view(route.place, region, self._locale.tag) if route.place and region else None
        names = self.names(route, topic, region, place)
        if route.place:
            around = self._plan.surroundings[route.place.id]
            nearby = self._neighbours.views(source, around.nearby)
            larger = self._neighbours.view(source, around.larger) if around.larger else None
            return Subject(route, source, topic, names, region, place, nearby, larger)
        if route.kind == "region" and route.region:
            groups = self._place_lists.groups(source, route.region)
            count = sum(len(group.places) for group in groups)
            return Subject(route, source, topic, names, region, places=groups, place_count=count)
        return Subject(route, source, topic, names, regions=region_links(self._plan, source))

    def _region(self, topic: Topic, region: Region) -> RegionView:
        key = (topic.id, region.key)
        if key not in self._regions:
            self._regions[key] = region_view(region, topic, self._plan.hub(topic, region))
        return self._regions[key]

    def names(
        self, route: Route, topic: TopicView | None, region: RegionView | None, place: PlaceView | None
    ) -> dict[str, object]:
        """Values that an author's text may read, by name."""
        page = ContentPageView(route.kind, route.path, self._url(route.path), region)
        names = {"site": self._site, "locale": self._view, "topic": topic, "place": place, "page": page}
        return self.content.names(names)

    def topic_page(self, subject: Subject, content: Content) -> Draft:
        """The page of ``subject`` with the author's texts as ``content`` gives them.

        Raises ContentError where one of them does not work on it.
        """
        source, names, kind = subject.source, subject.names, subject.route.kind
        said = source.region_page if kind == "region" else source
        words = _Words(
            title=content.fitting(said.titles, TITLE_PIXELS, TITLE_SIZE, names),
            description=content.fitting(said.descriptions, DESCRIPTION_PIXELS, DESCRIPTION_SIZE, names),
            h1=content.text(said.h1, names),
            summary=content.text(said.summary, names),
        )
        article = NO_ARTICLE if kind == "region" else article_view(source, content, names)
        page = self._page(
            subject.route,
            words,
            self._breadcrumb(subject.topic, subject.region, subject.place),
            region=subject.region,
            call_to_action=call_to_action_view(source, content, names),
            image=subject.topic.image or self._site.social_image,
            introduction=article.introduction,
            sections=article.sections,
            regions=subject.regions,
            places=subject.places,
            place_count=subject.place_count,
            nearby=subject.nearby,
            nearest_larger=subject.nearest_larger,
        )
        return self._with_nodes(page, subject.topic, subject.place, article.questions)

    def locale_page(self, route: Route, not_found_title: str) -> Draft:
        """A page without a topic."""
        home = self.config.locales[self._locale.tag].home
        description = first_fitting(home.description, DESCRIPTION_PIXELS, DESCRIPTION_SIZE)
        title = first_fitting(home.title, TITLE_PIXELS, TITLE_SIZE)
        if route.kind == "chooser":
            words = self._chooser_words()
        elif route.kind == "not_found":
            words = _Words(f"{not_found_title} | {self.config.brand}", "", not_found_title, "")
        else:
            words = _Words(title, description, home.heading, home.summary)
        links = self._topic_links(route) if route.kind == "home" else ()
        page = self._page(route, words, (), image=self._site.social_image, topics=links)
        if route.kind == "not_found":
            return Draft(None, None, page)
        return self._with_nodes(page, None, None, ())

    def _chooser_words(self) -> _Words:
        """Every language in its own words, since no reader of this page has chosen one."""
        names = " · ".join(locale.name for locale in self._plan.site.locales)
        headings = " · ".join(keys.home.heading for keys in self.config.locales.values())
        return _Words(f"{self.config.brand}: {names}", headings, self.config.brand, "")

    def _topic_links(self, route: Route) -> tuple[TopicLinkView, ...]:
        links = []
        for source in self._plan.topics_in(self._locale.tag):
            topic = self._topics[source.id]
            summary = self.content.text(source.summary, self.names(route, topic, None, None))
            links.append(TopicLinkView(topic.name, topic.nav_label, summary, topic.path))
        return tuple(links)

    def _page(self, route: Route, words: _Words, crumbs: tuple[CrumbView, ...], **rest: Any) -> PageView:
        """The page with ``rest``, the fields that only some kinds of pages have."""
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
            # The last crumb is the page itself, whatever address its kind has.
            breadcrumb=tuple(c if c.path else CrumbView(c.name, route.path, url) for c in crumbs),
            json_ld=(),
            **rest,
        )

    def _languages(self, route: Route) -> tuple[LanguageView, ...]:
        """The page in the other languages; the chooser and the page for unknown addresses offer all."""
        locales = {locale.tag: locale for locale in self._plan.site.locales}
        if route.kind in {"chooser", "not_found"}:
            return tuple(
                language_view(locale, self._plan.paths.home(locale), self.config) for locale in locales.values()
            )
        others = [a for a in route.versions if a.hreflang not in {X_DEFAULT, route.locale}]
        return tuple(language_view(locales[other.hreflang], other.path, self.config) for other in others)

    def _breadcrumb(
        self, topic: TopicView, region: RegionView | None, place: PlaceView | None
    ) -> tuple[CrumbView, ...]:
        crumbs = [self._crumb(self.config.brand, self._view.home_path), self._crumb(topic.nav_label, topic.path)]
        if region:
            crumbs.append(self._crumb(region.name, region.path))
        if place and region:
            crumbs.append(self._crumb(place.name, ""))
        return tuple(crumbs)

    def _crumb(self, name: str, path: str) -> CrumbView:
        return CrumbView(name, path, self._url(path) if path else "")

    def _url(self, path: str) -> str:
        return self.config.base_url + path

    def _with_nodes(
        self,
        page: PageView,
        topic: TopicView | None,
        place: PlaceView | None,
        questions: tuple[QuestionView, ...],
    ) -> Draft:
        is_home = page.kind in {"home", "chooser"}
        nodes = [jsonld.web_page(self.config, page, self._locale.tag, topic, place)]
        if page.breadcrumb:
            nodes.append(jsonld.breadcrumb_list(page.url, page.breadcrumb))
        if topic:
            nodes.append(jsonld.therapy(page.url, topic))
        nodes += [jsonld.organization(self.config, is_home), jsonld.website(self.config, is_home)]
        return Draft(topic, place, page, tuple(nodes), questions)
