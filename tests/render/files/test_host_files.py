"""What hosts and crawlers read: sitemaps, robots.txt, _headers and _redirects."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.sites import BASE, PLACES, WACO, WACO_ES, Built, build, errors, make_site, places_text

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def entries(built: Built, path: str) -> dict[str, list[tuple[str, str]]]:
    """The addresses of one sitemap, each with its alternates."""
    root = ElementTree.fromstring(built.text(path))
    return {
        url.findtext(f"{SITEMAP}loc", ""): [(link.get("hreflang", ""), link.get("href", "")) for link in url.iter(LINK)]
        for url in root.iter(f"{SITEMAP}url")
    }


def named_sitemaps(built: Built) -> list[str]:
    root = ElementTree.fromstring(built.text("/sitemap.xml"))
    return [(location.text or "").removeprefix(BASE) for location in root.iter(f"{SITEMAP}loc")]


def test_there_is_a_sitemap_for_every_topic_locale_and_region(usual: Built) -> None:
    assert named_sitemaps(usual) == [
        "/sitemaps/site.xml",
        "/sitemaps/en-us.xml",
        "/sitemaps/es-us.xml",
        "/sitemaps/en-us.sciatica.us-louisiana.xml",
        "/sitemaps/en-us.sciatica.us-texas.xml",
        "/sitemaps/es-us.ciatica.us-louisiana.xml",
        "/sitemaps/es-us.ciatica.us-texas.xml",
    ]


def test_the_index_names_exactly_the_sitemaps_that_are_there(usual: Built) -> None:
    assert sorted(named_sitemaps(usual)) == sorted(f"/sitemaps/{file.name}" for file in usual.folder.glob("sitemaps/*"))


def test_the_sitemaps_list_exactly_the_indexable_pages_once(usual: Built) -> None:
    listed = [address for path in named_sitemaps(usual) for address in entries(usual, path)]
    pages = (file.parent.relative_to(usual.folder).as_posix() for file in usual.folder.rglob("index.html"))
    assert sorted(listed) == sorted(f"{BASE}/" if page == "." else f"{BASE}/{page}/" for page in pages)


def test_the_alternates_of_a_sitemap_are_those_of_the_page(usual: Built) -> None:
    for path in named_sitemaps(usual):
        for address, alternates in entries(usual, path).items():
            links = usual.page(address.removeprefix(BASE)).select("link[rel=alternate]")
            assert alternates == [(link["hreflang"], link["href"]) for link in links]
            assert alternates


def test_no_sitemap_claims_a_date_a_priority_or_a_frequency(usual: Built) -> None:
    for path in ["/sitemap.xml", *named_sitemaps(usual)]:
        assert not any(word in usual.text(path) for word in ("lastmod", "priority", "changefreq"))


def test_robots_may_read_everything_unless_asked_otherwise(usual: Built) -> None:
    assert usual.text("/robots.txt") == f"User-agent: *\nDisallow:\n\nSitemap: {BASE}/sitemap.xml\n"


def test_crawlers_of_ai_companies_are_refused_by_purpose_and_by_name(tmp_path: Path) -> None:
    built = build(make_site(tmp_path), "robots.ai_training=disallow", "robots.disallow_agents=[BadBot, GPTBot]")
    refused = built.text("/robots.txt").split("\n\n")[1].splitlines()
    assert refused[-1] == "Disallow: /"
    agents = [line.removeprefix("User-agent: ") for line in refused[:-1]]
    assert {"GPTBot", "CCBot", "Google-Extended", "BadBot"} <= set(agents)
    assert "OAI-SearchBot" not in agents
    assert len(agents) == len(set(agents))


def test_pages_are_served_over_https_only_without_claiming_subdomains_or_preload(usual: Built) -> None:
    assert "  Strict-Transport-Security: max-age=31536000\n" in usual.text("/_headers")


def test_subdomains_and_preload_are_claimed_when_configured(tmp_path: Path) -> None:
    hsts = {"max_age_days": 730, "include_subdomains": True, "preload": True}
    built = build(make_site(tmp_path, hsts=hsts))
    assert "  Strict-Transport-Security: max-age=63072000; includeSubDomains; preload\n" in built.text("/_headers")


def test_files_with_a_digest_in_their_name_are_kept_by_browsers_for_a_year(usual: Built) -> None:
    assert "\n/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n" in usual.text("/_headers")
    assert all("-" in file.stem for file in usual.folder.glob("assets/*"))


def redirected(folder: Path, rows: str, **cells: dict[str, object]) -> Path:
    return make_site(folder, {"content/redirects.csv": f"from,to,status\n{rows}", PLACES: places_text(**cells)})


def test_without_redirects_the_file_is_empty(usual: Built) -> None:
    assert usual.text("/_redirects") == ""


def test_a_redirect_may_lead_to_a_page_or_to_another_site(tmp_path: Path) -> None:
    built = build(redirected(tmp_path, f"/old/,{WACO}#faq,\n/away,https://example.org/x,302\n"))
    assert built.text("/_redirects") == f"/away https://example.org/x 302\n/old/ {WACO}#faq 301\n"


def test_a_chain_of_redirects_becomes_one_step_each(tmp_path: Path) -> None:
    built = build(redirected(tmp_path, f"/a/,/b/,\n/b/,/c/,\n/c/,{WACO},\n"))
    assert built.text("/_redirects") == "".join(f"/{letter}/ {WACO} 301\n" for letter in "abc")


def test_redirects_that_go_round_in_a_circle_are_refused(tmp_path: Path) -> None:
    at = "content/redirects.csv"
    assert errors(redirected(tmp_path, "/a/,/b/,\n/b/,/a/,\n/c/,/c/,\n")) == [
        f"{at}:2: this redirect goes round in a circle: /a/ → /b/ → /a/. Remove one step.",
        f"{at}:3: this redirect goes round in a circle: /b/ → /a/ → /b/. Remove one step.",
        f"{at}:4: this redirect goes round in a circle: /c/ → /c/. Remove one step.",
    ]


def test_a_redirect_to_a_page_that_is_not_there_is_refused(tmp_path: Path) -> None:
    missing = "this redirect leads to"
    assert errors(redirected(tmp_path, f"/a/,/nowhere/,\n/b/,{WACO[:-1]},\n")) == [
        f"content/redirects.csv:2: {missing} /nowhere/, which the site does not have. Name a page that the site has.",
        f"content/redirects.csv:3: {missing} {WACO[:-1]}, which the site does not have."
        f" Write {WACO} with a slash at its end.",
    ]


def test_a_redirect_that_would_hide_a_page_is_refused(tmp_path: Path) -> None:
    assert errors(redirected(tmp_path, f"{WACO},/en-us/,\n")) == [
        f"content/redirects.csv:2: {WACO} is a page (content/topics/sciatica/en-US.md:2 for Waco"
        f" (content/places/us.csv:7)), which a redirect would hide. Remove the redirect, or the page."
    ]


def test_the_former_slugs_of_a_renamed_place_lead_to_it_in_every_language(tmp_path: Path) -> None:
    waco: Any = {"slug": "new-waco", "former_slugs": "waco old-waco"}
    built = build(redirected(tmp_path, "", Waco=waco))
    prefix, prefix_es = WACO.removesuffix("waco/"), WACO_ES.removesuffix("waco/")
    assert built.text("/_redirects").splitlines() == [
        f"{prefix}old-waco/ {prefix}new-waco/ 301",
        f"{prefix}waco/ {prefix}new-waco/ 301",
        f"{prefix_es}old-waco/ {prefix_es}new-waco/ 301",
        f"{prefix_es}waco/ {prefix_es}new-waco/ 301",
    ]
    assert built.file(f"{prefix}new-waco/").is_file()
    assert not built.file(WACO).exists()


def test_a_redirect_to_a_former_slug_leads_straight_to_the_place(tmp_path: Path) -> None:
    waco: Any = {"slug": "new-waco", "former_slugs": "waco"}
    built = build(redirected(tmp_path, f"/short,{WACO},\n", Waco=waco))
    assert f"/short {WACO.replace('waco', 'new-waco')} 301" in built.text("/_redirects").splitlines()


def test_public_files_are_published_as_they_are(tmp_path: Path) -> None:
    built = build(make_site(tmp_path, {"content/public/.well-known/proof.txt": b"\xff\x00yes"}))
    assert built.file("/.well-known/proof.txt").read_bytes() == b"\xff\x00yes"
