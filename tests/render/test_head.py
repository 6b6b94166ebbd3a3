"""What a page's head says to browsers, crawlers and those who preview a link."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from tests.sites import ANYTHING_GOES, BASE, EN, WACO, WACO_ES, Built, build, make_site, topic_text


def meta(page: BeautifulSoup, name: str) -> list[str]:
    found = page.find_all("meta", attrs={"name": name}) + page.find_all("meta", attrs={"property": name})
    return [str(tag["content"]) for tag in found]


def test_a_page_names_its_language_and_direction(usual: Built) -> None:
    assert [(usual.page(path).html["lang"], usual.page(path).html["dir"]) for path in (WACO, WACO_ES)] == [
        ("en-US", "ltr"),
        ("es-US", "ltr"),
    ]


def test_the_title_and_the_description_are_the_topics_own_words_for_the_place(usual: Built) -> None:
    page = usual.page(WACO)
    assert [title.text for title in page.head.find_all("title")] == ["Injections in Waco, TX"]
    assert meta(page, "description") == ["How they work in Waco."]


def test_the_canonical_address_is_the_pages_own(usual: Built) -> None:
    assert [link["href"] for link in usual.page(WACO).select("link[rel=canonical]")] == [BASE + WACO]


def test_alternates_name_every_language_the_page_itself_and_a_default(usual: Built) -> None:
    expected = [("en-US", BASE + WACO), ("es-US", BASE + WACO_ES), ("x-default", BASE + WACO)]
    for path in (WACO, WACO_ES):
        links = usual.page(path).select("link[rel=alternate]")
        assert [(link["hreflang"], link["href"]) for link in links] == expected


def test_the_language_chooser_is_the_default_of_the_home_pages_only(usual: Built) -> None:
    defaults = {
        path: usual.page(path).select_one("link[hreflang=x-default]")["href"]
        for path in ("/", "/en-us/", "/es-us/", "/en-us/sciatica/", "/es-us/ciatica/texas/")
    }
    assert defaults == {
        "/": BASE + "/",
        "/en-us/": BASE + "/",
        "/es-us/": BASE + "/",
        "/en-us/sciatica/": BASE + "/en-us/sciatica/",
        "/es-us/ciatica/texas/": BASE + "/en-us/sciatica/texas/",
    }


def test_a_page_in_one_language_only_has_no_alternates(tmp_path: Path) -> None:
    built = build(make_site(tmp_path, {"content/topics/sciatica/es-US.md": None}))
    assert built.page(WACO).select("link[rel=alternate]") == []
    assert not built.file("/es-us/ciatica/").exists()


def test_robots_may_show_large_pictures_of_every_page_and_must_not_index_the_404_page(usual: Built) -> None:
    assert meta(usual.page(WACO), "robots") == ["max-image-preview:large"]
    assert meta(usual.page("/404.html"), "robots") == ["noindex, follow"]


def test_the_404_page_has_neither_canonical_address_nor_alternates_nor_structured_data(usual: Built) -> None:
    page = usual.page("/404.html")
    assert page.select("link[rel=canonical], link[rel=alternate], script") == []


def test_open_graph_repeats_what_the_page_says_of_itself(usual: Built) -> None:
    page = usual.page(WACO)
    names = ("type", "site_name", "title", "description", "url", "locale", "locale:alternate")
    assert [meta(page, f"og:{name}") for name in names] == [
        ["website"],
        ["Kaly"],
        ["Injections in Waco, TX"],
        ["How they work in Waco."],
        [BASE + WACO],
        ["en_US"],
        ["es_US"],
    ]


def test_the_social_card_is_a_picture_of_the_size_that_the_page_says(usual: Built) -> None:
    page = usual.page(WACO)
    (address,) = meta(page, "og:image")
    assert meta(page, "twitter:image") == [address]
    with Image.open(usual.file(address.removeprefix(BASE))) as card:
        stated = (meta(page, "og:image:width"), meta(page, "og:image:height"))
        assert stated == ([str(card.width)], [str(card.height)]) == (["1200"], ["630"])


def test_the_twitter_card_repeats_title_and_description(usual: Built) -> None:
    page = usual.page(WACO)
    assert [meta(page, f"twitter:{name}") for name in ("card", "title", "description")] == [
        ["summary_large_image"],
        ["Injections in Waco, TX"],
        ["How they work in Waco."],
    ]


def test_the_icons_are_files_of_the_site_one_over_48_pixels_and_one_scalable(usual: Built) -> None:
    links = usual.page(WACO).select("link[rel=icon], link[rel=apple-touch-icon]")
    assert [(link.get("type"), link.get("sizes")) for link in links] == [
        ("image/png", "192x192"),
        ("image/svg+xml", "any"),
        (None, None),
    ]
    with Image.open(usual.file(str(links[0]["href"]))) as icon:
        assert icon.size == (192, 192)
    assert usual.file(str(links[1]["href"])).read_bytes().startswith(b"<svg ")
    assert usual.file(str(links[2]["href"])).is_file()
    assert usual.file("/favicon.ico").is_file()


def test_the_theme_colour_is_the_configured_one(tmp_path: Path) -> None:
    built = build(make_site(tmp_path), "head.theme_color='#123456'")
    assert meta(built.page(WACO), "theme-color") == ["#123456"]
    assert '"#123456"' in next(built.folder.glob("assets/icon-*.svg")).read_text("utf-8")


def test_a_verification_token_stands_on_every_page_and_without_one_there_is_no_tag(
    usual: Built, tmp_path: Path
) -> None:
    built = build(make_site(tmp_path, head={"verification": {"google": "abc", "bing": "<def>"}}))
    for path in ("/", WACO):
        page = built.page(path)
        assert [meta(page, "google-site-verification"), meta(page, "msvalidate.01")] == [["abc"], ["<def>"]]
    assert "google-site-verification" not in usual.text(WACO)
    assert "yandex" not in built.text(WACO)


def policy(built: Built) -> dict[str, str]:
    (line,) = (line for line in built.text("/_headers").splitlines() if "Content-Security-Policy:" in line)
    directives = line.partition(": ")[2].split("; ")
    return {name: value for name, _, value in (directive.partition(" ") for directive in directives)}


def test_without_analytics_no_page_loads_a_script_and_the_policy_allows_none(usual: Built) -> None:
    for path in ("/", "/en-us/", "/en-us/sciatica/", "/en-us/sciatica/texas/", WACO):
        assert usual.page(path).select("script:not([type='application/ld+json'])") == []
    assert "script-src" not in policy(usual)
    assert policy(usual)["default-src"] == "'none'"


def test_analytics_add_one_script_and_extend_the_policy_by_exactly_its_host(usual: Built, tmp_path: Path) -> None:
    script = "https://stats.example.net/script.js?a=1&b=2"
    built = build(make_site(tmp_path, analytics={"script": script, "attributes": {"data-site": 'a "b"'}}))
    (tag,) = built.page(WACO).select("script:not([type='application/ld+json'])")
    assert (tag["src"], tag["data-site"], tag.text) == (script, 'a "b"', "")
    host = "https://stats.example.net"
    without = policy(usual)
    assert policy(built) == without | {
        "script-src": host,
        "connect-src": f"{without['connect-src']} {host}",
        "img-src": f"{without['img-src']} {host}",
    }


@pytest.mark.parametrize("path", ["/", "/404.html", "/en-us/", "/es-us/ciatica/", WACO])
def test_the_policy_allows_the_pages_style_by_its_hash_and_no_style_attribute_needs_more(
    usual: Built, path: str
) -> None:
    page = usual.page(path)
    (style,) = page.find_all("style")
    digest = base64.b64encode(hashlib.sha256((style.string or "").encode()).digest()).decode()
    assert policy(usual)["style-src"] == f"'sha256-{digest}'"
    assert page.select("[style], [onclick], link[rel=stylesheet]") == []


WIDE = "Injections that are described at a length that no results page shows in one line, in {{ place.name }}"


def test_the_first_title_that_fits_is_used(tmp_path: Path) -> None:
    wide = f"{{% if place %}}{WIDE}{{% else %}}All{{% endif %}}"
    variants = [wide, "Injections, {{ place.name if place else 'all' }}", "Short"]
    built = build(make_site(tmp_path, {EN: topic_text(title=variants)}))
    assert built.page(WACO).title.text == "Injections, Waco"


def test_a_wording_fits_by_the_width_of_its_letters_not_by_their_number(tmp_path: Path) -> None:
    narrow, wide = "i" * 80, "W" * 40
    built = build(make_site(tmp_path, {EN: topic_text(title=[wide, narrow, "Short"])}, checks=ANYTHING_GOES))
    assert built.page(WACO).title.text == narrow


def test_the_last_title_is_used_when_none_fits(tmp_path: Path) -> None:
    built = build(make_site(tmp_path, {EN: topic_text(title=["W" * 60, "W" * 50])}, checks=ANYTHING_GOES))
    assert built.page(WACO).title.text == "W" * 50


def test_the_first_description_that_fits_is_used(tmp_path: Path) -> None:
    built = build(
        make_site(tmp_path, {EN: topic_text(description=["Long words. " * 30, "Fitting words. " * 5, "Short"])})
    )
    assert meta(built.page(WACO), "description") == [("Fitting words. " * 5).strip()]
