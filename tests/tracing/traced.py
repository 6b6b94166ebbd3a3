"""Places to trace templates with, and what plain Jinja and tracing make of them."""

from __future__ import annotations

import datetime
import gettext
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from io import BytesIO
from types import MappingProxyType
from typing import Any, Literal

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup
from msgspec import Struct, msgpack

from generator.templating.sandbox import content_environment
from generator.tracing.columns import Columns
from generator.tracing.environment import record
from generator.tracing.expressions import Expressions, parts_of
from generator.tracing.frame import Guard
from generator.tracing.kept import KeptExpressions, adopt, frozen, keep
from generator.tracing.recorder import Recorder
from generator.tracing.variants import Segments, Unfollowed, Variants, segments


class Region(Struct, frozen=True):
    name: str
    path: str
    facts: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.facts[name]


class Near(Struct, frozen=True):
    name: str
    kilometres: float
    population: int
    region_label: str | None
    path: str


class Place(Struct, frozen=True):
    name: str
    county: str | None
    population: int
    latitude: float
    longitude: float
    time_zone: str
    region: Region
    nearby: tuple[Near, ...]
    nearest_larger: Near | None
    facts: Mapping[str, Any]
    opened: datetime.date | None
    seen: datetime.datetime
    rating: Decimal
    page: Markup
    twins: list[str]
    is_capital: bool
    share: float
    big: int
    mixed: Any

    def __getitem__(self, name: str) -> Any:
        return self.facts[name]


NAMES = ("Austin", "Saint <Paul> & 'Co'", 'Dal"las', "القاهرة", "東京 市", "", "a\nb", "Éze\u0301", "%s {0} {{x}}", "\ufdd01\ufdd1",
         "San José", "austin", "\ud800", "x" * 60)  # fmt: skip
NEAR = tuple(
    Near(name, kilometres, population, label, f"/p/{at}/")
    for at, (name, kilometres, population, label) in enumerate(
        [("Waco", 1.5, 5, "TX"), ("B<y>", 0.0, 70_000, None), ("Éa", 12.25, 70_000, "TX"), ("Waco", -0.0, 0, "O&K")]
    )
)
REGIONS = (
    Region("Texas", "/p/texas/", {"medical_board": "T<M>B", "law": None}),
    Region("Austin", "/p/austin/", {"medical_board": "B", "law": "x & y"}),
)


@cache
def places() -> tuple[Place, ...]:
    """Many places, which differ in every field and agree in most of them."""
    return tuple(_place(at) for at in range(64))


