"""Every filter, test and method is followed as plain Jinja has it, or refused, wherever a recording value stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from markupsafe import Markup

from tests.tracing.traced import KINDS, Kind, compare, environment

SUBJECTS = (
    "place.name", "place.county", "place.page", "place.population", "place.latitude", "place.rating", "place.opened",
    "place.nearby", "place.twins", "[place.name, 'A']", "{'a': place.name}", "place.nearest_larger", "place.mixed",
    "'a<'", "site.words", "place.nearby|map(attribute='name')", "nobody",
)  # fmt: skip
ARGUMENTS = (
    "", "(place.name)", "(place.population % 5)", "(2, place.name)", "(place.population % 5 + 1, place.is_capital)",
    "('a', place.name)", "(place.name, 'b<')", "(attribute='name')", "('name', 'x')", "(place.latitude, place.county)",
    "('upper')", "(attribute='population', reverse=place.is_capital)", "(true, place.population % 3, 1)",
)  # fmt: skip
FILTERS = sorted(set(environment("html", {}).filters))
TESTS = sorted(name for name in environment("html", {}).tests if name.isidentifier())
METHODS = sorted(name for name in dir(Markup) if not name.startswith("_"))


def faults(sources: Iterator[str], kinds: tuple[Kind, ...]) -> list[str]:
    return [
        f"{kind} {source}: {comparison.wrong[0]}"
        for at, source in enumerate(sources)
        for kind in (kinds[at % len(kinds)],)
        if (comparison := compare(kind, {"main": source}, every=5)).wrong
    ]


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_of_any_value_with_any_arguments_is_right_or_refused(name: str) -> None:
    sources = (f"{{{{ {subject}|{name}{given} }}}}|{{{{ ({subject}|{name}{given})|string|length }}}}" for subject in SUBJECTS for given in ARGUMENTS)
    assert faults(sources, KINDS) == []


@pytest.mark.parametrize("name", TESTS)
def test_a_test_of_any_value_with_any_arguments_is_right_or_refused(name: str) -> None:
    sources = (f"{{% if {subject} is {name}{given} %}}y{{% else %}}n{{% endif %}}" for subject in SUBJECTS for given in ARGUMENTS)
    assert faults(sources, KINDS) == []


@pytest.mark.parametrize("name", METHODS)
def test_a_method_of_any_text_with_any_arguments_is_right_or_refused(name: str) -> None:
    sources = (f"{{{{ {subject}.{name}{given or '()'} }}}}" for subject in ("place.name", "place.page", "'a<%s{}'", "site.html", "(place.name ~ '<b>')|safe") for given in ARGUMENTS)
    assert faults(sources, KINDS) == []
