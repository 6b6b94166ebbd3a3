"""Every key of ``site.yaml``, typed and closed; ``docs/configuration.md`` is held to these descriptions."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Line = Annotated[Text, AfterValidator(lambda value: " ".join(value.split()))]
"""A text that is told on one line, however it is written."""

_HOST = re.compile(r"[a-z0-9.-]+(:[0-9]+)?")


def absolute_origin(value: str) -> str:
    """``value`` without a slash at its end; raises ValueError where it is no https address of a host alone."""
    parts = urlsplit(value)
    if parts.scheme != "https" or not _HOST.fullmatch(parts.netloc):
        raise ValueError("must be an https address with a lower-case host, like https://www.example.com")
    address = f"https://{parts.netloc}"
    if value.rstrip("/") != address:
        raise ValueError("must be a host alone, without a path, because the site is served from its root")
    return address


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"https", "http"} or not parts.netloc or re.search(r"[\s<>\"']", value):
        raise ValueError("must be a web address that starts with https://")
    return value


def _analytics_source(value: str) -> str:
    parts = urlsplit(_web_address(value))
    if parts.scheme != "https" or not _HOST.fullmatch(parts.netloc):
        # The host goes into a header, where a semicolon would begin a policy of its own.
        raise ValueError("must start with https:// and a lower-case host")
    return value


def _country(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", value):
        raise ValueError("must be an ISO 3166-1 country code of two capital letters, like US")
    return value


def _content_file(value: str) -> str:
    parts = value.split("/")
    if not value or ".." in parts or "" in parts or re.search(r"[\\\x00-\x1f:]", value):
        raise ValueError("must be the path of a file below content/, like tables/us-states.csv")
    return value


_PLACE_FIELDS = ("country", "region", "place")


def _pattern(*allowed: str) -> AfterValidator:
    """Patterns of addresses: lower-case, absolute, and unable to leave the site's folder."""

    def check(value: str) -> str:
        fields = re.findall(r"\{([^{}]*)\}", value)
        if not re.fullmatch(r"(/([a-z0-9_-]|\{[a-z]+\})+)+/", value):
            raise ValueError("must begin and end with / and hold only small letters, digits, hyphens and {names}")
        for field in fields:
            if field not in allowed:
                raise ValueError(
                    f"{{{field}}} cannot stand here; known: " + ", ".join(f"{{{name}}}" for name in allowed)
                )
        if fields.count(allowed[-1]) != 1:
            raise ValueError(f"must hold {{{allowed[-1]}}} once")
        of_place = [field in _PLACE_FIELDS for field in fields]
        if of_place != sorted(of_place):
            raise ValueError("must name {locale} and {topic} before {country}, {region} and {place}")
        return value

    return AfterValidator(check)


