"""What every page of a site looks like, made once a build and handed to every process."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Site
from generator.render.social_image import BrandImages, draw_brand_images
from generator.render.stylesheet import load_stylesheet


@dataclass(frozen=True, slots=True)
class Appearance:
    """The style sheet as it is inlined, and the site's own images."""

    css: str
    images: BrandImages


def make_appearance(site: Site) -> Appearance:
    return Appearance(load_stylesheet(site.root / "templates"), draw_brand_images(site.config))
