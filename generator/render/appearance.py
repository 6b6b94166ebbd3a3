"""What every page of a site looks like, made once a build and handed to every process."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from generator.ledger.cache import Cache
from generator.model import RouteKind, Site
from generator.render.files.brand_images import BrandImages, brand_images
from generator.render.stylesheet import load_stylesheet
from generator.templating.reads import PageTemplate, read_page_templates


class Appearance(Struct, frozen=True):
    """The style sheet as it is inlined, the site's own images, and what the templates of its pages read."""

    css: str
    images: BrandImages
    templates: Mapping[RouteKind, PageTemplate]


def make_appearance(site: Site, cache: Cache) -> Appearance:
    """Read and draw it; ``cache`` holds the results of earlier builds."""
    templates = site.root / "templates"
    images = brand_images(site.config, cache)
    return Appearance(load_stylesheet(templates), images, read_page_templates(templates, cache))
