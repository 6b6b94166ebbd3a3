"""Every mistake an author can make is told with its file, its line and its cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import (
    BASE,
    BOARDS,
    CATALOGUE,
    EN,
    ES,
    HOME,
    LOCALE,
    PLACES,
    REPOSITORY,
    SITE,
    WACO,
    build,
    change,
    errors,
    line_of,
    make_site,
    places_text,
    site_text,
    topic_text,
)


def said_of_topic(folder: Path, text: str) -> list[str]:
    """What is said of an English topic with this text, without the file's name."""
    messages = errors(make_site(folder, {EN: text, ES: None}))
    assert all(message.startswith(f"{EN}:") for message in messages)
    return [message.removeprefix(f"{EN}:") for message in messages]


def test_broken_yaml_in_the_configuration(tmp_path: Path) -> None:
    text = site_text().replace("brand: ", "brand: a: ")
    assert errors(make_site(tmp_path, {SITE: text})) == [
        f"{SITE}:1: this is not valid YAML: mapping values are not allowed in this context."
        ' Close every quotation mark, put them around a value that contains ": ", and check the indentation.'
    ]


def test_broken_yaml_in_front_matter(tmp_path: Path) -> None:
    text = topic_text().replace("nav_label: ", "nav_label:\t- ")
    (message,) = said_of_topic(tmp_path, text)
    assert message.startswith(f"{line_of(text, 'nav_label')}: this is not valid YAML: ")
    assert message.endswith(" Indent with spaces, not tabs.")


def test_an_unknown_key_of_the_configuration(tmp_path: Path) -> None:
    text = site_text() + "analitics: 1\n"
    assert errors(make_site(tmp_path, {SITE: text})) == [
        f'{SITE}:{line_of(text, "analitics")}: unknown key "analitics". Did you mean "analytics"?'
    ]


def test_an_unknown_key_of_a_topic(tmp_path: Path) -> None:
    text = topic_text(sulg="x")
    assert said_of_topic(tmp_path, text) == [f'{line_of(text, "sulg")}: unknown key "sulg". Did you mean "slug"?']


def test_a_missing_key(tmp_path: Path) -> None:
    assert said_of_topic(tmp_path, topic_text(nav_label=None)) == ['2: the key "nav_label" is missing. Add it.']


def test_a_key_that_stands_twice(tmp_path: Path) -> None:
    text = topic_text().replace("nav_label:", "slug: other\nnav_label:")
    assert said_of_topic(tmp_path, text) == ['4: the key "slug" stands twice. The first is on line 2. Keep one.']


def test_a_value_of_the_wrong_kind(tmp_path: Path) -> None:
    text = topic_text(title="One title")
    (message,) = said_of_topic(tmp_path, text)
    assert message == (
        f"{line_of(text, 'title:')}: \"title\" is 'One title': it must be a list."
        ' Write each item on its own line, beginning with "- ".'
    )


def test_a_schema_type_that_is_not_known(tmp_path: Path) -> None:
    (message,) = said_of_topic(tmp_path, topic_text(schema_type="MedicalTerapy"))
    assert message.startswith("5: \"schema_type\" is 'MedicalTerapy': ")


def test_a_day_that_the_calendar_does_not_have(tmp_path: Path) -> None:
    text = topic_text(updated="DAY").replace('"DAY"', "2026-02-30")
    assert (
        f"{line_of(text, 'updated')}: 2026-02-30 is no day of the calendar. Write year-month-day, like 2026-08-01."
        in (said_of_topic(tmp_path, text))
    )


def test_a_topic_without_front_matter(tmp_path: Path) -> None:
    assert said_of_topic(tmp_path, "Hello\n") == [
        "1: the file does not begin with front matter. Begin it with a line ---."
    ]


def test_front_matter_without_an_end(tmp_path: Path) -> None:
    assert said_of_topic(tmp_path, "---\nslug: x\n") == [
        "1: the front matter has no end. Add a line --- after its last key."
    ]


