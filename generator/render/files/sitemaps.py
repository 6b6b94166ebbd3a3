"""Sitemaps: one a batch, and the index that names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import escape

from generator.errors import Finding, SiteError
from generator.plan.routes import Batch, Plan, Route

MAX_BYTES = 52_428_800
MAX_SITEMAPS = 50_000
"""Limits of the protocol (sitemaps.org), per file uncompressed, and per index. A batch has fewer pages than the 50,000
that one may list."""

_LONGEST = 1_000
"""Bytes of an entry's tags and of the longest path."""

_SOME_DAY = "2000-01-01"

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LINKS = "http://www.w3.org/1999/xhtml"


def sitemap_path(batch: Batch) -> str:
    return f"/sitemaps/{batch.name}.xml"


def sitemap_paths(plan: Plan) -> list[str]:
    """The addresses of the sitemaps: those of batches that have a page for one."""
    return [sitemap_path(batch) for batch in plan.batches if batch.name not in plan.unlisted]


def check_sizes(plan: Plan, most: int = MAX_BYTES) -> None:
    """Raise SiteError where the sitemap of a batch would be larger than crawlers accept: ``most`` bytes.

    A batch, which has some thousand pages at most, can reach that only with some fifty locales.
    """
    base_url, locales = plan.site.config.base_url, len(plan.site.locales)
    # No address is longer than the patterns and the slugs, of which a file system takes 255 bytes each.
    entry = (locales + 2) * (len(base_url) + _LONGEST)
    for batch in plan.batches:
        if batch.size * entry > most and batch.name not in plan.unlisted:
            days = dict.fromkeys((route.path for route in plan.routes(batch)), _SOME_DAY)
            _within(len(render_sitemap(base_url, plan.routes(batch), days)), most)


def render_sitemap(base_url: str, routes: Iterable[Route], updated: Mapping[str, str]) -> bytes:
    """The indexable ones of ``routes`` with their alternates; empty when there are none.

    ``updated`` gives the ISO date on which a page's content last changed, by path, where that is known.
    """
    entries = [_entry(base_url, route, updated.get(route.path, "")) for route in routes if route.is_indexable]
    if not entries:
        return b""
    links = f' xmlns:xhtml="{_LINKS}"' if any("<xhtml:link" in entry for entry in entries) else ""
    return f'{_HEAD}<urlset xmlns="{_NAMESPACE}"{links}>\n{"".join(entries)}</urlset>\n'.encode()


def _within(size: int, most: int) -> None:
    if size > most:
        what = f"one sitemap has {size:,} bytes, and crawlers read {most:,}"
        raise SiteError([Finding("sitemaps", what, "Use fewer locales.", rule="sitemap_limits")])


def render_sitemap_index(base_url: str, paths: Sequence[str]) -> bytes:
    if len(paths) > MAX_SITEMAPS:
        raise SiteError(
            [
                Finding(
                    "sitemap.xml",
                    f"{len(paths)} sitemaps are more than an index may name",
                    "Build fewer topics.",
                    rule="sitemap_limits",
                )
            ]
        )
    entries = "".join(f"<sitemap><loc>{escape(base_url + path)}</loc></sitemap>\n" for path in paths)
    return f'{_HEAD}<sitemapindex xmlns="{_NAMESPACE}">\n{entries}</sitemapindex>\n'.encode()


def _entry(base_url: str, route: Route, updated: str) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{alternate.hreflang}" href="{escape(base_url + alternate.path)}"/>'
        for alternate in route.alternates
    )
    lastmod = f"<lastmod>{updated}</lastmod>" if updated else ""
    return f"<url><loc>{escape(base_url + route.path)}</loc>{lastmod}{links}</url>\n"
