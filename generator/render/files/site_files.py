"""Every file of the site that is not a page: for crawlers, for the host, and the assets."""

from __future__ import annotations

from collections.abc import Mapping

from generator.plan.routes import Plan
from generator.render.appearance import Appearance
from generator.render.files.sitemaps import check_sizes, render_sitemap_index, sitemap_paths
from generator.render.files.text_files import render_headers, render_redirects, render_robots
from generator.render.stylesheet import content_security_hash


def site_files(plan: Plan, appearance: Appearance) -> Mapping[str, bytes]:
    """Files by address, assets before what refers to them; the sitemaps themselves are made batch by batch."""
    site = plan.site
    check_sizes(plan)
    files = {drawing.path: drawing.body for drawing in appearance.images.all}
    files |= {topic.image.path: topic.image.file.read_bytes() for topic in site.topics if topic.image}
    files |= {public.path: public.file.read_bytes() for public in site.public_files}
    style = content_security_hash(appearance.css)
    sitemaps = sitemap_paths(plan)
    # The protocol knows no empty index.
    if sitemaps:
        files["/sitemap.xml"] = render_sitemap_index(site.config.base_url, sitemaps)
    return files | {
        "/robots.txt": render_robots(site.config, bool(sitemaps)).encode(),
        "/_headers": render_headers(site.config, style, plan.statuses.everywhere.is_indexable).encode(),
        "/_redirects": render_redirects(plan.redirects).encode(),
    }
