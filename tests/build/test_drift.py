"""Whatever somebody does to ``output/site`` by hand, the next build puts it right, and touches nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import SiteError
from tests.sites import WACO, build, make_site, publish, remembered, stamps, tree

ALTERATIONS: dict[str, Callable[[Path], object]] = {
    "a page is deleted": lambda site: (site / "en-us/sciatica/texas/waco/index.html").unlink(),
    "the folder of a page is deleted": lambda site: shutil.rmtree(site / "en-us/sciatica/texas/waco"),
    "a region is deleted": lambda site: shutil.rmtree(site / "en-us/sciatica/texas"),
    "everything is deleted": lambda site: shutil.rmtree(site),
    "a page is altered": lambda site: (site / "en-us/sciatica/texas/waco/index.html").write_text("x"),
    "a byte of a page is altered": lambda site: _alter_byte(site / "en-us/sciatica/texas/waco/index.html"),
    "a page is emptied": lambda site: (site / "404.html").write_text(""),
    "a sitemap is deleted": lambda site: (site / "sitemaps/en-us.sciatica.us-texas.xml").unlink(),
    "robots.txt is altered": lambda site: (site / "robots.txt").write_text("Disallow: /"),
    "an icon is deleted": lambda site: next((site / "assets").glob("*.png")).unlink(),
    "a file is added beside a page": lambda site: (site / "en-us/sciatica/texas/waco/x.html").write_text("x"),
    "a file is added at the top": lambda site: (site / "x.txt").write_text("x"),
    "a folder is added": lambda site: _add_folder(site / "old/pages"),
    "a page becomes a folder": lambda site: _replace_by_folder(site / "404.html"),
    "a page's folder becomes a file": lambda site: _replace_by_file(site / "en-us/sciatica/texas/waco"),
    "a page becomes a link that leads nowhere": lambda site: _replace_by_link(site / "404.html"),
    "a page is moved": lambda site: (site / "en-us/sciatica/texas/waco").rename(site / "en-us/sciatica/waco"),
}


def _alter_byte(file: Path) -> None:
    body = file.read_bytes()
    file.write_bytes(body[:-20] + b"?" + body[-19:])


def _add_folder(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("x")


def _replace_by_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()
    (file / "in").write_text("x")


def _replace_by_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("x")


def _replace_by_link(file: Path) -> None:
    file.unlink()
    file.symlink_to("nowhere")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = make_site(tmp_path_factory.mktemp("first"))
    publish(site, is_first=True)
    return site


@pytest.mark.parametrize("name", ALTERATIONS)
def test_the_next_build_puts_it_right(first: Path, tmp_path: Path, name: str) -> None:
    # The copy keeps the times by which the ledger knows the tree.
    site = shutil.copytree(first, tmp_path / "site")
    output = site / "output" / "site"
    build(site)
    whole, known, before = tree(output), remembered(site), stamps(output)
    ALTERATIONS[name](output)
    altered = tree(output)
    assert altered != whole
    build(site, allow_removal=9)
    assert tree(output) == whole
    assert remembered(site) == known
    kept = {path for path in whole if altered.get(path) == whole[path]}
    assert {path: stamp for path, stamp in stamps(output).items() if path in kept} == {
        path: stamp for path, stamp in before.items() if path in kept
    }
    assert build(site).summary.written == 0


def test_a_folder_that_becomes_a_link_is_refused(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    output = publish(site).folder
    (tmp_path / "elsewhere").mkdir()
    (output / "linked").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SiteError, match="linked: this folder is a link to another"):
        build(site)


def test_a_copy_of_the_output_is_checked_anew_and_kept(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    output = publish(site, is_first=True).folder
    whole, known = tree(output), remembered(site)
    for file in output.rglob("*"):
        # A copy that does not keep times.
        if file.is_file():
            file.touch()
    built = build(site)
    assert (built.summary.written, tree(output), remembered(site)) == (0, whole, known)
    assert WACO in {row[0] for row in known["pages"]}
