from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.config import SiteConfig
from generator.model import Locale, Place, PublicFile, Redirect, Region, Site, Source, Topic
from generator.plan.addresses import make_address_book
from generator.plan.redirects import plan_redirects
from generator.plan.routes import Paths
from tests.plan.places import TEXAS, place

NOWHERE = Source("", "x.md:1")


def topic(slug: str, locale: str = "en-US", identifier: str = "") -> Topic:
    return Topic(
        id=identifier or slug,
        locale=locale,
        source=f"content/topics/{identifier or slug}/{locale}.md",
        slug=slug,
        slug_source=f"content/topics/{identifier or slug}/{locale}.md:2",
        short_name=slug,
        nav_label=slug,
        schema_type="Thing",
        about_name=slug,
        h1=NOWHERE,
        summary=NOWHERE,
        titles=(NOWHERE,),
        descriptions=(NOWHERE,),
        sections=(),
        questions=(),
        region_page=None,  # type: ignore[arg-type]
        call_to_action=None,  # type: ignore[arg-type]
        is_medical=False,
    )


def site(topics: tuple[Topic, ...] = (), places: tuple[Place, ...] = (), urls: dict[str, str] | None = None) -> Site:
    home = {"title": ["T"], "description": ["D"], "heading": "H", "summary": "S"}
    locales = {tag: {"countries": ["US"], "home": home} for tag in ("en-US", "es-US")}
    config = SiteConfig.model_validate(
        {"brand": "Kaly", "base_url": "https://www.kaly.com", "locales": locales, "urls": urls or {}}
    )
    return Site(
        root=Path(),
        config=config,
        locales=tuple(
            Locale(tag, tag.replace("-", "_"), tag, "ltr", "us", frozenset({"US"})) for tag in config.locales
        ),
        topics=topics,
        places=places,
        all_places=places,
        redirects=(),
        public_files=(),
        attributions=(),
    )


def paths(of: Site) -> Paths:
    return Paths(of.config.urls, {place.region.key: place.region.name.lower() for place in of.places})


def collisions(of: Site) -> list[str]:
    return [str(finding) for finding in make_address_book(of, paths(of))[1]]


def test_pages_with_addresses_of_their_own_are_no_collision() -> None:
    assert collisions(site((topic("a"), topic("b")), (place(1), place(2)))) == []


def test_two_topics_with_one_slug_collide_on_every_page() -> None:
    found = collisions(site((topic("a", identifier="first"), topic("a", identifier="second")), (place(1),)))
    assert found[0] == (
        "content/topics/second/en-US.md:2: the address /en-us/a/ is already taken by content/topics/first/en-US.md:2."
        " Give one of them another slug."
    )


def test_two_places_of_a_region_with_one_slug_collide_once_and_not_once_a_topic() -> None:
    twins = (place(1, slug="waco"), place(2, slug="waco"))
    assert collisions(site((topic("a"), topic("b")), twins)) == [
        "content/places/us.csv:2: the address …/texas/waco/ is already taken by content/places/us.csv:1."
        " Give one of them another slug."
    ]


def test_a_topic_named_like_a_region_collides_where_the_pattern_puts_regions_first() -> None:
    found = collisions(site((topic("texas"),), (place(1, slug="waco"),), {"region": "/{locale}/{region}/"}))
    assert found == [
        "content/topics/texas/en-US.md:2 for the region Texas: the address /en-us/texas/ is already taken by"
        " content/topics/texas/en-US.md:2. Give one of them another slug."
    ]


def test_places_collide_with_a_topic_whose_beginning_continues_anothers() -> None:
    urls = {"place": "/{locale}/{topic}/{place}/", "region": "/{locale}/{topic}/in-{region}/"}
    found = collisions(site((topic("a"),), (place(1, slug="in-texas"),), urls))
    assert len(found) == 1
    assert "/en-us/a/in-texas/ is already taken by" in found[0]


def test_a_topic_cannot_take_the_generators_own_folder() -> None:
    urls = {"topic": "/{topic}/", "region": "/{topic}/{region}/", "place": "/{topic}/{region}/{place}/"}
    found = collisions(site((topic("assets"),), (place(1),), urls))
    assert "lies in a folder of the generator's own files" in found[0]


@pytest.mark.parametrize(
    "path",
    [
        "/en-us/index.html",
        "/EN-us/index.html",
        "/en-us",
        "/en-us/a",
        "/index.html",
        "/index.html/x",
        "/en-us/index.html/x",
        "/en-us/a/texas/place-1/index.html/x",
        "/en-us/a/texas",
        "/en-us/a/texas/place-1",
    ],
)
def test_a_public_file_may_not_hide_a_page(path: str) -> None:
    hiding = replace(site((topic("a"),), (place(1),)), public_files=(PublicFile(Path("x"), path),))
    assert "would hide a page" in collisions(hiding)[0]


@pytest.mark.parametrize(
    ("path", "made"),
    [
        ("/robots.txt", "/robots.txt"),
        ("/sitemap.xml", "/sitemap.xml"),
        ("/assets/x.jpg", "/assets/"),
        ("/assets", "/assets/"),
        ("/sitemaps", "/sitemaps/"),
        ("/_headers", "/_headers"),
        ("/_headers/x", "/_headers"),
        ("/404.html", "/404.html"),
        ("/404.html/x", "/404.html"),
    ],
)
def test_a_public_file_may_not_replace_one_that_the_generator_makes(path: str, made: str) -> None:
    hiding = replace(site((topic("a"),), (place(1),)), public_files=(PublicFile(Path("x"), path),))
    assert collisions(hiding) == [
        f"content/public{path}: the generator makes {made} itself. Remove this file or give it another name."
    ]


