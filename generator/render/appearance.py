"""Appearance of a site: style sheet, images and templates, made once a build and handed to every process."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from generator.config import SiteConfig
from generator.ledger.cache import Cache, packing
from generator.model import RouteKind, Site
from generator.render.files.brand_images import BrandImages
from generator.render.stylesheet import load_stylesheet
from generator.templating.reads import PageTemplate, read_page_templates


class Appearance(Struct, frozen=True):
    """The style sheet as it is inlined, the site's own images, and the fields that the templates of its pages read."""

    css: str
    images: BrandImages
    templates: Mapping[RouteKind, PageTemplate]


def make_appearance(site: Site, cache: Cache) -> Appearance:
    """Read and draw it; ``cache`` holds the results of earlier builds."""
    templates = site.root / "templates"
    images = _brand_images(site.config, cache)
    return Appearance(load_stylesheet(templates), images, read_page_templates(templates, cache))


def _brand_images(config: SiteConfig, cache: Cache) -> BrandImages:
    """The images of a site: those that an earlier build drew for the same name and colour, or new ones."""
    brand, color = config.brand, config.head.theme_color

    def draw() -> BrandImages:
        # Imported here: Pillow takes as long to import as to draw, and most builds need neither.
        from generator.render.files.social_image import draw_brand_images

        return draw_brand_images(brand, color)

    return cache.recall("brand images", msgspec.json.encode([brand, color]), draw, *packing(BrandImages))
