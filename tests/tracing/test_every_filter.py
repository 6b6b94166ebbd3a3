"""Every filter, test and method is followed as plain Jinja has it, or refused, wherever a recording value stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from markupsafe import Markup

from tests.tracing.traced import KINDS, compare, environment

SUBJECTS = (
    "place.name", "place.county", "place.page", "place.population", "place.latitude", "place.opened", "place.nearby",
    "place.twins", "[place.name, 'A']", "{'a': place.name}", "place.nearest_larger", "place.mixed", "'a<%s'", "nobody",
    "place.nearby|map(attribute='name')",
)  # fmt: skip
TEXTS = ("place.name", "place.page", "'a<%s{}'", "site.html", "(place.name ~ '<b>')|safe")
ARGUMENTS = (
    "(place.name)", "(place.population % 5)", "(2, place.name)", "(place.population % 5 + 1, place.is_capital)",
    "('a', place.name)", "(place.name, 'b<')", "(attribute='name')", "('name', 'x')", "(place.latitude, place.county)",
    "('upper')", "(attribute='population', reverse=place.is_capital)", "(true, place.population % 3, 1)",
)  # fmt: skip
FILTERS = sorted(set(environment("html", {}).filters) - {"attr"})  # which prints the addresses of methods
TESTS = sorted(name for name in environment("html", {}).tests if name.isidentifier())
METHODS = sorted(name for name in dir(Markup) if not name.startswith("_"))


def uses(name: str, subjects: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each subject with arguments that others have with other names, and some subjects without any."""
    for at, subject in enumerate(subjects):
        if at % 3 == len(name) % 3:
            yield subject, ""
        yield subject, ARGUMENTS[(at + sum(map(ord, name))) % len(ARGUMENTS)]


def faults(sources: list[str]) -> list[str]:
    return [
        f"{source}: {found!r} instead of {expected!r}"
        for at, source in enumerate(sources)
        for _, found, expected in compare(KINDS[at % 2], {"main": source}, every=5).wrong
    ]


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_of_any_value_with_any_arguments_is_right_or_refused(name: str) -> None:
    values = [f"{subject}|{name}{given}" for subject, given in uses(name, SUBJECTS)]
    assert faults([f"{{{{ {value} }}}}|{{{{ ({value})|string|length }}}}" for value in values]) == []


@pytest.mark.parametrize("name", TESTS)
def test_a_test_of_any_value_with_any_arguments_is_right_or_refused(name: str) -> None:
    assert faults([f"{{{{ {subject} is {name}{given} }}}}" for subject, given in uses(name, SUBJECTS)]) == []


@pytest.mark.parametrize("name", METHODS)
def test_a_method_of_any_text_with_any_arguments_is_right_or_refused(name: str) -> None:
    assert faults([f"{{{{ {subject}.{name}{given or '()'} }}}}" for subject, given in uses(name, TEXTS)]) == []
