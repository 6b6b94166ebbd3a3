"""The site's social card and icons, drawn from its name and colour."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from html import escape
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from generator.render.files.brand_images import CARD_HEIGHT, CARD_WIDTH, BrandImages, Drawing

_PAPER = "#ffffff"


@lru_cache(maxsize=16)
def draw_brand_images(brand: str, color: str) -> BrandImages:
    """A neutral card with the brand as a wordmark, and icons with its first letter.

    Where Pillow's built-in font lacks a letter of the brand, the shapes stand without letters rather than
    with empty boxes.
    """
    initial = brand[:1].upper() if _can_draw(brand[:1].upper()) else ""
    return BrandImages(
        card=_asset("social-card", "jpg", _jpeg(_card(brand if _can_draw(brand) else "", color))),
        icon_svg=_asset("icon", "svg", _svg(initial, color)),
        icon_png=_asset("icon-192", "png", _png(_icon(initial, color, 192))),
        touch_icon=_asset("touch-icon", "png", _png(_icon(initial, color, 180, corner=0))),
        favicon=Drawing("/favicon.ico", _ico(_icon(initial, color, 48))),
    )


def _asset(name: str, suffix: str, body: bytes) -> Drawing:
    digest = hashlib.blake2b(body, digest_size=6).hexdigest()
    return Drawing(f"/assets/{name}-{digest}.{suffix}", body)


def _can_draw(text: str) -> bool:
    """Whether the font has a glyph of its own for each letter."""
    font = ImageFont.load_default(64)
    missing = bytes(font.getmask("\U0010fffd"))
    return bool(text) and all(
        character == " " or (bytes(font.getmask(character)) != missing and font.getbbox(character)[2] > 0)
        for character in text
    )


def _card(brand: str, color: str) -> Image.Image:
    card = Image.new("RGB", (CARD_WIDTH, CARD_HEIGHT), color)
    draw = ImageDraw.Draw(card, "RGBA")
    for radius, alpha in ((520, 18), (390, 22), (260, 26)):
        draw.ellipse(
            (CARD_WIDTH - radius, CARD_HEIGHT - radius, CARD_WIDTH + radius, CARD_HEIGHT + radius),
            (255, 255, 255, alpha),
        )
    if brand:
        size = 180
        while size > 40 and draw.textlength(brand, ImageFont.load_default(size)) > CARD_WIDTH - 240:
            size -= 10
        draw.text((120, CARD_HEIGHT / 2), brand, _PAPER, ImageFont.load_default(size), anchor="lm")
    draw.rectangle((120, CARD_HEIGHT - 130, 240, CARD_HEIGHT - 122), _PAPER)
    return card


def _icon(initial: str, color: str, size: int, corner: float = 0.22) -> Image.Image:
    # Drawn four times too large and reduced, because Pillow does not smooth edges.
    large = size * 4
    icon = Image.new("RGBA", (large, large), (0, 0, 0, 0))
    draw = ImageDraw.Draw(icon)
    draw.rounded_rectangle((0, 0, large - 1, large - 1), large * corner, color)
    if initial:
        draw.text((large / 2, large / 2), initial, _PAPER, ImageFont.load_default(large * 0.66), anchor="mm")
    return icon.resize((size, size), Image.Resampling.LANCZOS)


def _svg(initial: str, color: str) -> bytes:
    letter = (
        f'<text x="32" y="33" fill="{_PAPER}" font-family="Arial,Helvetica,sans-serif" font-size="42" font-weight="700"'
        f' text-anchor="middle" dominant-baseline="central">{escape(initial)}</text>'
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="14" fill="{color}"/>{letter if initial else ""}</svg>\n'
    ).encode()


def _jpeg(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=86, optimize=True)
    return buffer.getvalue()


def _png(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _ico(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "ICO", sizes=[image.size])
    return buffer.getvalue()
