"""The gate knows of pages before they are made: how many words only they have, and which page they are like."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from generator.executors.processes import ProcessesExecutor
from tests.clinics import BODY, ROWS, TABLES
from tests.sites import (
    EN,
    ES,
    NOW,
    OTHER_TITLES,
    SITE,
    build,
    change,
    make_site,
    publish,
    remembered,
    site_text,
    topic_text,
    tree,
)


def measured(folder: Path, **gate: Any) -> Path:
    files = {EN: topic_text(BODY), ES: None, "content/tables/clinics.csv": ROWS}
    return make_site(folder, files, tables=TABLES, gate={"mode": "enforce"} | gate)


def kept_back(site: Path) -> dict[str, str]:
    """The last part of the address of each page that is kept back, with the reason."""
    with closing(sqlite3.connect(site / "output" / "ledger.sqlite")) as ledger:
        rows = ledger.execute("SELECT path, reason FROM pages WHERE verdict = 'noindex' AND kind = 'place'")
        return {path.split("/")[-2]: reason for path, reason in rows}


def test_a_page_with_few_words_of_its_own_is_not_indexed(tmp_path: Path) -> None:
    site = measured(tmp_path, min_local_words=12)
    build(site)
    found = kept_back(site)
    # Waco and Temple have the same note, which is a third of the pages.
    assert set(found) == {"dallas", "lafayette", "shreveport", "temple", "waco"}
    for name, reason in found.items():
        told = re.fullmatch(r"It has fewer than 12 words of its own. \(It has (\d+).\)", reason)
        assert told, name
        assert int(told[1]) < 12, name


def test_of_two_pages_that_are_alike_the_one_of_the_larger_place_is_indexed(tmp_path: Path) -> None:
    site = measured(tmp_path, max_similarity=0.65)
    build(site)
    found = kept_back(site)
    assert "waco" not in found
    assert re.fullmatch(
        r"It is too much like another page. \(\d\d % the same as /en-us/sciatica/texas/waco/\)", found["temple"]
    )
    assert "austin" not in found


def test_a_page_that_is_kept_back_for_another_reason_makes_no_other_one_a_copy(tmp_path: Path) -> None:
    waco = {"where": "name = 'Waco'", "verdict": "withhold", "reason": "Not yet."}
    site = measured(tmp_path, max_similarity=0.65, conditions=[waco])
    build(site)
    assert "temple" not in kept_back(site)


def test_the_same_article_under_two_topics_is_indexed_under_the_first_only(tmp_path: Path) -> None:
    site = measured(tmp_path, max_similarity=0.95)
    change(site, {"content/topics/sciatica-2/en-US.md": topic_text(BODY, slug="sciatica-again", **OTHER_TITLES)})
    build(site)
    found = kept_back(site)
    assert set(found) == {"austin", "dallas", "lafayette", "shreveport", "temple", "waco"}
    with closing(sqlite3.connect(site / "output" / "ledger.sqlite")) as ledger:
        rows = ledger.execute("SELECT topic, verdict FROM pages WHERE kind = 'place' GROUP BY 1, 2").fetchall()
    assert rows == [("sciatica", "index"), ("sciatica-2", "noindex")]
    assert "100 % the same as /en-us/sciatica/texas/waco/" in found["waco"]


def test_a_topic_that_is_kept_back_as_a_whole_makes_no_page_of_another_one_a_copy(tmp_path: Path) -> None:
    site = measured(tmp_path, max_similarity=0.95, reviewed_within_days=365)
    reviewed = {"reviewer": {"name": "A. Person"}, "last_reviewed": NOW}
    change(site, {"content/topics/sciatica-2/en-US.md": topic_text(BODY, slug="sciatica-again", **reviewed)})
    build(site)
    assert {path for path, reason in kept_back(site).items() if "another page" in reason} == set()


def test_signatures_are_made_again_only_where_something_changed(tmp_path: Path) -> None:
    site = measured(tmp_path, min_local_words=1)
    publish(site)
    before = remembered(site)["surveys"]
    change(site, {"content/tables/clinics.csv": ROWS.replace("4739526,3", "4739526,4")})
    build(site)
    after = remembered(site)["surveys"]
    changed = [one[0] for one, other in zip(before, after, strict=True) if one != other]
    assert changed == ["en-us.sciatica.us-texas"]


def test_signatures_of_a_batch_that_is_gone_are_forgotten(tmp_path: Path) -> None:
    site = measured(tmp_path, min_local_words=1)
    publish(site)
    places = {"where": "region_code = 'TX'"}
    change(site, {SITE: site_text(tables=TABLES, gate={"mode": "enforce", "min_local_words": 1}, places=places)})
    build(site)
    assert [name for name, *_ in remembered(site)["surveys"]] == ["en-us.sciatica.us-texas"]


def test_several_processes_find_what_one_finds(tmp_path: Path) -> None:
    gate = {"min_local_words": 12, "max_similarity": 0.65}
    one, other = measured(tmp_path / "one", **gate), measured(tmp_path / "other", **gate)
    build(one)
    build(other, executor=ProcessesExecutor(2))
    assert remembered(one) == remembered(other)
    assert tree(one / "output" / "site") == tree(other / "output" / "site")


def test_a_page_of_which_nobody_can_tell_what_it_shares_is_not_kept_back(tmp_path: Path) -> None:
    site = measured(tmp_path, max_similarity=0.1)
    # The sandbox formats by itself, so the pages of the topic are made one by one.
    change(site, {EN: topic_text(BODY.replace("of needles", 'of {{ "{}".format(place.name if place) }} needles'))})
    build(site)
    assert kept_back(site) == {}


def test_a_text_that_fails_on_a_page_is_told_as_ever(tmp_path: Path) -> None:
    site = measured(tmp_path, max_similarity=0.5)
    change(
        site, {EN: topic_text(BODY.replace("{{ place.clinics }} clinics", "{{ 6 // (place.clinics - 3) }} clinics"))}
    )
    built = build(site)
    assert any("the text cannot be made" in message for message in built.messages)
