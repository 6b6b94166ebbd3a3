"""What the publish gate keeps back is left out wherever else the site speaks of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.plan.gates import (
    SHREVEPORT,
    SMALL,
    TABLES,
    TEMPLE,
    TEXAS,
    gated,
    kept_back,
    links,
    robots,
    said,
    sitemaps,
    verdicts,
)
from tests.sites import (
    BASE,
    EN,
    ES,
    SITE,
    WACO,
    WACO_ES,
    build,
    change,
    errors,
    publish,
    site_text,
    topic_text,
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
    assert "The gate keeps back 2 of 22 pages:\n    2 folded into the page above them: The town is small." in said(
        built
    )


def test_a_page_that_is_folded_after_it_was_published_redirects_until_it_comes_back(tmp_path: Path) -> None:
    site = gated(tmp_path)
    publish(site)
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
    site = gated(tmp_path, conditions=[SMALL | {"verdict": "withhold"}])
    built = build(site)
    assert not built.file(TEMPLE).exists()
    for file in built.folder.rglob("*.html"):
        assert TEMPLE not in file.read_text("utf-8"), file
    assert not any("Temple" in link.get_text() for link in built.page(WACO).select("a"))


def test_a_region_of_which_all_places_are_held_has_no_page_either(tmp_path: Path) -> None:
    condition = {"where": "region_code = 'LA'", "verdict": "withhold", "reason": "Not yet."}
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
    publish(site)
    change(site, {SITE: site_text(tables=TABLES, gate={"mode": "enforce", "conditions": [condition]})})
    built = build(site)
    assert not built.file("/en-us/sciatica/louisiana/").exists()
    assert "louisiana" not in built.text("/en-us/sciatica/")
    assert f"{SHREVEPORT} /en-us/sciatica/ 302\n" in built.text("/_redirects")
    assert "/en-us/sciatica/louisiana/ /en-us/sciatica/ 302\n" in built.text("/_redirects")
    assert verdicts(site)["/en-us/sciatica/louisiana/"] == ("unbuilt", "fold", "No place of the region has a page.")


@pytest.mark.parametrize("verdict", ["fold", "withhold"])
def test_an_article_must_not_link_to_a_page_that_is_not_made(tmp_path: Path, verdict: str) -> None:
    site = gated(tmp_path, conditions=[SMALL | {"verdict": verdict}])
    change(site, {EN: topic_text(f"\nAs [in Temple]({TEMPLE}).\n\n## More\n\nText.\n")})
    (found,) = errors(site)
    assert f"a link leads to {TEMPLE}, which the gate keeps without a page" in found
    assert found.startswith(EN)


def test_a_redirect_to_a_page_that_is_folded_leads_to_its_region_for_now(tmp_path: Path) -> None:
    site = gated(tmp_path, conditions=[SMALL | {"verdict": "fold"}])
    change(site, {"content/redirects.csv": f"from,to\n/temple/,{TEMPLE}\n"})
    assert f"/temple/ {TEXAS} 302\n" in build(site).text("/_redirects")


def test_a_redirect_to_a_page_that_is_held_is_left_out_and_told(tmp_path: Path) -> None:
    site = gated(tmp_path, conditions=[SMALL | {"verdict": "withhold"}])
    change(site, {"content/redirects.csv": f"from,to\n/temple/,{TEMPLE}\n"})
    built = build(site)
    assert "/temple/" not in built.text("/_redirects")
    assert (
        f"content/redirects.csv:2: the redirect from /temple/ is left out, since the gate holds back {TEMPLE}."
        " Let it lead to another page, or wait until that one is built."
    ) in built.messages
