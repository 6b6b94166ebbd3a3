"""Records of the site's social card and icons, as files."""

from __future__ import annotations

from msgspec import Struct

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
