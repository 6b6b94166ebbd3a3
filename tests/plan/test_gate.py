"""The publish gate keeps back what its policy says, tells why, and everything else follows."""

from __future__ import annotations

import datetime
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from generator.executors.processes import ProcessesExecutor
from generator.summary import summary_lines
from tests.sites import (
    BASE,
    BOARD_TABLE,
    EN,
    ES,
    NOW,
    SITE,
    WACO,
    WACO_ES,
    Built,
    build,
    change,
    errors,
    make_site,
    site_text,
    topic_text,
    tree,
)

CLINICS = BOARD_TABLE | {
    "file": "tables/clinics.csv",
    "attach": "place",
    "key": "id",
    "columns": {"clinics": {"type": "integer"}},
}
ROWS = {"content/tables/clinics.csv": "id,clinics\n4671654,12\n4684888,7\n4739526,\n"}
TABLES = {"boards": BOARD_TABLE, "clinics": CLINICS}
TEMPLE = "/en-us/sciatica/texas/temple/"
TEXAS = "/en-us/sciatica/texas/"
SHREVEPORT = "/en-us/sciatica/louisiana/shreveport/"
SMALL = {"where": "population < 100000", "reason": "The town is small."}
REVIEWED = {"reviewer": {"name": "A. Person", "credentials": "MD"}, "last_reviewed": datetime.date(2026, 3, 1)}


def gated(folder: Path, **gate: Any) -> Path:
    return make_site(folder, ROWS, tables=TABLES, gate={"mode": "enforce"} | gate)


def verdicts(site: Path) -> dict[str, tuple[str, str, str]]:
    """What the ledger says of every address: state, verdict and reason."""
    with closing(sqlite3.connect(site / "output" / "ledger.sqlite")) as ledger:
        built = ledger.execute("SELECT path, state, verdict, reason FROM pages WHERE state IN ('live', 'noindex')")
        others = ledger.execute("SELECT path, 'unbuilt', verdict, reason FROM unbuilt")
        return {path: tuple(rest) for path, *rest in (*built.fetchall(), *others.fetchall())}


def kept_back(site: Path) -> set[str]:
    """Addresses that the gate names, but for the page for unknown ones."""
    return {path for path, (_, verdict, _) in verdicts(site).items() if verdict != "index" and path != "/404.html"}


def robots(built: Built, path: str) -> str:
    return str(built.page(path).find("meta", attrs={"name": "robots"})["content"])  # type: ignore[index]


def sitemaps(built: Built) -> str:
    return "".join(file.read_text("utf-8") for file in sorted((built.folder / "sitemaps").glob("*.xml")))


def links(page: BeautifulSoup) -> set[str]:
    return {str(link["href"]) for link in page.select("a[href]")}


def said(built: Built) -> str:
    return "\n".join(summary_lines(built.summary))


def test_without_a_mode_no_page_may_be_indexed_and_the_summary_says_why(tmp_path: Path) -> None:
    built = build(make_site(tmp_path, gate=None))
    pages = list(built.folder.rglob("*.html"))
    assert len(pages) == 22
    for file in pages:
        page = BeautifulSoup(file.read_text("utf-8"), "html.parser")
        assert page.find("meta", attrs={"name": "robots", "content": re.compile("noindex")}), file
        assert not page.select("link[rel=canonical], link[rel=alternate][hreflang]"), file
    assert not (built.folder / "sitemap.xml").exists()
    assert not (built.folder / "sitemaps").exists()
    assert "No page may be indexed: gate.mode is not set in content/site.yaml." in said(built)
    assert "  X-Robots-Tag: noindex\n" in built.text("/_headers")
    # A crawler that may not read a page cannot see that it asks not to be indexed.
    assert built.text("/robots.txt") == "User-agent: *\nDisallow:\n"