def _place(at: int) -> Place:
    def one(*choices: Any, every: int = 1) -> Any:
        return choices[(at // every) % len(choices)]

    return Place(
        name=one(*NAMES),
        county=one("Travis County", None, "", "X & Y", every=2),
        population=one(0, 1, 2, 21, 999_500, 30_000_000, every=3),
        latitude=one(-0.0, 0.0, 30.25, 48.5, every=1),
        longitude=one(-97.75, -180.0, 7.5, every=2),
        time_zone=one("America/Chicago", "Asia/Ho_Chi_Minh", "UTC", every=5),
        region=one(*REGIONS, every=4),
        nearby=one((), NEAR[:1], NEAR, NEAR[1:3], NEAR[:3], every=3),
        nearest_larger=one(None, NEAR[1], every=7),
        facts=one({"clinics": 3, "note": "a<b"}, {"clinics": 0, "note": None}, {"clinics": 12}, {}, every=5),
        opened=one(datetime.date(2024, 2, 29), None, datetime.date(1999, 12, 31), every=4),
        seen=datetime.datetime(2026, 1, 2, 3, 4, one(0, 5, 6, every=6), tzinfo=datetime.UTC),
        rating=one(Decimal("4.50"), Decimal("4.5"), Decimal("-0"), Decimal("NaN"), every=9),
        page=one(Markup("<em>1</em>"), Markup(""), Markup("a &amp; b"), every=5),
        twins=one([], ["A", "b<"], ["b<"], ["x", "X", "x"], every=2),
        is_capital=one(True, False, every=8),
        share=one(0.5, 1e300, math.inf, math.nan, every=11),
        big=one(5, 2**70, 10**5000, -1, every=13),
        mixed=one(1, True, 1.0, "1", None, Markup("1"), Decimal(1), (1,), every=1),
    )


CATALOGUE = {
    "Find care in {{ name }}": None,
    "%(name)s has care": "«%(name)s» tiene atención <b>100 %%</b>",
    "plain": "«llano» & <i>listo</i>",
    ("%(num)s clinic in %(name)s", "%(num)s clinics in %(name)s"): (
        "%(num)s clínica en %(name)s", "En %(name)s hay %(num)s clínicas",
    ),
    "cut %(name)s": "corta %(name).3s|%(name)10s",
    "digits %(num)s": "cifras %(num)d",
    "none": "\ufdd07\ufdd1",
}  # fmt: skip


@cache
def spanish() -> gettext.GNUTranslations:
    """A real Spanish catalogue with plurals, in which placeholders change places."""
    catalogue = Catalog(locale="es")
    for message, translation in CATALOGUE.items():
        if translation:
            catalogue.add(message, translation)  # type: ignore[arg-type]
    catalogue.add("close", "cerca", context="distance")
    file = BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    return gettext.GNUTranslations(file)


Kind = Literal["html", "content"]
"""Of an environment: for templates, or for authors' plain text."""

KINDS: tuple[Kind, ...] = ("html", "content")


def number(value: float) -> str:
    """A filter as locales have them."""
    return f"{value:,.1f}".replace(",", "\u00a0")


def environment(kind: Kind, templates: Mapping[str, str]) -> Environment:
    if kind == "content":
        made = content_environment(autoescape=False)
        made.loader = DictLoader(dict(templates))
    else:
        made = Environment(
            loader=DictLoader(dict(templates)), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
        )  # fmt: skip
        made.install_gettext_translations(spanish(), newstyle=True)  # type: ignore[attr-defined]
    made.filters["number"] = number
    return made


class Shared(Struct, frozen=True):
    """What all pages have."""

    brand: str = "Ka<ly>"
    html: Markup = Markup("<i>safe</i>")
    day: datetime.date = datetime.date(2026, 1, 2)
    words: tuple[str, ...] = ("x<", "", "zz")
    lookup: Mapping[str, Any] = MappingProxyType({"Austin": 1, "items": "i", "a\nb": Markup("<br>")})
    marked: str = "\ufdd00\ufdd1"
    nothing: None = None


def names(place: Any) -> dict[str, Any]:
    """What a template may read on the page of ``place``."""
    return {"place": place, "site": Shared(), "page": {"nearby": place.nearby, "n": 3}}


def plain(kind: Kind, templates: Mapping[str, str], row: Place) -> bytes | None:
    """What plain Jinja makes of the template ``main``; None if that fails."""
    return _plain(kind, tuple(templates.items()))(row)


@cache
def _plain(kind: Kind, templates: tuple[tuple[str, str], ...]) -> Any:
    made = environment(kind, dict(templates))

    @cache
    def run(at: int) -> bytes | None:
        try:
            text = made.get_template("main").render(names(places()[at]))
        except Exception:  # noqa: BLE001 - that it fails is what counts
            return None
        return text.encode("utf-8", "xmlcharrefreplace")

    known = {id(place): at for at, place in enumerate(places())}
    return lambda row: run(known[id(row)])


class Tracing:
    """One template, traced for one block of rows after another."""

    def __init__(self, kind: Kind, templates: Mapping[str, str], *, marks_passages: bool = False) -> None:
        self.expressions = Expressions()
        self.recorder = Recorder(self.expressions)
        self.environment = record(environment(kind, templates), self.recorder, marks_passages=marks_passages)
        self.variants: Variants[Segments] = Variants(self.recorder, self._trace, name="main")
        self.runs = 0

    def _trace(self, row: Columns) -> Segments:
        self.runs += 1
        place = self.recorder.begin(row)
        text = self.environment.get_template("main").render(names(place))
        return segments(self.expressions, parts_of(text))

    def block(self, rows: Sequence[Place]) -> list[bytes | Exception]:
        """The text of each row, or why tracing leaves it to plain Jinja."""
        columns = Columns(self.expressions, rows)
        found: dict[int, bytes | Exception] = {}
        for made, members in self.variants.assign(columns):
            numbers = range(len(rows)) if members is None else members
            if isinstance(made, Unfollowed):
                found.update(dict.fromkeys(numbers, made.error))
            else:
                found.update(zip(numbers, made.fill(columns, members), strict=True))
        return [found[at] for at in range(len(rows))]


class Kept(Struct):
    """Variants as they may be kept."""

    made_of: KeptExpressions
    variants: list[tuple[tuple[Guard, ...], Segments]]


def recalled(tracing: Tracing, fresh: Tracing) -> bool:
    """Let ``fresh``, of the same template, know what ``tracing`` has found; False where that cannot be written down."""
    variants = tracing.variants.kept
    try:
        made_of = keep(tracing.recorder, [(guards, found.slots) for guards, found in variants])
        packed = msgpack.encode(Kept(made_of, variants))
    except (LookupError, UnicodeEncodeError, OverflowError, TypeError):
        return False
    kept = msgpack.decode(packed, type=Kept)
    try:
        adopt(fresh.recorder, kept.made_of, fresh.variants.run)
    except LookupError:
        return False
    for guards, found in kept.variants:
        fresh.variants.add(found, frozen(guards))
    return True


class Comparison(Struct, frozen=True):
    """Rows of which tracing made something else than plain Jinja, and those that it left though that can print them."""

    wrong: list[tuple[Place, bytes, bytes | None]]
    left: list[Exception]
    followed: int
    variants: int
    is_kept: bool
    """Whether the variants could be kept and recalled, with which all rows are made as they were."""


def compare(kind: Kind, templates: Mapping[str, str], *, marks_passages: bool = False, every: int = 1) -> Comparison:
    """Trace the template ``main`` on all places, or one of ``every`` so many, and hold it against plain Jinja."""
    tracing = Tracing(kind, templates, marks_passages=marks_passages)
    wrong, left, followed = [], [], 0
    rows = places()[::every]
    made = tracing.block(rows)
    # Once for each template is enough: marks are expressions like others.
    fresh = Tracing(kind, templates, marks_passages=marks_passages)
    is_kept = not marks_passages and recalled(tracing, fresh)
    again = fresh.block(rows) if is_kept else made
    for row, found, other in zip(rows, made, again, strict=True):
        expected = plain(kind, templates, row)
        if other != found and not (isinstance(other, Exception) and isinstance(found, Exception)):
            wrong.append((row, b"recalled", str(other).encode()))
        if isinstance(found, Exception):
            if expected is not None:
                left.append(found)
        elif found == expected:
            followed += 1
        else:
            wrong.append((row, found, expected))
    return Comparison(wrong, left, followed, len(tracing.variants.found), is_kept)