def test_a_topic_that_is_not_utf_8(tmp_path: Path) -> None:
    site = make_site(tmp_path, {ES: None})
    change(site, {EN: topic_text().encode() + b"\xe9"})
    assert errors(site) == [f"{EN}: the file is not UTF-8 (at byte {len(topic_text())}). Save it as UTF-8."]


def test_a_site_without_a_configuration(tmp_path: Path) -> None:
    assert errors(make_site(tmp_path, {SITE: None})) == [
        f"{SITE}: the file is missing. Is {tmp_path.resolve()} the folder of a site? --site DIR names another."
    ]


def test_a_site_without_a_topic(tmp_path: Path) -> None:
    site = make_site(tmp_path, {EN: None, ES: None})
    assert errors(site) == [
        "content/topics: there is no topic. Add a folder with a file like en-US.md; README.md shows how."
    ]


def test_a_locale_without_a_catalogue(tmp_path: Path) -> None:
    assert errors(make_site(tmp_path, {CATALOGUE: None})) == [
        f"{CATALOGUE}: the locale es-US has no catalogue, so its pages would show English words."
        " Copy another locale's messages.po there and translate it."
    ]


def test_a_message_that_is_not_translated(tmp_path: Path) -> None:
    whole = (REPOSITORY / CATALOGUE).read_text("utf-8")
    at = whole.index('msgid "Nearest cities"')
    without = whole[:at] + whole[at:].replace(whole[at:].split("\n")[1], 'msgstr ""', 1)
    line = whole.count("\n", 0, at) + 1
    assert errors(make_site(tmp_path, {CATALOGUE: without})) == [
        f'{CATALOGUE}:{line}: the message "Nearest cities" is not translated. Add its translation.'
    ]


def test_a_translation_that_lost_a_placeholder(tmp_path: Path) -> None:
    whole = (REPOSITORY / CATALOGUE).read_text("utf-8")
    wrong = whole.replace('msgstr "a %(distance)s"', 'msgstr "a %(distancia)s"')
    assert wrong != whole
    line = line_of(wrong, 'msgid "%(distance)s away"')
    (message,) = errors(make_site(tmp_path, {CATALOGUE: wrong}))
    assert message == (f"{CATALOGUE}:{line}: unknown named placeholder 'distancia'. Keep the placeholders as they are.")


def test_a_topic_in_a_language_that_the_site_does_not_have(tmp_path: Path) -> None:
    assert errors(make_site(tmp_path, {"content/topics/sciatica/es-MX.md": topic_text()})) == [
        'content/topics/sciatica/es-MX.md: site.yaml has no locale "es-MX". Did you mean "es-US"?'
    ]


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        (
            "es-419",
            'search engines do not accept "es-419" in hreflang.'
            " Use a two-letter language, alone or with a two-letter country.",
        ),
        ("es_US", '"es_US" is no language that is known. Write a tag like en-US or es-US.'),
        ("xx", '"xx" is no language that is known. Write a tag like en-US or es-US.'),
        ("es-us", '"es-us" is not spelled as language tags are. Write "es-US".'),
        (
            "haw",
            'search engines do not accept "haw" in hreflang.'
            " Use a two-letter language, alone or with a two-letter country.",
        ),
    ],
)
def test_a_language_tag_that_search_engines_do_not_know(tmp_path: Path, tag: str, said: str) -> None:
    assert errors(make_site(tmp_path, {ES: None}, locales={"en-US": LOCALE, tag: LOCALE})) == [f"{SITE}:3: {said}"]


def test_a_medical_topic_without_the_notice_that_it_owes_its_readers(tmp_path: Path) -> None:
    site = make_site(tmp_path, {ES: None}, locales={"en-US": {"countries": ["US"], "home": HOME}})
    assert errors(site) == [
        f"{SITE}:3: locales.en-US has no disclaimer, and {EN} is a medical topic."
        " Add the key disclaimer with the notice that its pages must show."
    ]


