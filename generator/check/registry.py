"""Registry of rules: each module below ``rules/`` holds one, named as the module is."""

from __future__ import annotations

import pkgutil
from collections.abc import Collection, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from generator.check import rules
from generator.check.rule import Rule


@cache
def all_rules() -> Mapping[str, Rule[Any]]:
    """Every rule by id, in order of category and id."""
    return {name: getattr(module, name) for name, module in rule_modules().items()}


def load_rules(ids: Collection[str]) -> tuple[Rule[Any], ...]:
    """The rules named ``ids``, without loading any other; a name that no rule has is passed over."""
    return tuple(getattr(import_module(path), name) for name, path in _paths() if name in ids)


def rule_names(category: str = "") -> frozenset[str]:
    """The ids of all rules, or of those of one category, none of which is loaded."""
    return frozenset(name for name, _ in _paths(category))


def rule_modules() -> Mapping[str, ModuleType]:
    """The module of every rule by id: its documentation, and its examples ``GOOD`` and ``BAD``."""
    return {name: import_module(path) for name, path in _paths()}


@cache
def _paths(category: str = "") -> tuple[tuple[str, str], ...]:
    """The module of every rule, or of every one of a category, by its id."""
    found = []
    for name in [category] if category else _inside(rules):
        package = import_module(f"{rules.__name__}.{name}")
        found += [(rule, f"{package.__name__}.{rule}") for rule in _inside(package)]
    return tuple(found)


def _inside(package: ModuleType) -> list[str]:
    return sorted(found.name for found in pkgutil.iter_modules(package.__path__))
