"""Markdown with Jinja in it, as it stands on the pages of places."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import ANYTHING_GOES, EN, ES, WACO, Built, build, make_site, topic_text

AUSTIN = "/en-us/sciatica/texas/austin/"
IN_WACO = '{% if place and place.name == "Waco" %}'


def build_text(folder: Path, body: str) -> Built:
    return build(make_site(folder, {EN: topic_text(body), ES: None}))


def prose(built: Built, path: str) -> str:
    """The article's HTML without what stands after it, on one line."""
    html = "".join(str(node) for node in built.page(path).select_one(".prose").contents)
    return " ".join(html.partition('<section class="call"')[0].split())


def test_a_sign_and_quotes_in_a_condition_stay_as_they_are(tmp_path: Path) -> None:
    body = '\n{% if place and place.population > 200000 and "a>b" != \'c"d\' %}\n\nA *large* city.\n\n{% endif %}\n'
    built = build_text(tmp_path, body)
    assert "<p>A <em>large</em> city.</p>" in prose(built, AUSTIN)
    assert "large" not in prose(built, WACO)


def test_a_value_in_a_heading_marked_as_a_question_is_filled_in_for_the_place(tmp_path: Path) -> None:
    built = build_text(
        tmp_path, "\n## Part\n\n### Who, in {{ place.name or 'general' if place else 'all' }}? {.question}\n\nYou.\n"
    )
    for path, name in ((WACO, "Waco"), (AUSTIN, "Austin")):
        heading = built.page(path).select_one("h3.question")
        assert heading.get_text() == f"Who, in {name}?"
        assert [entry["name"] for entry in built.faq(path)["mainEntity"]] == [f"Who, in {name}?"]


def test_a_condition_around_a_paragraph_leaves_nothing_when_it_does_not_hold(tmp_path: Path) -> None:
    built = build_text(tmp_path, f"\nOne.\n\n{IN_WACO}\n\nTwo.\n\n{{% endif %}}\n\nThree.\n")
    assert "<p>One.</p> <p>Two.</p> <p>Three.</p>" in prose(built, WACO)
    assert "<p>One.</p> <p>Three.</p>" in prose(built, AUSTIN)


def test_a_condition_without_blank_lines_around_it_works_in_the_same_way(tmp_path: Path) -> None:
    built = build_text(tmp_path, f"\nOne.\n{IN_WACO}\nTwo.\n{{% else %}}\nOther.\n{{% endif %}}\nThree.\n")
    assert "<p>One.</p> <p>Two.</p> <p>Three.</p>" in prose(built, WACO)
    assert "<p>One.</p> <p>Other.</p> <p>Three.</p>" in prose(built, AUSTIN)


def test_a_condition_inside_a_sentence_stays_inside_it(tmp_path: Path) -> None:
    built = build_text(tmp_path, f"\nOne {IN_WACO}**two** {{% endif %}}three.\n")
    assert "<p>One <strong>two</strong> three.</p>" in prose(built, WACO)
    assert "<p>One three.</p>" in prose(built, AUSTIN)


def test_signs_that_take_the_space_beside_them_cut_no_paragraph(tmp_path: Path) -> None:
    inside = IN_WACO.replace("{%", "{%-")
    built = build_text(tmp_path, f"\nOne {inside} two {{%- endif -%}} three.\n\n{{{{- '' -}}}}\n\nFour.\n")
    assert "<p>One twothree.</p>" in prose(built, WACO)
    assert "<p>Onethree.</p>" in prose(built, AUSTIN)
    assert "<p>Four.</p>" in prose(built, WACO)


@pytest.mark.parametrize(
    ("items", "with_it", "without"),
    [
        ("- a\n{if}\n- b\n{end}\n- c\n", ["a", "b", "c"], ["a", "c"]),
        ("{if}\n- a\n{end}\n- b\n", ["a", "b"], ["b"]),
        ("- a\n{if}\n- b\n{end}\n", ["a", "b"], ["a"]),
    ],
)
def test_a_condition_around_a_list_item_leaves_no_empty_item(
    tmp_path: Path, items: str, with_it: list[str], without: list[str]
) -> None:
    built = build_text(tmp_path, "\nList:\n\n" + items.replace("{if}", IN_WACO).replace("{end}", "{% endif %}"))
    for path, expected in ((WACO, with_it), (AUSTIN, without)):
        (found,) = built.page(path).select(".prose ul")
        assert [item.get_text().strip() for item in found.select("li")] == expected


