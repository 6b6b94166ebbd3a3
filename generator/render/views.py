"""Views of a site, a locale, a topic, a region and a place, for templates."""

from __future__ import annotations

from markupsafe import Markup

from generator.config import SiteConfig
from generator.model import Attribution, Image, Locale, Place, Region, Topic
from generator.plan.routes import Paths
from generator.render.files.brand_images import CARD_HEIGHT, CARD_WIDTH, BrandImages
from generator.templating.contract import (
    AnalyticsView,
    AttributionView,
    ImageView,
    LanguageView,
    LocaleView,
    PlaceView,
    RegionView,
    SiteView,
    TopicView,
    VerificationView,
)

_VERIFICATION_NAMES = {
    "google": "google-site-verification",
    "bing": "msvalidate.01",
    "yandex": "yandex-verification",
    "pinterest": "p:domain_verify",
}


def site_view(config: SiteConfig, css: str, images: BrandImages, attributions: tuple[Attribution, ...]) -> SiteView:
    tokens = config.head.verification.model_dump(exclude_none=True)
    return SiteView(
        brand=config.brand,
        base_url=config.base_url,
        theme_color=config.head.theme_color,
        css=Markup(css),  # noqa: S704 - the site's own style sheet
        social_image=ImageView(
            config.base_url + images.card.path, images.card.path, CARD_WIDTH, CARD_HEIGHT, config.brand
        ),
        icon_svg=images.icon_svg.path,
        icon_png=images.icon_png.path,
        touch_icon=images.touch_icon.path,
        verification=tuple(VerificationView(_VERIFICATION_NAMES[key], token) for key, token in tokens.items()),
        analytics=AnalyticsView(config.analytics.script, config.analytics.attributes) if config.analytics else None,
        attributions=tuple(AttributionView(credit.text, credit.url) for credit in attributions),
    )


def locale_view(locale: Locale, config: SiteConfig, paths: Paths) -> LocaleView:
    return LocaleView(
        tag=locale.tag,
        language=locale.language,
        name=locale.name,
        direction=locale.direction,
        measurement=locale.measurement,
        home_path=paths.home(locale),
        disclaimer=config.locales[locale.tag].disclaimer or "",
    )


def language_view(locale: Locale, path: str, config: SiteConfig) -> LanguageView:
    return LanguageView(locale.tag, locale.name, locale.direction, path, config.locales[locale.tag].home.heading)


def topic_view(topic: Topic, config: SiteConfig, paths: Paths) -> TopicView:
    return TopicView(
        id=topic.id,
        name=topic.short_name,
        nav_label=topic.nav_label,
        about_name=topic.about_name,
        schema_type=topic.schema_type,
        is_medical=topic.is_medical,
        path=paths.topic(topic),
        reviewer=topic.reviewer,
        last_reviewed=topic.last_reviewed,
        updated=topic.updated,
        references=topic.references,
        image=_image_view(topic.image, config.base_url) if topic.image else None,
    )


def _image_view(image: Image, base_url: str) -> ImageView:
    return ImageView(base_url + image.path, image.path, image.width, image.height, image.alt, image.credit)


def region_view(region: Region, topic: Topic, path: str) -> RegionView:
    return RegionView(
        code=region.code,
        name=region.names.get(topic.locale, region.name),
        country=region.country,
        path=path,
        facts=region.facts,
    )


def region_label(region: Region, locale: str) -> str:
    """``TX``, but not ``14``: people write a region's code only where it is made of letters."""
    return region.code if region.code.isalpha() else region.names.get(locale, region.name)


def place_name(place: Place, locale: str) -> str:
    return place.names.get(locale, place.name)


def place_view(place: Place, region: RegionView, locale: str) -> PlaceView:
    name = place_name(place, locale)
    county = place.county if place.shares_name else ""
    full = f"{name}, {county}" if county else name
    return PlaceView(
        id=place.id,
        name=name,
        qualified_name=f"{name} ({county})" if county else name,
        full_name=f"{full}, {region_label(place.region, locale)}",
        county=place.county or None,
        region=region,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        population=place.population,
        time_zone=place.time_zone,
        facts=place.facts,
    )
