"""Templates and cities on which specialised templates are held against Jinja."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from gettext import NullTranslations
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, nodes
from markupsafe import Markup
from msgspec import Struct

from generator.render.partial.values import Known, Record, Value
from generator.render.specialize import Residual, Specializer


class City(Struct, frozen=True):
    name: str
    county: str | None
    size: int
    twins: tuple[str, ...]
    page: Markup
    facts: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.facts[name]


class Spanish(NullTranslations):
    """A catalogue of a few messages, one of which turns its variables round."""

    _messages = {  # noqa: RUF012
        "%(a)s in %(b)s": "%(b)s <con> %(a)s y 100 %%",
        "plain": "«llano»",
        "one": "%(num)s solo",
        "many %(a)s": "%(num)s muchos %(a)s",
    }

    def gettext(self, message: str) -> str:
        return self._messages.get(message, message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)


SHARED: dict[str, Any] = {
    "text": "a <b> & 'c'",
    "html": Markup("<i>safe</i>"),
    "number": 3,
    "nothing": None,
    "day": datetime.date(2026, 1, 2),
    "words": ("x<", "", "zz"),
    "pairs": ((1, "one"), (2, "t<wo")),
    "empty": (),
    "lookup": {"k": "v&"},
}
CITIES = (
    City("Wa<co", "McLennan", 5, ("A", "B"), Markup("<em>1</em>"), {"clinics": 3}),
    City("Temple", None, 0, (), Markup(""), {"clinics": 0}),
)
KIND = "ci<ty"


def environment(templates: Mapping[str, str]) -> Environment:
    made = Environment(
        loader=DictLoader(dict(templates)), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    made.install_gettext_translations(Spanish(), newstyle=True)  # type: ignore[attr-defined]
    return made


def specialised(templates: Mapping[str, str], name: str = "main") -> Residual:
    specializer = Specializer(environment(templates), Spanish(), known())
    return specializer.residual(name, specializer.template(name))


def shared_text(templates: Mapping[str, str]) -> str:
    """What of the template ``main`` all cities share."""
    parts = Specializer(environment(templates), Spanish(), known()).template("main")
    return "".join(part for part in parts if isinstance(part, str))


def known() -> dict[str, Value]:
    shared: dict[str, Value] = {key: Known(value) for key, value in SHARED.items()}
    return {**shared, "city": Record({"kind": Known(KIND)}, nodes.Name("city", "load"))}


class _WithKind(Struct, frozen=True):
    """A city as templates see it, with the field that all share."""

    city: City
    kind: str = KIND

    def __getattr__(self, name: str) -> Any:
        return getattr(self.city, name)

    def __getitem__(self, name: str) -> Any:
        return self.city[name]


def joined(residual: Residual) -> Callable[[dict[str, Any]], str]:
    return lambda names: "".join(residual.pieces(names))


def printed(render: Callable[[dict[str, Any]], str], city: City) -> str:
    try:
        return str(render({**SHARED, "city": _WithKind(city), "other": city.name * 2}))
    except Exception:  # noqa: BLE001 - that it fails is what counts; of several faults either may come first
        return "fails"


def check(templates: Mapping[str, str], name: str = "main") -> Residual:
    """Both print the same for every city; the residual."""
    plain = environment(templates).get_template(name)
    residual = specialised(templates, name)
    for city in CITIES:
        assert printed(joined(residual), city) == printed(plain.render, city)
    return residual
