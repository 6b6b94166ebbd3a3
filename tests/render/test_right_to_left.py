"""A language that is written from right to left."""

from __future__ import annotations

import pytest

from tests.render.arabic import arabic_catalogue
from tests.sites import EN, ES, LOCALE, Built, build, make_site, topic_text

WACO_AR = "/ar/sciatica/texas/waco/"


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Built:
    files = {
        "content/topics/sciatica/ar.md": topic_text("\nمرحبا.\n"),
        "content/locales/ar/LC_MESSAGES/messages.po": arabic_catalogue(),
        EN: topic_text(),
        ES: None,
    }
    return build(make_site(tmp_path_factory.mktemp("arabic"), files, locales={"en-US": LOCALE, "ar": LOCALE}))


def test_its_pages_run_from_right_to_left(arabic: Built) -> None:
    assert {(arabic.page(path).html["lang"], arabic.page(path).html["dir"]) for path in ("/ar/", WACO_AR)} == {
        ("ar", "rtl")
    }
    assert arabic.page("/en-us/").html["dir"] == "ltr"


def test_its_pages_show_the_words_of_its_catalogue_and_no_english_ones(arabic: Built) -> None:
    page = arabic.page(WACO_AR)
    assert page.select_one(".facts dt").get_text() == "كلمات"
    assert not any(word in page.get_text() for word in ("Population", "Nearby", "Skip to"))


def test_a_link_to_the_other_language_has_that_languages_direction(arabic: Built) -> None:
    for path, language, direction in (
        ("/en-us/sciatica/texas/waco/", "ar", "rtl"),
        (WACO_AR, "en-US", "ltr"),
    ):
        links = arabic.page(path).select(f"a[hreflang={language}]")
        assert links
        assert {(link["lang"], link["dir"]) for link in links} == {(language, direction)}


def test_names_in_the_other_direction_are_set_apart(arabic: Built) -> None:
    page = arabic.page(WACO_AR)
    nearby = page.select("[aria-labelledby=page-nearby] li bdi")
    assert nearby
    assert "Temple" in nearby[0].get_text()