def test_two_topics_with_one_address(tmp_path: Path) -> None:
    other = "content/topics/other/en-US.md"
    # Said once, though the two collide in every region and on every place.
    assert errors(make_site(tmp_path, {other: topic_text(), ES: None})) == [
        f"{EN}:2: the address /en-us/sciatica/ is already taken by {other}:2. Give one of them another slug."
    ]


def test_a_place_with_the_address_of_another_page(tmp_path: Path) -> None:
    urls = {"region": "/{locale}/{topic}/{region}/", "place": "/{locale}/{topic}/{place}/"}
    site = make_site(tmp_path, {PLACES: places_text(Waco={"slug": "texas"}), ES: None}, urls=urls)
    assert errors(site) == [
        f"{EN}:2 for the region Texas: the address /en-us/sciatica/texas/ is already taken by {EN}:2 for Waco"
        f" ({PLACES}:7). Give one of them another slug."
    ]


def test_a_page_in_the_generators_own_folders(tmp_path: Path) -> None:
    urls = {"topic": "/{topic}/{locale}/"}
    site = make_site(tmp_path, {EN: topic_text(slug="assets"), ES: None}, urls=urls)
    assert errors(site) == [
        f"{EN}:2: the address /assets/en-us/ lies in a folder of the generator's own files. Give it another slug."
    ]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (
            f"{WACO}index.html",
            f"this file would hide a page, {WACO}: {EN}:2 for Waco ({PLACES}:7). Rename or remove it.",
        ),
        ("/en-us", "this file would hide a page, /en-us: the home page of en-US. Rename or remove it."),
        ("/robots.txt", "the generator makes /robots.txt itself. Remove this file or give it another name."),
        ("/assets/x.js", "the generator makes /assets/ itself. Remove this file or give it another name."),
    ],
)
def test_a_public_file_that_would_hide_a_page(tmp_path: Path, file: str, said: str) -> None:
    assert errors(make_site(tmp_path, {f"content/public{file}": "x"})) == [f"content/public{file}: {said}"]


@pytest.mark.parametrize(
    ("kind", "pattern", "said"),
    [
        ("home", "/start/", "must hold {locale} once"),
        ("topic", "/{locale}/{place}/", "{place} cannot stand here; known: {locale}, {topic}"),
        (
            "place",
            "/{place}/{locale}/{topic}/",
            "must name {locale} and {topic} before {country}, {region} and {place}",
        ),
        (
            "place",
            "/{locale}/{topic}/{place}",
            "must begin and end with / and hold only small letters, digits, hyphens and {names}",
        ),
    ],
)
def test_a_pattern_of_addresses_that_cannot_work(tmp_path: Path, kind: str, pattern: str, said: str) -> None:
    assert errors(make_site(tmp_path, urls={kind: pattern})) == [f"{SITE}:8: \"urls.{kind}\" is '{pattern}': {said}."]


@pytest.mark.parametrize(
    "url", ["http://www.kaly.com", "https://www.kaly.com/path", "https://WWW.kaly.com", "kaly.com"]
)
def test_a_base_address_that_cannot_work(tmp_path: Path, url: str) -> None:
    (message,) = errors(make_site(tmp_path, base_url=url))
    assert message.startswith(f"{SITE}:2: \"base_url\" is '{url}': must be ")


