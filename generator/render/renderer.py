"""Renders the pages of a plan, batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.errors import Finding, Severity
from generator.model import RouteKind
from generator.render.appearance import Appearance
from generator.render.content import ContentError
from generator.render.environment import template_environment, template_fault, translations
from generator.render.page import PageBuilder
from generator.render.views import locale_view, site_view, topic_view
from generator.routing import Batch, Plan, Route

NOT_FOUND_MESSAGE = "We can’t find that page"
"""The heading in ``not_found.html``, whose translation also titles that page."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that could not be made, and why; ``finding`` is the same for every page with that fault."""

    kind: RouteKind
    path: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """One page's bytes, or what kept it from being made."""

    route: Route
    body: bytes
    failure: Failure | None = None


def failure_findings(failures: Iterable[Failure], severity: Severity) -> list[Finding]:
    """One finding for each fault, however many pages it spoils, with the first of them."""
    paths: dict[Finding, list[str]] = {}
    for failure in failures:
        paths.setdefault(failure.finding, []).append(failure.path)
    return [
        replace(finding, severity=severity, what=f"{finding.what} ({_pages(sorted(paths[finding]))})")
        for finding in sorted(paths)
    ]


def _pages(paths: Sequence[str]) -> str:
    return f"on {paths[0]}" if len(paths) == 1 else f"on {len(paths):,} pages, such as {paths[0]}"


class Renderer:
    """Holds what the pages of a plan share; make one a process, for compiled templates do not travel."""

    def __init__(self, plan: Plan, appearance: Appearance) -> None:
        site = plan.site
        templates = site.root / "templates"
        self._plan = plan
        self._site = site_view(site.config, appearance.css, appearance.images, site.attributions)
        self._locales = {locale.tag: locale_view(locale, site.config, plan.paths) for locale in site.locales}
        self._environments = {locale.tag: template_environment(templates, locale) for locale in site.locales}
        self._not_found = {locale.tag: translations(locale).gettext(NOT_FOUND_MESSAGE) for locale in site.locales}
        self._builders = {
            locale.tag: PageBuilder(
                plan,
                locale,
                self._site,
                self._locales[locale.tag],
                {t.id: topic_view(t, site.config, plan.paths) for t in plan.topics_in(locale.tag)},
            )
            for locale in site.locales
        }

    def pages(self, batch: Batch) -> Iterator[RenderedPage]:
        """Each page of ``batch`` that is to be made now, in order of its routes."""
        for route in self._plan.routes(batch):
            if not route.is_held:
                yield self.render(route)

    def render(self, route: Route) -> RenderedPage:
        """The page of ``route``; a fault of a text or a template becomes its failure."""
        try:
            rendered = self._builders[route.locale].build(route, self._not_found[route.locale])
            template = self._environments[route.locale].get_template(f"{route.kind}.html")
            text = template.render(
                site=self._site,
                locale=self._locales[route.locale],
                topic=rendered.topic,
                place=rendered.place,
                page=rendered.page,
            )
        except ContentError as error:
            return RenderedPage(route, b"", Failure(route.kind, route.path, error.finding))
        # Whatever a template raises is one page's fault, and must not cost the others.
        except Exception as error:  # noqa: BLE001
            return RenderedPage(route, b"", Failure(route.kind, route.path, template_fault(error)))
        return RenderedPage(route, text.encode("utf-8", "xmlcharrefreplace"))
