"""``docs/architecture.md`` names files that are there, and the layers that hold."""

from __future__ import annotations

import re
import tomllib

from tests.docs.tables import ROOT

TEXT = (ROOT / "docs" / "architecture.md").read_text("utf-8")
PACKAGE = ROOT / "generator"


def test_every_file_and_folder_that_it_names_is_there() -> None:
    named = re.findall(r"`((?:generator/)?[a-z_]+(?:/[a-z_]+)*(?:\.py|/))`", TEXT)
    assert len(named) > 30
    for name in named:
        assert (PACKAGE / name.removeprefix("generator/")).exists(), name


def test_its_layers_are_those_of_the_contract() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (contract,) = project["tool"]["importlinter"]["contracts"]
    layers = [set(re.findall(r"\w+", layer)) for layer in contract["layers"]]
    (picture,) = re.findall(r"```\n(.*?)```", TEXT, flags=re.DOTALL)
    drawn = [name for line in picture.splitlines() for name in re.findall(r"(\w+)(?:/|\.py)", line)]
    assert [name for layer in layers for name in layer if name not in drawn] == []
    order = [number for name in drawn for number, layer in enumerate(layers) if name in layer]
    assert order == sorted(order)
    assert len(layers) <= 11


def test_the_package_has_few_modules_at_its_root() -> None:
    modules = {file.stem for file in PACKAGE.glob("*.py")} - {"__init__", "__main__"}
    folders = {folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").is_file()}
    assert len(modules) <= 10
    assert modules | folders | {"__main__"} <= set(re.findall(r"\w+", TEXT))
