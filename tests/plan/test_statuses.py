"""One record says what becomes of a page and why, also of one that is not made."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from generator.model import INDEX, Status
from tests.clinics import BODY, NOTE, ROWS, TABLES
from tests.sites import EN, ES, WACO, build, change, make_site, topic_text

CLINICS = "content/tables/clinics.csv"


def unbuilt(site: Path) -> dict[str, tuple[str, str]]:
    with closing(sqlite3.connect(site / "output" / "ledger.sqlite")) as ledger:
        return {path: (state, why) for path, state, why in ledger.execute("SELECT path, verdict, reason FROM unbuilt")}


def test_a_status_that_does_not_take_effect_is_kept_beside_the_one_that_does() -> None:
    small = Status("fold", "The town is small.")
    reported = Status("index", gate=small)
    assert (reported.has_page, reported.is_indexable, reported.said) == (True, True, small)
    frozen = Status("frozen", "A row is faulty.", "It is 7.", gate=reported)
    assert (frozen.has_page, frozen.is_indexable, frozen.said) == (True, True, small)
    assert frozen.reason == "A row is faulty. It is 7."


def test_a_frozen_page_may_be_indexed_where_the_gate_lets_it() -> None:
    assert Status("frozen", gate=INDEX).is_indexable
    assert not Status("frozen", gate=Status("noindex", "Thin.")).is_indexable


def test_a_page_whose_row_is_faulty_and_that_never_was_is_recorded_as_absent_with_that_row(tmp_path: Path) -> None:
    files = {EN: topic_text(BODY), ES: None, CLINICS: ROWS.replace(NOTE, "#REF!", 1)}
    site = make_site(tmp_path, files, tables=TABLES)
    build(site)
    assert unbuilt(site) == {WACO: ("absent", f"A row that the page needs is faulty. It is {CLINICS}:2.")}
    change(site, {CLINICS: "\n" + ROWS.replace(NOTE, "#REF!", 1)})
    build(site)
    assert unbuilt(site)[WACO][1].endswith(f"{CLINICS}:3.")
    change(site, {CLINICS: ROWS})
    build(site)
    assert unbuilt(site) == {}


def test_a_page_that_fails_and_never_was_is_recorded_as_absent_with_its_fault(tmp_path: Path) -> None:
    strict = [{"rule": "repeated_word", "severity": "error", "reason": "We mind."}]
    files = {EN: topic_text(BODY), ES: None, CLINICS: ROWS.replace(NOTE, "a town of the the river", 1)}
    site = make_site(tmp_path, files, tables=TABLES, checks=strict)
    build(site)
    ((path, (state, why)),) = unbuilt(site).items()
    assert (path, state) == (WACO, "absent")
    assert "the the" in why
    assert f"{CLINICS}:2, column note" in why


def test_a_ledger_that_kept_absent_pages_elsewhere_tells_of_them_as_before(tmp_path: Path) -> None:
    strict = [{"rule": "repeated_word", "severity": "error", "reason": "We mind."}]
    files = {EN: topic_text(BODY), ES: None, CLINICS: ROWS.replace(NOTE, "a town of the the river", 1)}
    site = make_site(tmp_path, files, tables=TABLES, checks=strict)
    first, known = build(site), unbuilt(site)
    with closing(sqlite3.connect(site / "output" / "ledger.sqlite")) as ledger, ledger:
        ledger.execute("DELETE FROM unbuilt")
        ledger.execute("UPDATE batches SET fingerprint = x''")
        ledger.execute("INSERT INTO build VALUES ('failing', ?)", (f'{{"en-us.sciatica.us-texas": ["{WACO}"]}}',))
    second = build(site)
    assert (second.messages, unbuilt(site)) == (first.messages, known)