def test_a_site_built_for_another_address_is_not_indexed(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    built = build(site, "base_url=https://staging.example.com")
    assert robots(built, WACO) == "noindex, follow"
    assert "X-Robots-Tag: noindex" in built.text("/_headers")
    reason = f"https://staging.example.com is not the production address, {BASE}."
    assert verdicts(site)[WACO] == ("noindex", "noindex", reason)
    assert f"No page may be indexed: {reason}" in said(built)
    built = build(site)
    assert robots(built, WACO) != "noindex, follow"
    assert "X-Robots-Tag" not in built.text("/_headers")


def test_the_gate_can_name_the_production_address(tmp_path: Path) -> None:
    site = make_site(tmp_path, gate={"mode": "enforce", "production_url": "https://www.kaly.com"})
    assert robots(build(site), WACO) == "noindex, follow"
    assert robots(build(site, "base_url=https://www.kaly.com"), WACO) != "noindex, follow"


def test_a_gate_that_only_reports_changes_no_file_and_says_what_it_would_do(tmp_path: Path) -> None:
    plain = make_site(tmp_path / "plain", ROWS, tables=TABLES)
    before = tree(build(plain).folder)
    site = gated(tmp_path / "gated", mode="report", conditions=[SMALL | {"verdict": "fold"}])
    built = build(site)
    assert tree(built.folder) == before
    assert verdicts(site)[TEMPLE] == ("live", "fold", "The town is small.")
    assert "With gate.mode: enforce it would keep back 2 of 22 pages:\n    2 folded into their region's page" in said(
        built
    )


def test_a_page_that_is_not_indexed_leaves_sitemaps_and_alternates_and_keeps_its_links(tmp_path: Path) -> None:
    site = gated(tmp_path, conditions=[SMALL | {"verdict": "noindex", "topics": ["sciatica"]}])
    built = build(site)
    page = built.page(TEMPLE)
    assert robots(built, TEMPLE) == "noindex, follow"
    assert not page.select("link[rel=canonical], link[rel=alternate][hreflang]")
    assert "/es-us/ciatica/texas/temple/" in links(page)
    assert "temple" not in sitemaps(built)
    assert TEMPLE in links(built.page(TEXAS))
    assert verdicts(site)[TEMPLE] == ("noindex", "noindex", "The town is small.")
    assert kept_back(site) == {TEMPLE, "/es-us/ciatica/texas/temple/"}
    assert f"{BASE}{WACO}</loc>" in sitemaps(built)


def test_a_page_whose_translation_is_not_indexed_does_not_name_it_as_an_alternate(tmp_path: Path) -> None:
    site = gated(tmp_path, translation_reviewed=True)
    change(site, {ES: topic_text(slug="ciatica", translation="pending review")})
    built = build(site)
    assert not built.page(WACO).select("link[rel=alternate][hreflang]")
    assert WACO_ES in links(built.page(WACO))
    assert robots(built, WACO) != "noindex, follow"
    assert robots(built, WACO_ES) == "noindex, follow"
    assert verdicts(site)[WACO_ES][2] == f"The translation has not been reviewed. ({ES})"
    assert "/es-us/ciatica/" not in sitemaps(built)
    assert "es-us.ciatica" not in built.text("/sitemap.xml")
    assert not [file for file in (built.folder / "sitemaps").iterdir() if "es-us.ciatica" in file.name]
    # The home pages are nobody's translation.
    assert len(built.page("/en-us/").select("link[rel=alternate][hreflang]")) == 3


def test_a_folded_page_is_not_made_and_links_to_it_lead_to_its_region(tmp_path: Path) -> None:
    site = gated(tmp_path, conditions=[SMALL | {"verdict": "fold"}])
    built = build(site)
    assert not built.file(TEMPLE).exists()
    assert TEMPLE not in links(built.page(TEXAS))
    nearby = built.page(WACO).find(string=re.compile("Temple")).find_parent("a")  # type: ignore[union-attr]
    assert nearby["href"] == TEXAS  # type: ignore[index]
    assert "temple" not in sitemaps(built)
    assert verdicts(site)[TEMPLE] == ("unbuilt", "fold", "The town is small.")
    assert "/temple/" not in built.text("/_redirects")
    assert "The gate keeps back 2 of 22 pages:\n    2 folded into their region's page: The town is small." in said(
        built
    )


def test_a_page_that_is_folded_after_it_was_published_redirects_until_it_comes_back(tmp_path: Path) -> None:
    site = gated(tmp_path)
    build(site)
    fold = {SITE: site_text(tables=TABLES, gate={"mode": "enforce", "conditions": [SMALL | {"verdict": "fold"}]})}
    change(site, fold)
    built = build(site)
    assert f"{TEMPLE} {TEXAS} 302\n" in built.text("/_redirects")
    assert not built.file(TEMPLE).exists()
    # Also in every later build.
    change(site, {EN: topic_text(summary="Something else.")})
    built = build(site)
    assert f"{TEMPLE} {TEXAS} 302\n" in built.text("/_redirects")
    change(site, {SITE: site_text(tables=TABLES)})
    built = build(site)
    assert built.file(TEMPLE).exists()
    assert "temple" not in built.text("/_redirects")


def test_a_page_that_is_held_is_not_made_and_nothing_leads_to_it(tmp_path: Path) -> None:
    site = gated(tmp_path, conditions=[SMALL | {"verdict": "hold"}])
    built = build(site)
    assert not built.file(TEMPLE).exists()
    for file in built.folder.rglob("*.html"):
        assert TEMPLE not in file.read_text("utf-8"), file
    assert not any("Temple" in link.get_text() for link in built.page(WACO).select("a"))


def test_a_region_of_which_all_places_are_held_has_no_page_either(tmp_path: Path) -> None:
    condition = {"where": "region_code = 'LA'", "verdict": "hold", "reason": "Not yet."}
    site = gated(tmp_path, conditions=[condition])
    built = build(site)
    assert not (built.folder / "en-us" / "sciatica" / "louisiana").exists()
    assert "louisiana" not in built.text("/en-us/sciatica/")
    assert "louisiana" not in built.text("/sitemap.xml")
    assert verdicts(site)["/en-us/sciatica/louisiana/"][:2] == ("unbuilt", "fold")
    assert "louisiana" not in built.text("/es-us/ciatica/")


def test_a_region_of_which_all_places_are_folded_is_folded_itself_into_the_topic(tmp_path: Path) -> None:
    condition = {"where": "region_code = 'LA'", "verdict": "fold", "reason": "Too few."}
    site = gated(tmp_path)
    build(site)
    change(site, {SITE: site_text(tables=TABLES, gate={"mode": "enforce", "conditions": [condition]})})
    built = build(site)
    assert not built.file("/en-us/sciatica/louisiana/").exists()
    assert "louisiana" not in built.text("/en-us/sciatica/")
    assert f"{SHREVEPORT} /en-us/sciatica/ 302\n" in built.text("/_redirects")
    assert "/en-us/sciatica/louisiana/ /en-us/sciatica/ 302\n" in built.text("/_redirects")
    assert verdicts(site)["/en-us/sciatica/louisiana/"] == ("unbuilt", "fold", "No place of the region has a page.")


def test_a_report_counts_what_enforcing_would_keep_back(tmp_path: Path) -> None:
    condition = {"where": "region_code = 'LA'", "verdict": "hold", "reason": "Not yet."}
    reported = build(gated(tmp_path / "reported", mode="report", conditions=[condition]))
    enforced = build(gated(tmp_path / "enforced", conditions=[condition]))
    assert reported.summary.gate.kept_back == enforced.summary.gate.kept_back
    assert sum(reported.summary.gate.kept_back.values()) == 6


def test_processes_that_begin_anew_build_the_same(tmp_path: Path) -> None:
    gate = {"conditions": [SMALL | {"verdict": "noindex"}], "required": ["place.region.board"]}
    one, other = gated(tmp_path / "one", **gate), gated(tmp_path / "other", **gate)
    assert tree(build(one).folder) == tree(build(other, executor=ProcessesExecutor(2, "spawn")).folder)
    assert verdicts(one) == verdicts(other)


@pytest.mark.parametrize("verdict", ["fold", "hold"])
def test_an_article_must_not_link_to_a_page_that_is_not_made(tmp_path: Path, verdict: str) -> None:
    site = gated(tmp_path, conditions=[SMALL | {"verdict": verdict}])
    change(site, {EN: topic_text(f"\nAs [in Temple]({TEMPLE}).\n\n## More\n\nText.\n")})
    (found,) = errors(site)
    assert f"a link leads to {TEMPLE}, which the gate keeps without a page" in found
    assert found.startswith(EN)


def test_a_page_that_stays_for_a_faulty_row_keeps_its_last_verdict(tmp_path: Path) -> None:
    condition = {"where": "clinics is null and region_code = 'TX'", "verdict": "fold", "reason": "No clinic."}
    site = gated(tmp_path)
    change(site, {"content/tables/clinics.csv": "id,clinics\n4671654,12\n4684888,7\n4739526,3\n4735966,2\n"})
    gate = {"mode": "enforce", "conditions": [condition]}
    change(site, {SITE: site_text(tables=TABLES, gate=gate)})
    before = build(site)
    assert WACO in sitemaps(before)
    change(site, {"content/tables/clinics.csv": "id,clinics\n4671654,12\n4684888,7\n4739526,three\n4735966,2\n"})
    built = build(site)
    assert built.file(WACO).exists()
    assert WACO in sitemaps(built)
    assert "waco" not in built.text("/_redirects")
    assert WACO in links(built.page(TEXAS))


def test_a_redirect_to_a_page_that_is_folded_leads_to_its_region_for_now(tmp_path: Path) -> None:
    site = gated(tmp_path, conditions=[SMALL | {"verdict": "fold"}])
    change(site, {"content/redirects.csv": f"from,to\n/temple/,{TEMPLE}\n"})
    assert f"/temple/ {TEXAS} 302\n" in build(site).text("/_redirects")


def test_a_redirect_to_a_page_that_is_held_is_left_out_and_told(tmp_path: Path) -> None:
    site = gated(tmp_path, conditions=[SMALL | {"verdict": "hold"}])
    change(site, {"content/redirects.csv": f"from,to\n/temple/,{TEMPLE}\n"})
    built = build(site)
    assert "/temple/" not in built.text("/_redirects")
    assert (
        f"content/redirects.csv:2: the redirect from /temple/ is left out, since the gate holds back {TEMPLE}."
        " Let it lead to another page, or wait until that one is built."
    ) in built.messages


@pytest.mark.parametrize("column", ["Clinics", "local_facts", "boards_rows"])
def test_columns_that_a_condition_could_not_tell_apart_are_a_mistake(tmp_path: Path, column: str) -> None:
    columns = {"clinics": {"type": "integer"}, column: {}}
    change(site := gated(tmp_path), {"content/tables/clinics.csv": f"id,clinics,{column}\n4671654,12,3\n"})
    gate = {"mode": "enforce", "conditions": [SMALL | {"verdict": "fold"}]}
    change(site, {SITE: site_text(tables=TABLES | {"clinics": CLINICS | {"columns": columns}}, gate=gate)})
    (found,) = errors(site)
    assert "a condition of the gate would know two columns as" in found


def test_a_column_without_a_type_compares_as_a_number_where_it_is_one_and_may_be_long(tmp_path: Path) -> None:
    texts = {"content/tables/clinics.csv": f"id,clinics\n4671654,12\n4684888,2\n4739526,{'ñandú ' * 400}\n"}
    change(site := gated(tmp_path), texts)
    condition = {"where": "clinics < 3 or clinics like '%ú ñ%'", "verdict": "noindex", "reason": "So it is."}
    table = CLINICS | {"columns": {"clinics": {}}}
    gate = {"mode": "enforce", "conditions": [condition]}
    change(site, {SITE: site_text(tables=TABLES | {"clinics": table}, gate=gate)})
    build(site)
    assert {path.split("/")[-2] for path in kept_back(site)} == {"dallas", "waco"}


def test_a_reason_is_told_on_one_line(tmp_path: Path) -> None:
    site = gated(tmp_path, conditions=[SMALL | {"verdict": "fold", "reason": "Small.\n    9 not built: too small."}])
    assert "2 folded into their region's page: Small. 9 not built: too small.\n" in said(build(site)) + "\n"


def test_conditions_may_speak_of_tables_rows_and_local_facts(tmp_path: Path) -> None:
    expected = {
        "clinics < 10": {"dallas"},
        "clinics_rows = 0": {"lafayette", "shreveport", "temple", "waco"},
        "local_facts < 2": {"lafayette", "shreveport", "temple", "waco"},
        "region_board like 'Texas%' and clinics is null": {"temple", "waco"},
        "name = 'Waco'": {"waco"},
    }
    site = gated(tmp_path)
    for where, names in expected.items():
        condition = {"where": where, "verdict": "noindex", "reason": "So it is."}
        change(site, {SITE: site_text(tables=TABLES, gate={"mode": "enforce", "conditions": [condition]})})
        build(site)
        assert {path.split("/")[-2] for path in kept_back(site)} == names, where


def test_of_several_conditions_the_strictest_counts(tmp_path: Path) -> None:
    conditions = [
        SMALL | {"verdict": "noindex"},
        {"where": "name = 'Temple'", "verdict": "hold", "reason": "Not Temple."},
        {"where": "population > 0", "verdict": "noindex", "topics": ["sciatica"], "reason": "Last."},
    ]
    site = gated(tmp_path, conditions=conditions)
    build(site)
    assert verdicts(site)[TEMPLE] == ("unbuilt", "hold", "Not Temple.")
    assert verdicts(site)[WACO][2] == "Last."


def test_a_page_without_a_required_fact_is_not_indexed(tmp_path: Path) -> None:
    site = gated(tmp_path, required=["place.clinics", "place.region.board"])
    build(site)
    assert verdicts(site)[WACO] == ("noindex", "noindex", "place.clinics is empty.")
    assert verdicts(site)["/en-us/sciatica/texas/austin/"][0] == "live"


def test_a_medical_topic_without_a_reviewer_is_not_indexed(tmp_path: Path) -> None:
    site = gated(tmp_path, reviewed_within_days=365)
    built = build(site)
    assert verdicts(site)[WACO][2] == f"The medical topic names no reviewer. ({EN})"
    assert verdicts(site)[TEXAS][1] == "noindex"
    assert robots(built, "/en-us/") != "noindex, follow"
    change(site, {EN: topic_text(reviewer={"name": "A. Person", "credentials": "MD"})})
    build(site)
    assert verdicts(site)[WACO][2] == f"The medical topic names no date of review. ({EN})"
    change(site, {EN: topic_text(**REVIEWED)})
    built = build(site)
    assert verdicts(site)[WACO] == ("live", "index", "")


def test_a_review_grows_old_although_nobody_changes_anything(tmp_path: Path) -> None:
    site = gated(tmp_path, reviewed_within_days=100)
    change(site, {EN: topic_text(**REVIEWED), ES: topic_text(slug="ciatica", **REVIEWED)})
    assert robots(build(site), WACO) != "noindex, follow"
    last = REVIEWED["last_reviewed"] + datetime.timedelta(days=100)
    assert robots(build(site, now=last), WACO) != "noindex, follow"
    built = build(site, now=last + datetime.timedelta(days=1))
    assert robots(built, WACO) == "noindex, follow"
    assert verdicts(site)[WACO][2].startswith("The medical topic was last reviewed more than 100 days ago.")


MISTAKES: list[tuple[dict[str, Any], str]] = [
    (
        {"conditions": [SMALL | {"verdict": "fold", "where": "clincs < 3"}]},
        'names "clincs", which is not a column. Did you mean "clinics"?',
    ),
    (
        {"conditions": [SMALL | {"verdict": "fold", "where": "1; drop table places"}]},
        "gate.conditions[0].where cannot use",
    ),
    (
        {"conditions": [SMALL | {"verdict": "fold", "topics": ["sciatika"]}]},
        'names the topic "sciatika", which the site does not have. Did you mean "sciatica"?',
    ),
    (
        {"required": ["place.clinic"]},
        'gate.required names "place.clinic", which no table has. Did you mean "place.clinics"?',
    ),
    ({"mode": "enforced"}, "gate.mode"),
]


@pytest.mark.parametrize(("gate", "message"), MISTAKES)
def test_a_mistake_in_the_policy_is_told_with_its_line(tmp_path: Path, gate: dict[str, Any], message: str) -> None:
    site = gated(tmp_path, **gate)
    (found,) = errors(site)
    assert found.startswith("content/site.yaml:")
    assert message in found


LEFT_OUT = '<meta name="googlebot" content="max-snippet:5, NOINDEX">'


TAGS = [LEFT_OUT, "<meta content='none' name=robots>", '<meta name="robots" content="&#110;oindex">']


@pytest.mark.parametrize("tag", TAGS)
def test_a_template_that_keeps_pages_from_search_engines_by_itself_stops_the_build(tmp_path: Path, tag: str) -> None:
    site = make_site(tmp_path)
    template = site / "templates" / "base.html"
    template.write_text(template.read_text("utf-8").replace("</head>", f"{tag}</head>"), "utf-8")
    found = errors(site)
    assert any("templates/place.html: the page asks search engines not to index it" in line for line in found)


def test_it_stops_also_when_the_gate_has_kept_the_pages_back_until_now(tmp_path: Path) -> None:
    site = make_site(tmp_path, gate=None)
    template = site / "templates" / "base.html"
    template.write_text(template.read_text("utf-8").replace("</head>", f"{LEFT_OUT}</head>"), "utf-8")
    build(site)
    change(site, {SITE: site_text()})
    assert any("the page asks search engines not to index it" in line for line in errors(site))


def test_it_stops_also_where_the_first_place_is_kept_back_by_the_gate(tmp_path: Path) -> None:
    first = {"where": "name = 'Lafayette'", "verdict": "noindex", "reason": "Not yet."}
    site = gated(tmp_path, conditions=[first])
    template = site / "templates" / "base.html"
    tag = f"{{% if place %}}{LEFT_OUT}{{% endif %}}"
    template.write_text(template.read_text("utf-8").replace("</head>", f"{tag}</head>"), "utf-8")
    assert any("the page asks search engines not to index it" in line for line in errors(site))


def test_a_page_that_does_it_for_a_few_places_only_is_left_as_it_was(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    template = site / "templates" / "base.html"
    tag = f"{{% if place and place.population < 100000 %}}{LEFT_OUT}{{% endif %}}"
    template.write_text(template.read_text("utf-8").replace("</head>", f"{tag}</head>"), "utf-8")
    built = build(site)
    assert not built.file(TEMPLE).exists()
    assert any("the page asks search engines not to index it" in message for message in built.messages)


def test_a_comment_or_a_rule_for_pictures_is_no_wish_to_be_left_out(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    template = site / "templates" / "base.html"
    tag = f'<!-- {LEFT_OUT} --><meta name="googlebot" content="max-image-preview:none">'
    template.write_text(template.read_text("utf-8").replace("</head>", f"{tag}</head>"), "utf-8")
    build(site)


def test_an_author_may_write_of_noindex(tmp_path: Path) -> None:
    site = make_site(tmp_path, {EN: topic_text("\nWe say noindex, and none.\n\n## More\n\nText.\n")})
    build(site)


def test_what_the_gate_said_is_said_again_when_nothing_has_changed(tmp_path: Path) -> None:
    site = gated(tmp_path, conditions=[SMALL | {"verdict": "noindex"}])
    first, second = build(site, now=NOW), build(site, now=NOW)
    assert second.summary.gate == first.summary.gate
    assert not second.summary.written
