"""One fault for each rule that keeps something from being published, on one page of many, and how it is planted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.clinics import TABLES
from tests.many_places import PLANTED, path_of, rows
from tests.sites import BODY, EN, PLACES, topic_text

BASE, HEAD, HERO = "templates/base.html", "templates/partials/head.html", "templates/partials/hero.html"
FACTS, REGION, NEARBY = "templates/partials/facts.html", "templates/region.html", "templates/partials/nearby.html"
CLINICS = "content/tables/clinics.csv"
HERE = path_of(PLANTED)
OTHER = path_of(PLANTED + 7)
LONG = "words that nobody sees " * 8


@dataclass(frozen=True)
class Plant:
    """Files that are changed, and what ``site.yaml`` says: ``edits`` replace a text in a template, by file.

    ``page`` is what the message must name: the page, or the file with the fault.
    """

    files: Mapping[str, str | bytes | None] = field(default_factory=dict)
    edits: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    keys: Mapping[str, Any] = field(default_factory=dict)
    page: str = HERE
    is_bilingual: bool = False


def on_page(new: str, old: str = "", ids: str = f"[{PLANTED}]") -> str:
    return f"{{% if place and place.id in {ids} %}}{new}{{% else %}}{old}{{% endif %}}"


def in_template(file: str, old: str, new: str, **more: Any) -> Plant:
    """``new`` instead of ``old`` in a template, on one page."""
    return Plant(edits={file: (old, on_page(new, old))}, **more)


def in_body(html: str) -> Plant:
    start = "{% if place %}\n"
    return Plant(edits={FACTS: (start, on_page(html) + "\n" + start)})


def in_data(node: str) -> Plant:
    start = "{% for block in page.json_ld %}"
    return Plant(edits={BASE: (start, on_page(f'<script type="application/ld+json">{node}</script>\n') + start)})


NOTE = "\n{% if place and place.note %}They say: {{ place.note }}.{% endif %}\n"
ROWS_OFF = [
    {"rule": rule, "severity": "off", "reason": "The page is to be judged, not the row."}
    for rule in ("cell_markup", "cell_garbled", "cell_placeholder", "cell_secret")
]


def in_cell(text: str, body: str = BODY + NOTE, **front: Any) -> Plant:
    """A cell of a table that the page of one place prints; two others have one, too."""
    table = f'id,clinics,note\n{PLANTED - 1},1,another\n{PLANTED},3,"{text}"\n{PLANTED + 1},2,a quiet place\n'
    return Plant({EN: topic_text(body, **front), CLINICS: table}, keys={"tables": TABLES, "checks": ROWS_OFF})


def in_row(text: str, page: str = f"{CLINICS}:3") -> Plant:
    table = f"id,clinics,note\n{PLANTED - 1},1,another\n{text}\n{PLANTED + 1},2,a quiet place\n"
    return Plant({EN: topic_text(BODY + NOTE), CLINICS: table}, keys={"tables": TABLES}, page=page)


CANONICAL = '<link rel="canonical" href="{{ page.canonical }}">'
ALTERNATE = '<link rel="alternate" hreflang="{{ alternate.hreflang }}" href="{{ alternate.url }}">'
ROBOTS = '<meta name="robots" content="{{ page.robots }}">'
TITLE = "<title>{{ page.title }}</title>"
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
MAIN = "{% block main %}{% endblock %}"
SAME = "<h1>Needles</h1><p>" + "The same few words for each reader of any language. " * 3 + "</p>"


def canonical(href: str) -> Plant:
    return in_template(HEAD, CANONICAL, f'<link rel="canonical" href="{href}">')


def alternate(line: str) -> Plant:
    """Another line instead of that of the Spanish version."""
    old = ALTERNATE
    new = "{% if alternate.hreflang == 'es-US' %}" + line + "{% else %}" + old + "{% endif %}"
    return in_template(HEAD, old, new, is_bilingual=True)


def graph(node: str) -> Plant:
    return in_data('{"@context":"https://schema.org","@graph":[' + node + "]}")


def redirects(*lines: str) -> Plant:
    file = "content/redirects.csv"
    return Plant({file: "from,to\n" + "".join(f"{line}\n" for line in lines)}, page=file)


def circle() -> Mapping[str, tuple[str, str]]:
    """Two pages that only link to each other."""
    return {
        **unlisted(HERE, OTHER),
        NEARBY: (
            "{% if page.nearby %}",
            on_page(f'<a href="{OTHER}">Another city</a>')
            + on_page(f'<a href="{HERE}">Another city</a>', ids=f"[{PLANTED + 7}]")
            + "{% if false %}",
        ),
    }


def unlisted(*paths: str) -> dict[str, tuple[str, str]]:
    """No list of places has these pages, and no fact of a place leads to one."""
    listed = "{% for link in group.places %}"
    return {
        REGION: (listed, f"{{% for link in group.places if link.path not in {list(paths)} %}}"),
        FACTS: ("{% if page.nearest_larger %}", "{% if false %}"),
    }


ROW = "content/places/us.csv:63"


def in_place(**cells: object) -> Plant:
    return Plant({PLACES: rows({PLANTED: cells})}, page=ROW)


PLANTED_FAULTS: Mapping[str, Plant] = {
    "breadcrumb_mismatch": in_template("templates/partials/breadcrumb.html", "{{ crumb.name }}</li>", "Elsewhere</li>"),
    "button_name": in_body("<button></button>"),
    "canonical_all_home": Plant(
        edits={
            HEAD: (
                CANONICAL,
                on_page(
                    '<link rel="canonical" href="https://www.example.com/">',
                    CANONICAL,
                    f"[{PLANTED}, {PLANTED + 3}, {PLANTED + 9}]",
                ),
            )
        },
        page=min(HERE, path_of(PLANTED + 3), path_of(PLANTED + 9)),
    ),
    "canonical_elsewhere": canonical("https://www.example.org/"),
    "canonical_missing": in_template(HEAD, CANONICAL, ""),
    "canonical_multiple": in_template(HEAD, CANONICAL, f"{CANONICAL}<link rel='canonical' href='/en-us/'>"),
    "canonical_relative": canonical("{{ page.path }}"),
    "canonical_target": canonical("https://www.example.com/en-us/sciatica/texas/nowhere/"),
    "charset_late": in_template(HEAD, '<meta charset="utf-8">', ""),
    "direction_missing": in_template(
        BASE, '<html lang="{{ locale.tag }}" dir="{{ locale.direction }}">', '<html lang="ar">'
    ),
    "doctype_missing": in_template(BASE, "<!doctype html>", ""),
    "empty_section": in_body("<h2>What it costs</h2><h2>Who pays</h2><p>Some.</p>"),
    "environment_leak": in_body('<a href="http://localhost:8000/en-us/">Here</a>'),
    "escaped_markup": in_cell("the &lt;b&gt;best&lt;/b&gt; **one** of <b>all</b>"),
    "file_hides_page": Plant({f"content/public{HERE}index.html": "Mine"}, page=HERE),
    "form_label": in_body('<input name="city">'),
    "future_date": graph('{"@type":"WebPage","name":"Needles","dateModified":"2031-01-01"}'),
    "h1_missing": in_template(HERO, "<h1>{{ page.h1 }}</h1>", "<p>{{ page.h1 }}</p>"),
    "hidden_text": in_body(f"<p style='display: none'>{LONG}.</p>"),
    "hreflang_code": alternate('<link rel="alternate" hreflang="es-UK" href="{{ alternate.url }}">'),
    "hreflang_reciprocal": Plant(
        edits={
            HEAD: (
                ALTERNATE,
                "{% if locale.tag == 'es-US' %}" + ALTERNATE + "{% else %}" + on_page("", ALTERNATE) + "{% endif %}",
            )
        },
        is_bilingual=True,
    ),
    "hreflang_relative": alternate('<link rel="alternate" hreflang="es-US" href="/es-us/ciatica/">'),
    "hreflang_repeated": alternate(
        f'{ALTERNATE}<link rel="alternate" hreflang="es-US" href="https://www.example.com/es-us/">'
    ),
    "hreflang_self": in_template(
        HEAD, ALTERNATE, "{% if alternate.hreflang == 'es-US' %}" + ALTERNATE + "{% endif %}", is_bilingual=True
    ),
    "hreflang_target": alternate(
        '<link rel="alternate" hreflang="es-US" href="https://www.example.com/es-us/nowhere/">'
    ),
    "hreflang_untranslated": in_template(
        BASE, MAIN, SAME, is_bilingual=True, page=HERE.replace("/en-us/sciatica", "/es-us/ciatica")
    ),
    "html_bytes": in_body("<p>" + "word " * 400_001 + "</p>"),
    "image_alt": in_body('<img src="/favicon.ico" width="1" height="1">'),
    "image_missing": Plant(
        {f"content/public/pictures/{number}.png": b"" for number in range(4_700_000, 4_700_120) if number != PLANTED},
        {
            FACTS: (
                "{% if place %}\n",
                '{% if place %}\n<img src="/pictures/{{ place.id }}.png" alt="A" width="1" height="1">\n',
            )
        },
    ),
    "insecure_resource": in_body('<img src="http://www.example.com/favicon.ico" alt="An icon" width="1" height="1">'),
    "json_ld_duplicate_node": graph(
        '{"@type":"Organization","@id":"https://www.example.com/#a","name":"A"},'
        '{"@type":"Organization","@id":"https://www.example.com/#a","name":"B"}'
    ),
    "json_ld_empty_value": graph('{"@type":"Thing","name":""}'),
    "json_ld_hidden": graph(
        '{"@type":"FAQPage","mainEntity":[{"@type":"Question","name":"What is it not?",'
        '"acceptedAnswer":{"@type":"Answer","text":"It is no secret at all."}}]}'
    ),
    "json_ld_invalid": in_data('{"@context":"https://schema.org",'),
    "json_ld_required": graph('{"@type":"Product","name":"Needle"}'),
    "json_ld_type": in_data('{"@type":"FAQPage","mainEntity":[]}'),
    "link_broken": in_cell(
        "gone",
        BODY
        + '\n{% if place and place.note %}<a href="/en-us/'
        + '{{ place.note | replace("another", "sciatica/") | replace("a quiet place", "sciatica/") }}'
        + '">Look</a>{% endif %}\n',
    ),
    "link_fragment": in_body('<a href="/en-us/sciatica/#nowhere">The guide</a>'),
    "link_insecure": in_body('<a href="http://www.example.com/en-us/sciatica/">The guide</a>'),
    "link_tracking": in_body('<a href="/en-us/sciatica/?utm_source=page">The guide</a>'),
    "link_uncrawlable": in_body('<a href="javascript:void(0)">The guide</a>'),
    "local_business_without_address": graph('{"@type":"MedicalClinic","name":"Clinic","areaServed":"Waco"}'),
    "meta_refresh": in_template(HEAD, VIEWPORT, f'{VIEWPORT}<meta http-equiv="refresh" content="300">'),
    "mojibake": in_cell("la ClÃ­nica"),
    "noindex_blocked": Plant(keys={"robots": {"disallow_agents": ["Googlebot"]}}, page="/404.html"),
    "noindex_unintended": in_template(HEAD, ROBOTS, '<meta name="robots" content="noindex">'),
    "orphan": Plant(edits={**unlisted(HERE), NEARBY: ("{% if page.nearby %}", "{% if false %}")}),
    "placeholder_leak": in_cell("a clinic in None"),
    "private_query": in_body(
        '<img src="https://www.example.org/p.gif?condition=sciatica" alt="A" width="1" height="1">'
    ),
    "rating_self_serving": graph(
        '{"@type":"MedicalClinic","name":"Kaly","aggregateRating":'
        '{"@type":"AggregateRating","ratingValue":4,"reviewCount":3}}'
    ),
    "redirect_broken": redirects("/old/,/nowhere/"),
    "redirect_hides_page": redirects(f"{HERE},/en-us/"),
    "redirect_loop": redirects("/old/,/older/", "/older/,/old/"),
    "robots_syntax": Plant(keys={"robots": {"disallow_agents": ["007"]}}, page="/robots.txt"),
    "robots_blocks_pages": Plant(keys={"robots": {"disallow_agents": ["Googlebot"]}}, page="/robots.txt"),
    "robots_conflict": in_template(HEAD, ROBOTS, f'{ROBOTS}<meta name="googlebot" content="noindex">'),
    "secret_leak": in_cell("AKIAIOSFODNN7ABCDEFG"),
    "sitemap_unindexable": canonical("https://www.example.com/en-us/sciatica/texas/"),
    "soft_404": in_template(HERO, "<h1>{{ page.h1 }}</h1>", "<h1>Page not found</h1>"),
    "third_party": in_body('<img src="https://www.example.org/a.png" alt="A" width="1" height="1">'),
    "title_duplicate": in_cell(
        "Old Birchton",
        BODY,
        title=["Injections in {% if place %}{{ place.note or place.name }}{% else %}all cities{% endif %}"],
    ),
    "title_empty_slot": in_template(HEAD, TITLE, "<title>Injections in , Texas</title>"),
    "title_missing": in_template(HEAD, TITLE, ""),
    "unreachable": Plant(edits=circle(), page=min(HERE, OTHER)),
    "url_characters": Plant(
        keys={"urls": {"place": "/{locale}/{topic}/{region}/by_city/{place}/"}}, page="/en-us/sciatica/texas/by_city/"
    ),
    "url_collision": Plant(
        {"content/topics/needle/en-US.md": topic_text(nav_label="Needles", short_name="needles")},
        page="/en-us/sciatica/",
    ),
    "url_reserved": Plant(keys={"urls": {"topic": "/assets/{locale}/{topic}/"}}, page="/assets/en-us/sciatica/"),
    "url_empty_segment": Plant(
        {PLACES: rows({PLANTED: {"slug": "undefined"}})}, page="/en-us/sciatica/texas/undefined/"
    ),
    "viewport_missing": in_template(HEAD, VIEWPORT, ""),
    "cell_disagrees": in_place(region="Texsa"),
    "cell_formula": in_row(f"{PLANTED},3,#REF!"),
    "cell_garbled": in_row(f"{PLANTED},3,la ClÃ­nica"),
    "cell_markup": in_row(f"{PLANTED},3,A <b>good</b> clinic"),
    "cell_missing": in_place(name=""),
    "cell_placeholder": in_row(f"{PLANTED},3,None"),
    "cell_secret": in_row(f"{PLANTED},3,AKIAIOSFODNN7ABCDEFG"),
    "cell_type": in_row(f"{PLANTED},many,a clinic"),
    "row_cells": in_row(f"{PLANTED}"),
    "row_key_repeated": in_row(f"{PLANTED + 1},3,a clinic", page=f"{CLINICS}:4"),
    "row_key_unknown": in_row("99,3,a clinic"),
    "slug_repeated": in_place(slug=path_of(PLANTED - 9).split("/")[-2]),
    "zoom_blocked": in_template(
        HEAD, VIEWPORT, '<meta name="viewport" content="width=device-width, user-scalable=no">'
    ),
}
"""By the id of the rule."""

NEVER: Mapping[str, str] = {
    "content_identical": "The digest of a page covers its structured data, which hold the page's own address.",
    "headers_noindex": "The generator writes _headers itself, with noindex only where no page may be indexed.",
    "lastmod_bulk": "It is a matter of all pages; see test_dates_of_authors_on_all_pages_are_told_of.",
    "lastmod_invalid": "The generator writes each date of a sitemap as an ISO date.",
    "noindex_unexplained": "Every verdict of the gate has its cause, and the page for unknown addresses has one, too.",
    "redirect_chain": "Planning joins the steps of redirects into one, and refuses those that it cannot join.",
    "sitemap_address": "Addresses in sitemaps are those of the plan, behind the base address of the site.",
    "sitemap_broken": "The generator writes sitemaps as XML, and names only those that it writes.",
    "sitemap_limits": "It takes some fifty languages; see tests/render/files/test_sitemap_limits.py.",
    "sitemap_missing_page": "The sitemap of a batch lists every page of the batch that may be indexed.",
    "sitemap_nested": "The one index lists the sitemaps of batches, which list pages.",
    "url_lost": "Every page of the plan is made before the site is published, and one that is missing is made again.",
}
"""Why a rule that keeps things from being published finds nothing in a build, whatever anybody writes."""