def test_an_option_that_is_not_a_key_with_a_value(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    assert errors(site, "places.limit", "places.limt=1", "places.limit=few") == [
        "--set places.limit: this is not KEY=VALUE. Write, for example, --set places.limit=100.",
        "--set places.limit: \"places.limit\" is 'few': it must be a whole number. Write digits only, like 1000.",
        '--set places.limt: unknown key "limt". Did you mean "limit"?',
    ]


def test_an_option_takes_the_place_of_what_the_file_says(tmp_path: Path) -> None:
    built = build(make_site(tmp_path, {ES: None}), "brand=Other", "places.limit=1")
    assert ("place", "en-US", 1) in built.summary.pages
    assert built.page("/en-us/").select_one(".wordmark").get_text() == "Other"
    assert built.file("/en-us/sciatica/texas/dallas/").exists()


def test_a_template_with_an_unknown_name(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    change(site, {"templates/partials/extra.html": "<p>\n{{ page.titel }}</p>\n"})
    assert errors(site) == [
        'templates/partials/extra.html:2: "page.titel" is not a name that pages have. Did you mean "title"?'
    ]


def test_a_template_whose_jinja_cannot_be_read(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    change(site, {"templates/partials/extra.html": "<p>\n{% if page %}</p>\n"})
    (message,) = errors(site)
    assert message.startswith("templates/partials/extra.html:2: the Jinja here cannot be read: ")


def test_a_missing_template(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    change(site, {"templates/region.html": None})
    assert errors(site) == ["templates/region.html: this template is missing. Restore it."]


def test_mistakes_in_many_files_are_told_in_one_run(tmp_path: Path) -> None:
    said = errors(
        make_site(
            tmp_path,
            {
                SITE: site_text(colour="red"),
                EN: topic_text(sulg="x", h1=None),
                ES: topic_text("\n{{ plaace }}\n", slug="ciatica"),
            },
        )
    )
    assert [message.partition(": ")[2].partition(".")[0] for message in said] == [
        'unknown key "colour"',
        'the key "h1" is missing',
        'unknown key "sulg"',
        '"plaace" is not a name that pages have',
    ]


def test_mistakes_in_content_tables_and_templates_are_told_in_one_run(tmp_path: Path) -> None:
    site = make_site(
        tmp_path,
        {
            EN: topic_text(sulg="x"),
            CATALOGUE: None,
            BOARDS: None,
            "content/redirects.csv": "from,to\nold,/x/\n",
            "templates/partials/extra.html": "{{ nothing }}",
        },
    )
    assert sorted(message.partition(":")[0] for message in errors(site)) == sorted(
        [EN, CATALOGUE, BOARDS, "content/redirects.csv", "templates/partials/extra.html"]
    )


def test_a_translation_that_waits_for_its_review_is_a_warning(tmp_path: Path) -> None:
    built = build(make_site(tmp_path, {ES: topic_text(slug="ciatica", translation="pending review")}))
    assert built.messages == [
        f"{ES}: the translation is pending review."
        " When a person has read it, write “translation: reviewed” in its front matter."
    ]
    assert not built.summary.has_errors


def test_the_address_of_the_site_is_in_every_canonical_address(tmp_path: Path) -> None:
    built = build(make_site(tmp_path, {ES: None}, base_url="https://other.example/"))
    assert built.page(WACO).select_one("link[rel=canonical]")["href"] == f"https://other.example{WACO}"
    assert BASE not in built.text("/sitemap.xml")


def test_a_locale_without_a_topic_is_a_warning(tmp_path: Path) -> None:
    built = build(make_site(tmp_path, {ES: None}))
    assert any("the locale es-US has no topic yet, so its home page is empty" in message for message in built.messages)


def test_a_country_without_places_is_an_error(tmp_path: Path) -> None:
    text = site_text().replace('"US"', '"NO"', 1) if '"US"' in site_text() else site_text().replace("[US]", "[NO]", 1)
    found = errors(make_site(tmp_path, {SITE: text}))
    assert any(
        "serves NO, of which there are no places. Run make places ARGS='NO', or take it out." in line for line in found
    )


@pytest.mark.parametrize(
    "address", ["https://www.exam\\nple.com", " https://www.example.com", "https://www.example.com?"]
)
def test_an_address_with_anything_beside_the_host_is_refused(tmp_path: Path, address: str) -> None:
    text = site_text().replace("https://www.example.com", address)
    assert any("base_url" in line for line in errors(make_site(tmp_path, {SITE: text})))
