"""Traces are kept between builds, so that a changed cell needs no template to be run, and hide no fault."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from io import BytesIO
from pathlib import Path
from zlib import compress, decompress

import pytest
from PIL import Image

from generator.errors import SiteError
from generator.templating import environment
from tests.sites import (
    BOARDS,
    EN,
    OTHER_TITLES,
    PLACES,
    build,
    change,
    make_site,
    places_text,
    publish,
    topic_text,
    tree,
)

BODY = """
Hello{% if place %} to {{ place.name }}: ask the {{ place.region.board }}{% endif %}.

Read of [Waco](/en-us/sciatica/texas/waco/), too.

## Questions {#faq}

### How long does it last?

Some weeks.
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that has been built, and whose pages print a cell."""
    made = make_site(tmp_path, {EN: topic_text(BODY)})
    publish(made, is_first=True)
    return made


def traces(site: Path) -> list[tuple[str, str, str, bytes]]:
    with closing(sqlite3.connect(site / "output" / "ledger.sqlite")) as ledger:
        return sorted(ledger.execute("SELECT locale, topic, digest, value FROM traces"))


def forget_traces(site: Path, value: bytes | None = None) -> None:
    """Drop the traces, or put ``value`` in their place."""
    with closing(sqlite3.connect(site / "output" / "ledger.sqlite")) as ledger, ledger:
        if value is None:
            ledger.execute("DELETE FROM traces")
        else:
            ledger.execute("UPDATE traces SET value = ?", (value,))


def picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (20, 20)).save(file, "PNG")
    return file.getvalue()


def boards(louisiana: str) -> dict[str, str]:
    return {BOARDS: f"region,board\nLA,{louisiana}\nTX,Texas Board\n"}


def test_a_changed_cell_compiles_no_template_of_places(site: Path) -> None:
    change(site, boards("New Board"))
    environment._CODE.clear()
    built = build(site)
    assert built.summary.written == 2
    assert "place.html" not in {name for _, name, _, _ in environment._CODE}
    assert "ask the New Board" in (site / "output/site/en-us/sciatica/louisiana/lafayette/index.html").read_text(
        "utf-8"
    )


def test_a_changed_text_is_traced_anew_and_its_old_traces_go(site: Path) -> None:
    before = traces(site)
    change(site, {EN: topic_text(BODY.replace("Hello", "Welcome"))})
    build(site)
    after = traces(site)
    assert [row for row in before if row[0] == "es-US"] == [row for row in after if row[0] == "es-US"]
    assert {row[2] for row in before if row[0] == "en-US"}.isdisjoint(row[2] for row in after)
    assert len(after) == len(before)


def test_traces_that_another_program_has_spoilt_are_made_anew(site: Path) -> None:
    forget_traces(site, b"no traces")
    change(site, boards("New Board"))
    built = build(site)
    assert "ask the New Board" in (built.folder / "en-us/sciatica/louisiana/lafayette/index.html").read_text("utf-8")
    assert b"no traces" not in {row[3] for row in traces(site)}


def test_constant_text_that_another_program_has_altered_reaches_no_page(site: Path) -> None:
    with closing(sqlite3.connect(site / "output" / "ledger.sqlite")) as ledger, ledger:
        for name, value in ledger.execute("SELECT name, value FROM traces").fetchall():
            altered = value[:16] + compress(decompress(value[16:]).replace(b"Some weeks", b"Some years"))
            ledger.execute("UPDATE traces SET value = ? WHERE name = ?", (altered, name))
    change(site, boards("New Board"))
    page = (build(site).folder / "en-us/sciatica/louisiana/lafayette/index.html").read_text("utf-8")
    assert "Some weeks" in page
    assert "Some years" not in page


@pytest.mark.parametrize("gone", ["a picture", "a heading"])
def test_a_fault_that_comes_from_elsewhere_is_found_as_without_traces(tmp_path: Path, gone: str) -> None:
    told = []
    for name in ("kept", "forgotten"):
        needles = topic_text(BODY, slug="needles", **OTHER_TITLES)
        files = {
            EN: topic_text(BODY.replace("/en-us/sciatica/texas/waco/", "/en-us/needles/#faq")),
            "content/topics/needles/en-US.md": needles,
            "content/public/leg.png": picture(),
        }
        made = make_site(tmp_path / name, files)
        place = made / "templates" / "place.html"
        image = '<img src="/leg.png" alt="A leg" width="20" height="20">'
        place.write_text(place.read_text("utf-8").replace("{% block onward %}", "{% block onward %}" + image), "utf-8")
        publish(made, is_first=True)
        if name == "forgotten":
            forget_traces(made)
        change(made, boards("New Board"))
        if gone == "a picture":
            change(made, {"content/public/leg.png": None})
        else:
            change(made, {"content/topics/needles/en-US.md": needles.replace("{#faq}", "{#fragen}")})
        built = build(made)
        told.append((built.messages, tree(built.folder)))
    assert told[0] == told[1]
    assert any("leg.png" in message or "#faq" in message for message in told[0][0])


def test_a_fault_in_a_cell_is_found_on_pages_of_which_the_traces_are_kept(tmp_path: Path) -> None:
    loose = [{"rule": "cell_placeholder", "severity": "off", "reason": "The page is to show it."}]
    site = make_site(tmp_path, {EN: topic_text(BODY)}, checks=loose)
    publish(site, is_first=True)
    before = tree(site / "output" / "site")
    change(site, boards("{{ place.board }}"))
    with pytest.raises(SiteError, match="boards"):
        build(site)
    assert tree(site / "output" / "site") == before


def test_a_link_of_the_article_that_leads_nowhere_now_is_told_as_without_traces(tmp_path: Path) -> None:
    told = []
    for name in ("kept", "forgotten"):
        made = make_site(tmp_path / name, {EN: topic_text(BODY)})
        publish(made, is_first=True)
        if name == "forgotten":
            forget_traces(made)
        gone = "\n".join(line for line in places_text().splitlines() if "Waco" not in line)
        change(made, {PLACES: gone + "\n", **boards("New Board")})
        with pytest.raises(SiteError) as caught:
            build(made, allow_removal=99)
        told.append([str(finding) for finding in caught.value.findings])
    assert told[0] == told[1]
    assert "waco" in told[0][0]
