"""The site's social card and icons as files, drawn once for each name and colour."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from generator.config import SiteConfig
from generator.ledger.cache import Cache, packing

CARD_WIDTH, CARD_HEIGHT = 1200, 630
"""The size that Open Graph's readers show uncut (Facebook sharing documentation)."""


class Drawing(Struct, frozen=True):
    """A drawn file; assets carry the digest of their bytes in the name, so caches may keep them for ever."""

    path: str
    body: bytes


class BrandImages(Struct, frozen=True):
    card: Drawing
    icon_svg: Drawing
    icon_png: Drawing
    touch_icon: Drawing
    favicon: Drawing

    @property
    def all(self) -> tuple[Drawing, ...]:
        return (self.card, self.icon_svg, self.icon_png, self.touch_icon, self.favicon)


def brand_images(config: SiteConfig, cache: Cache) -> BrandImages:
    """The images of a site: those that an earlier build drew for the same name and colour, or new ones."""
    brand, color = config.brand, config.head.theme_color

    def draw() -> BrandImages:
        # Imported here: Pillow takes as long to import as to draw, and most builds need neither.
        from generator.render.files.social_image import draw_brand_images

        return draw_brand_images(brand, color)

    return cache.recall("brand images", msgspec.json.encode([brand, color]), draw, *packing(BrandImages))