HomePattern = Annotated[str, _pattern("locale")]
TopicPattern = Annotated[str, _pattern("locale", "topic")]
RegionPattern = Annotated[str, _pattern("locale", "topic", "country", "region")]
PlacePattern = Annotated[str, _pattern("locale", "topic", "country", "region", "place")]
Origin = Annotated[str, AfterValidator(absolute_origin)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
CountryCode = Annotated[str, AfterValidator(_country)]
ContentFile = Annotated[str, AfterValidator(_content_file)]
"""A path below ``content/``."""


class Keys(BaseModel):
    """A mapping of the configuration: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class HomeConfig(Keys):
    title: list[Text] = Field(min_length=1, description="Titles, longest first; the first that fits is used.")
    description: list[Text] = Field(
        min_length=1, description="Descriptions, longest first; the first that fits is used."
    )
    heading: Text = Field(description="The page's main heading.")
    summary: Text = Field(description="One or two sentences under the heading.")


class LocaleConfig(Keys):
    countries: list[CountryCode] = Field(
        min_length=1, description="Countries whose places get pages in this locale, as ISO 3166-1 codes."
    )
    home: HomeConfig = Field(description="Words of the locale's home page.")
    disclaimer: Text | None = Field(
        None, description="Notice on the pages of medical topics; required when the locale has one."
    )
    measurement: Literal["metric", "us"] | None = Field(
        None,
        description="Distances in kilometres (`metric`) or miles (`us`). Default: as the locale's region measures.",
    )


class UrlConfig(Keys):
    home: HomePattern = Field("/{locale}/", description="Path of a locale's home page.")
    topic: TopicPattern = Field("/{locale}/{topic}/", description="Path of an article without a place.")
    region: RegionPattern = Field("/{locale}/{topic}/{region}/", description="Path of a region's hub.")
    place: PlacePattern = Field("/{locale}/{topic}/{region}/{place}/", description="Path of a place's page.")


class PlacesConfig(Keys):
    where: Text | None = Field(
        None,
        description="SQL condition over the columns of the places files. Default: `population >= 15000`.",
    )
    list: ContentFile | None = Field(
        None,
        description="CSV file below `content/` with the columns `name` and `region`, instead of `where`.",
    )
    limit: int | None = Field(None, ge=1, description="Keep at most this many of the selected places: the largest.")
    credit: Text = Field(
        "GeoNames, CC BY 4.0",
        description="Source of the places files, named in every page's footer as its licence asks.",
    )
    credit_url: WebAddress = Field("https://www.geonames.org/", description="Address of that source.")


class ColumnConfig(Keys):
    type: Literal["text", "integer", "number", "boolean", "date", "url"] = Field(
        "text", description="What the column's cells must be."
    )
    required: bool = Field(False, description="An empty cell is an error.")
    source: Text | None = Field(None, description="Where the column's data comes from. Default: the table's source.")
    date: datetime.date | None = Field(None, description="When it was true. Default: the table's date.")
    max_age_days: int | None = Field(
        None,
        ge=1,
        description="After this many days from its date the column is left out of the pages, with a warning.",
    )


class TableConfig(Keys):
    file: ContentFile = Field(description="CSV file below `content/`.")
    attach: Literal["region", "place"] = Field(
        description="What rows belong to: `region` (read as `place.region.COLUMN`) or `place` (read as `place.COLUMN`)."
    )
    key: Text = Field(description="Column that names the region (its code) or the place (its GeoNames id).")
    country: CountryCode = Field(description="Country that the keys belong to.")
    source: Text = Field(description="Where the data comes from, in words that a reader understands.")
    source_url: WebAddress | None = Field(None, description="Where the data can be looked up.")
    date: datetime.date = Field(description="The day on which the data was true.")
    credit: bool = Field(False, description="Name the source in every page's footer.")
    columns: dict[Text, ColumnConfig] = Field(min_length=1, description="Columns that pages may use, by name.")


class OrganizationConfig(Keys):
    name: Text | None = Field(None, description="Legal or public name. Default: the brand.")
    same_as: list[WebAddress] = Field(
        [], description="Addresses of the organisation's own profiles, for the Organization node of the home pages."
    )
    contact_url: WebAddress | None = Field(None, description="Address of a contact page.")


class VerificationConfig(Keys):
    google: Text | None = Field(None, description="Token of Google Search Console.")
    bing: Text | None = Field(None, description="Token of Bing Webmaster Tools.")
    yandex: Text | None = Field(None, description="Token of Yandex Webmaster.")
    pinterest: Text | None = Field(None, description="Token of Pinterest.")


class HeadConfig(Keys):
    verification: VerificationConfig = Field(VerificationConfig(), description="Ownership tokens of search consoles.")
    theme_color: Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")] = Field(
        "#0b5f5a", description="Colour of the browser's frame, also used for the icons and the social card."
    )


class AnalyticsConfig(Keys):
    script: Annotated[str, AfterValidator(_analytics_source)] = Field(
        description="Address of the script; its host is the only one added to the Content-Security-Policy."
    )
    attributes: dict[Annotated[str, StringConstraints(pattern=r"^data-[a-z0-9-]+$")], str] = Field(
        {}, description="`data-` attributes of the script element."
    )


class HstsConfig(Keys):
    max_age_days: int = Field(365, ge=0, description="Days for which a browser insists on HTTPS; 0 withdraws it.")
    include_subdomains: bool = Field(False, description="Extend it to every subdomain.")
    preload: bool = Field(False, description="Ask for the browsers' built-in list; needs `include_subdomains`.")

    @model_validator(mode="after")
    def _preload_covers_subdomains(self) -> HstsConfig:
        if self.preload and not self.include_subdomains:
            raise ValueError("preload needs include_subdomains: true as well")
        return self


class RobotsConfig(Keys):
    ai_training: Literal["allow", "disallow"] = Field(
        "allow", description="Crawlers that collect text to train models."
    )
    ai_search: Literal["allow", "disallow"] = Field(
        "allow", description="Crawlers that answer questions with links to sources."
    )
    disallow_agents: list[Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]+$")]] = Field(
        [], description="Further user agents that are asked to stay away."
    )


class BuildConfig(Keys):
    max_removed_share: float = Field(
        0.2, ge=0, le=1, description="A build that would remove a larger share of the published files stops."
    )
    max_removed: int = Field(50, ge=0, description="A build that would remove more published files than this stops.")


class CheckConfig(Keys):
    rule: Text = Field(description="The rule, as it is named in `docs/rules/`.")
    severity: Literal["off", "info", "warning", "error", "stop"] = Field(
        description="How much it matters here; `off` says nothing any more."
    )
    paths: list[Text] = Field(
        [],
        description="Only on these pages, or in these files or rows, as messages name them (`content/tables/x.csv:12`);"
        " `*` stands for anything. Default: everywhere.",
    )
    topics: list[Text] = Field([], description="Only on the pages of these topics, named by their folders.")
    reason: Line = Field(description="Why, in words that the report repeats.")


class ConditionConfig(Keys):
    where: Text = Field(
        description="SQL condition over the columns of the places files and the tables; see `docs/gate.md`."
    )
    verdict: Literal["noindex", "fold", "withhold"] = Field(
        description="What becomes of the pages of the places for which it is true."
    )
    topics: list[Text] = Field([], description="Only pages of these topics, named by their folders. Default: all.")
    reason: Line = Field(description="Why, in words that every report repeats.")

    @field_validator("verdict", mode="before")
    @classmethod
    def _hold_has_another_name(cls, verdict: object) -> object:
        if verdict == "hold":
            raise ValueError("hold is called withhold by now: write withhold")
        return verdict


class GateConfig(Keys):
    mode: Literal["report", "enforce"] | None = Field(
        None,
        description="`report` says what the policy would do, `enforce` does it. Without it no page may be indexed.",
    )
    production_url: Origin | None = Field(
        None,
        description="The address at which search engines shall find the site; built for another, no page may be"
        " indexed. Default: `base_url` as `site.yaml` has it, whatever `--set` says.",
    )
    conditions: list[ConditionConfig] = Field(
        [], description="Places whose pages are kept back; of several that hold for a place the strictest counts."
    )
    required: list[Text] = Field(
        [],
        description="Facts without which a place's page is not indexed, named as texts read them:"
        " `place.COLUMN` or `place.region.COLUMN`.",
    )
    min_local_words: int | None = Field(
        None,
        ge=1,
        description="Index a place's page only when it has at least so many words of its own, which few other pages of"
        " its topic and language print; the place's own names are left out.",
    )
    max_similarity: float | None = Field(
        None,
        gt=0,
        le=1,
        description="Index a place's page only when it shares less than this part of its text, from 0 to 1, with the"
        " page of every larger place, and with no other topic's page of the same place.",
    )
    reviewed_within_days: int | None = Field(
        None,
        ge=1,
        le=36_500,
        description="Index the pages of a medical topic only when it names its reviewer and was reviewed within so"
        " many days.",
    )
    translation_reviewed: bool = Field(
        False, description="Index the pages of a translation only when a person has reviewed it."
    )

    @property
    def asks_of_texts(self) -> bool:
        """Whether the gate depends on the texts of pages."""
        return self.mode is not None and not (self.min_local_words is None and self.max_similarity is None)


class SiteConfig(Keys):
    """The whole of ``site.yaml``."""

    brand: Text = Field(description="Name of the site, as readers know it.")
    base_url: Origin = Field(description="Address at which the site is published, without a path.")
    locales: dict[Text, LocaleConfig] = Field(
        min_length=1, description="Languages by BCP 47 tag; the first is the default."
    )
    urls: UrlConfig = Field(UrlConfig(), description="Patterns of the paths.")
    places: PlacesConfig = Field(PlacesConfig(), description="Which places get pages.")
    tables: dict[Text, TableConfig] = Field({}, description="The marketer's own data, by table name.")
    organization: OrganizationConfig = Field(OrganizationConfig(), description="Who publishes the site.")
    head: HeadConfig = Field(HeadConfig(), description="What every page's head carries besides its own data.")
    analytics: AnalyticsConfig | None = Field(None, description="A script that counts visits. Default: none.")
    hsts: HstsConfig = Field(HstsConfig(), description="Strict-Transport-Security header.")
    robots: RobotsConfig = Field(RobotsConfig(), description="What `robots.txt` asks of crawlers of AI companies.")
    build: BuildConfig = Field(BuildConfig(), description="Limits that protect the published site.")
    gate: GateConfig = Field(GateConfig(), description="Which pages search engines are asked to index.")
    checks: list[CheckConfig] = Field([], description="Rules that matter more or less on this site than elsewhere.")