def test_a_condition_around_a_whole_list_leaves_no_empty_list(tmp_path: Path) -> None:
    built = build_text(tmp_path, f"\nBefore.\n\n{IN_WACO}\n\n- a\n- b\n\n{{% endif %}}\n\nAfter.\n")
    assert [item.get_text() for item in built.page(WACO).select(".prose ul li")] == ["a", "b"]
    assert built.page(AUSTIN).select(".prose ul") == []
    assert "<p>Before.</p> <p>After.</p>" in prose(built, AUSTIN)


def test_a_loop_repeats_list_items(tmp_path: Path) -> None:
    built = build_text(tmp_path, "\n{% for letter in 'ab' %}\n- item {{ letter }}\n{% endfor %}\n")
    (found,) = built.page(WACO).select(".prose ul")
    assert [item.get_text().strip() for item in found.select("li")] == ["item a", "item b"]


QUESTIONS = f"""
## Questions {{#faq}}

### First?

One.

{IN_WACO}

### Second?

Two.

{{% endif %}}
"""


def test_a_condition_around_a_whole_question_takes_it_from_the_page_and_from_its_data(tmp_path: Path) -> None:
    built = build_text(tmp_path, QUESTIONS)
    for path, expected in ((WACO, ["First?", "Second?"]), (AUSTIN, ["First?"])):
        assert [heading.get_text() for heading in built.page(path).select("details h3")] == expected
        assert [entry["name"] for entry in built.faq(path)["mainEntity"]] == expected
    assert built.faq(AUSTIN)["mainEntity"][0]["acceptedAnswer"]["text"] == "<p>One.</p>"


def test_a_condition_around_a_question_of_the_body_takes_it_from_both_as_well(tmp_path: Path) -> None:
    question = "### How? {.question}\n\nThus.\n"
    body = f"\n## Part\n\nText.\n\n{IN_WACO}\n\n### Why? {{.question}}\n\nSo.\n\n{{% endif %}}\n\n{question}"
    built = build_text(tmp_path, body)
    for path, expected in ((WACO, ["Why?", "How?"]), (AUSTIN, ["How?"])):
        assert [heading.get_text() for heading in built.page(path).select("h3.question")] == expected
        assert [entry["name"] for entry in built.faq(path)["mainEntity"]] == expected


def test_without_any_question_that_holds_the_faq_section_is_gone(tmp_path: Path) -> None:
    body = f"\nHello.\n\n## Questions {{#faq}}\n\n{IN_WACO}\n\n### Only here?\n\nYes.\n\n{{% endif %}}\n"
    built = build_text(tmp_path, body)
    assert [details.h3.get_text() for details in built.page(WACO).select("details")] == ["Only here?"]
    assert "FAQPage" not in built.text(AUSTIN)
    assert built.page(AUSTIN).select("#faq, details, a[href='#faq']") == []


def test_a_condition_around_a_whole_section_takes_it_from_the_contents_too(tmp_path: Path) -> None:
    body = f"\n## Always\n\nA.\n\n{IN_WACO}\n\n## Sometimes\n\nB.\n\n{{% endif %}}\n\n## At the end\n\nC.\n"
    built = build_text(tmp_path, body)
    for path, expected in ((WACO, ["Always", "Sometimes", "At the end"]), (AUSTIN, ["Always", "At the end"])):
        page = built.page(path)
        assert [heading.get_text() for heading in page.select(".prose > h2")] == expected
        assert [link.get_text() for link in page.select("nav.contents a")] == expected
    assert "<p></p>" not in prose(built, AUSTIN)


