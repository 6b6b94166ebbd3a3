"""Finds the rules: each module below ``rules/`` holds one, named as the module is."""

from __future__ import annotations

import pkgutil
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from generator.check import rules
from generator.check.rule import Rule


@cache
def all_rules() -> Mapping[str, Rule[Any]]:
    """Every rule by id, in order of category and id."""
    return {name: getattr(module, name) for name, module in _modules()}


def load_rules(ids: Collection[str]) -> tuple[Rule[Any], ...]:
    """The rules named ``ids``, without loading any other; a name that no rule has is passed over."""
    return tuple(getattr(import_module(path), name) for name, path in _paths() if name in ids)


def load_category(category: str) -> tuple[Rule[Any], ...]:
    """The rules of one category, without loading any other."""
    package = f"{rules.__name__}.{category}."
    return tuple(getattr(import_module(path), name) for name, path in _paths() if path.startswith(package))


def rule_names(category: str = "") -> frozenset[str]:
    """The ids of all rules, or of those of one category, none of which is loaded."""
    package = f"{rules.__name__}.{category}." if category else ""
    return frozenset(name for name, path in _paths() if path.startswith(package))


def rule_modules() -> Mapping[str, ModuleType]:
    """The module of every rule by id: its documentation, and its examples ``GOOD`` and ``BAD``."""
    return dict(_modules())


def _modules() -> Iterator[tuple[str, ModuleType]]:
    yield from ((name, import_module(path)) for name, path in _paths())


def _paths() -> Iterator[tuple[str, str]]:
    """The module of every rule by its id."""
    for category in sorted(pkgutil.iter_modules(rules.__path__), key=lambda found: found.name):
        package = f"{rules.__name__}.{category.name}"
        for found in sorted(pkgutil.iter_modules(import_module(package).__path__), key=lambda found: found.name):
            yield found.name, f"{package}.{found.name}"
