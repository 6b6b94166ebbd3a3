"""Sitemaps: one a batch, and the index that names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import escape

from generator.errors import Finding, SiteError
from generator.plan.routes import Batch, Plan, Route

MAX_URLS = 50_000
MAX_BYTES = 52_428_800
MAX_SITEMAPS = 50_000
"""Limits of the protocol (sitemaps.org), per file uncompressed, and per index."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LINKS = "http://www.w3.org/1999/xhtml"


def sitemap_path(batch: Batch) -> str:
    return f"/sitemaps/{batch.name}.xml"


def sitemap_paths(plan: Plan) -> list[str]:
    """The addresses of the sitemaps: those of batches that have a page for one."""
    return [sitemap_path(batch) for batch in plan.batches if batch.name not in plan.unlisted]


def render_sitemap(base_url: str, routes: Iterable[Route], updated: Mapping[str, str]) -> bytes:
    """The indexable ones of ``routes`` with their alternates; empty when there are none.

    ``updated`` gives the ISO date on which a page's content last changed, by path, where that is known.

    Raises SiteError beyond the protocol's limits, which a batch can reach only with some fifty locales.
    """
    entries = [_entry(base_url, route, updated.get(route.path, "")) for route in routes if route.is_indexable]
    if not entries:
        return b""
    links = f' xmlns:xhtml="{_LINKS}"' if any("<xhtml:link" in entry for entry in entries) else ""
    body = f'{_HEAD}<urlset xmlns="{_NAMESPACE}"{links}>\n{"".join(entries)}</urlset>\n'.encode()
    if len(entries) > MAX_URLS or len(body) > MAX_BYTES:
        raise SiteError(
            [
                Finding(
                    "sitemaps", f"one sitemap has {len(entries)} addresses and {len(body)} bytes", "Use fewer locales."
                )
            ]
        )
    return body


def render_sitemap_index(base_url: str, paths: Sequence[str]) -> bytes:
    if len(paths) > MAX_SITEMAPS:
        raise SiteError(
            [Finding("sitemap.xml", f"{len(paths)} sitemaps are more than an index may name", "Build fewer topics.")]
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