def test_sections_in_two_branches_never_stand_on_one_page(tmp_path: Path) -> None:
    body = f"\nHello.\n\n{IN_WACO}\n\n## Here\n\nA.\n\n{{% else %}}\n\n## There\n\nB.\n\n{{% endif %}}\n"
    built = build_text(tmp_path, body)
    assert [heading.get_text() for heading in built.page(WACO).select(".prose > h2")] == ["Here"]
    assert [heading.get_text() for heading in built.page(AUSTIN).select(".prose > h2")] == ["There"]


def test_what_stands_in_raw_is_shown_as_it_is(tmp_path: Path) -> None:
    text = topic_text("\nWrite {% raw %}{{ place.name }} <b>{% endraw %}.\n")
    built = build(make_site(tmp_path, {EN: text, ES: None}, checks=ANYTHING_GOES))
    assert built.page(WACO).select_one(".introduction p").get_text() == "Write {{ place.name }} <b>."


def test_a_comment_reaches_no_page(tmp_path: Path) -> None:
    built = build_text(tmp_path, "\nShown{## a secret ##}.\n")
    assert built.page(WACO).select_one(".introduction p").get_text() == "Shown."
    assert "a secret" not in built.text(WACO)


def test_a_column_of_a_table_is_read_through_the_region(tmp_path: Path) -> None:
    built = build_text(tmp_path, "\n{% if place %}Ask the {{ place.region.board }}.{% endif %}\n")
    assert built.page(WACO).select_one(".introduction p").get_text() == "Ask the Texas Board."


def test_a_value_is_written_as_the_locale_writes_it(tmp_path: Path) -> None:
    body = "\n{% if place %}{{ place.population | number }}{% endif %}\n"
    site = make_site(tmp_path, {EN: topic_text(body), ES: topic_text(body, slug="ciatica")})
    assert build(site).page(WACO).select_one(".introduction p").get_text() == "132,356"


def test_a_place_page_tells_the_facts_of_its_place(usual: Built) -> None:
    rows = usual.page(WACO).select(".facts dl > div")
    assert {row.dt.get_text(): " ".join(row.dd.get_text().split()) for row in rows} == {
        "State": "Texas",
        "County": "McLennan",
        "Population": "132,356",
        "Time zone": "Central Time",
        "Nearest larger city": "Dallas, TX (88 mi away)",
    }


def test_a_place_whose_county_is_unknown_has_no_line_for_it(usual: Built) -> None:
    terms = [term.get_text() for term in usual.page("/en-us/sciatica/texas/temple/").select(".facts dt")]
    assert terms == ["State", "Population", "Time zone", "Nearest larger city"]


def test_distances_are_in_kilometres_where_the_locale_measures_so(tmp_path: Path) -> None:
    built = build(make_site(tmp_path), "locales.en-US.measurement=metric")
    assert "Dallas, TX (141 km away)" in " ".join(built.page(WACO).select_one(".facts").get_text().split())


def test_nearby_cities_come_nearest_first_and_lead_to_their_pages(usual: Built) -> None:
    links = usual.page(WACO).select("[aria-labelledby=page-nearby] a")
    assert [link["href"].split("/")[-2] for link in links] == ["temple", "dallas", "austin", "shreveport", "lafayette"]


def test_a_hub_lists_every_city_of_its_region_by_name_with_its_population(usual: Built) -> None:
    items = usual.page("/en-us/sciatica/texas/").select("ul.places li")
    assert [(item.a.get_text(), item.a["href"], item.small.get_text()) for item in items] == [
        (name, f"/en-us/sciatica/texas/{name.lower()}/", f"Population {population}")
        for name, population in (
            ("Austin", "931,830"),
            ("Dallas", "1,300,092"),
            ("Temple", "72,277"),
            ("Waco", "132,356"),
        )
    ]


def test_the_call_to_action_is_a_search_near_the_place(usual: Built) -> None:
    labels = {(link.get_text(), link["href"]) for link in usual.page(WACO).select("a.button")}
    assert labels == {("Find a provider near Waco", "https://www.example.com/search")}


def test_the_footer_names_where_the_places_come_from(usual: Built) -> None:
    (credit,) = usual.page(WACO).select("footer li a")
    assert (credit.get_text(), credit["href"]) == ("GeoNames, CC BY 4.0", "https://www.geonames.org/")