def test_a_verification_file_is_welcome() -> None:
    welcome = replace(site((topic("a"),), (place(1),)), public_files=(PublicFile(Path("x"), "/google123.html"),))
    assert collisions(welcome) == []


def redirects(of: Site, *steps: tuple[str, str]) -> tuple[list[tuple[str, str]], list[str]]:
    rows = tuple(
        Redirect(source, target, 301, f"content/redirects.csv:{line}") for line, (source, target) in enumerate(steps, 2)
    )
    book, _ = make_address_book(of, paths(of))
    found, findings = plan_redirects(replace(of, redirects=rows), paths(of), book)
    return [(redirect.source, redirect.target) for redirect in found], [str(finding) for finding in findings]


def test_a_chain_of_redirects_becomes_one_step_each() -> None:
    found, faults = redirects(site((topic("a"),), (place(1),)), ("/x/", "/y/"), ("/y/", "/z/"), ("/z/", "/en-us/a/"))
    assert faults == []
    assert found == [("/x/", "/en-us/a/"), ("/y/", "/en-us/a/"), ("/z/", "/en-us/a/")]


def test_a_loop_of_redirects_is_refused() -> None:
    _, faults = redirects(site((topic("a"),), (place(1),)), ("/x/", "/y/"), ("/y/", "/x/"))
    assert faults[0] == (
        "content/redirects.csv:2: this redirect goes round in a circle: /x/ → /y/ → /x/. Remove one step."
    )


def test_a_target_that_the_site_lacks_is_refused_with_the_likely_cure() -> None:
    _, faults = redirects(site((topic("a"),), (place(1),)), ("/x/", "/en-us/a"), ("/y/", "/gone/"))
    assert faults == [
        "content/redirects.csv:2: this redirect leads to /en-us/a, which the site does not have."
        " Write /en-us/a/ with a slash at its end.",
        "content/redirects.csv:3: this redirect leads to /gone/, which the site does not have."
        " Name a page that the site has.",
    ]


def test_a_target_may_be_another_site_or_a_part_of_a_page() -> None:
    _, faults = redirects(site((topic("a"),), (place(1),)), ("/x/", "https://example.com/y"), ("/z/", "/en-us/a/#faq"))
    assert faults == []


def test_a_redirect_may_not_hide_a_page() -> None:
    _, faults = redirects(site((topic("a"),), (place(1),)), ("/en-us/", "/en-us/a/"))
    assert "is a page (the home page of en-US), which a redirect would hide" in faults[0]


def test_a_renamed_place_redirects_in_every_topic_and_locale() -> None:
    renamed = place(1, slug="new", former_slugs=("old",))
    found, faults = redirects(site((topic("a"), topic("b", "es-US", "a")), (renamed,)))
    assert faults == []
    assert found == [
        ("/en-us/a/texas/old/", "/en-us/a/texas/new/"),
        ("/es-us/b/texas/old/", "/es-us/b/texas/new/"),
    ]


def test_a_former_slug_that_another_place_uses_now_is_that_places_page() -> None:
    places = (place(1, slug="new", former_slugs=("old",)), place(2, slug="old"))
    _, faults = redirects(site((topic("a"),), places))
    assert len(faults) == 1


def test_a_region_of_another_country_keeps_its_own_addresses() -> None:
    mexican = place(2, region=Region("TX", "Texas", "MX"), slug="waco")
    urls = {"region": "/{locale}/{topic}/{country}/{region}/", "place": "/{locale}/{topic}/{country}/{region}/{place}/"}
    assert collisions(site((topic("a"),), (place(1, region=TEXAS, slug="waco"), mexican), urls)) == []


def test_a_public_file_may_not_stand_where_the_folder_of_places_must_be() -> None:
    urls = {"place": "/{locale}/{topic}/{country}/{region}/{place}/"}
    hiding = replace(site((topic("a"),), (place(1),), urls), public_files=(PublicFile(Path("x"), "/en-us/a/us"),))
    assert "would hide a page" in collisions(hiding)[0]


def test_a_page_may_not_lie_below_a_file_that_the_generator_makes() -> None:
    found = collisions(site((topic("a"),), (place(1),), {"home": "/_headers/{locale}/"}))
    assert "lies in a folder of the generator's own files" in found[0]


def test_a_chain_with_a_step_that_is_not_for_ever_is_not_for_ever() -> None:
    of = site((topic("a"),), (place(1),))
    rows = (Redirect("/x/", "/y/", 301, "r:2"), Redirect("/y/", "/en-us/a/", 302, "r:3"))
    found, _ = plan_redirects(replace(of, redirects=rows), paths(of), make_address_book(of, paths(of))[0])
    assert [(redirect.source, redirect.status) for redirect in found] == [("/x/", 302), ("/y/", 302)]


def test_a_redirect_may_lead_to_a_file_that_the_generator_makes_and_not_hide_one() -> None:
    of = site((topic("a"),), (place(1),))
    assert redirects(of, ("/feed/", "/sitemap.xml"))[1] == []
    assert redirects(of, ("/robots.txt", "/en-us/a/"))[1] == [
        "content/redirects.csv:2: /robots.txt is a file of the site, which a redirect would hide."
        " Remove the redirect, or the file."
    ]
