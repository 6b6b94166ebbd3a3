"""A person who follows ``README.md`` to the letter gets what it promises.

They follow it in a small site that stays as it is, ``tests/docs/site``: in ``content/`` the recipes may have been
followed already. The templates and their catalogue are the repository's.
"""

from __future__ import annotations

import datetime
import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from generator.build.run import build as build_site
from generator.build.summary import Summary
from generator.commands.pages import summary_lines
from generator.errors import SiteError
from generator.executors.inline import InlineExecutor
from generator.options import Options
from tests.docs.tables import ROOT

SITE = Path(__file__).with_name("site")
README = (ROOT / "README.md").read_text(encoding="utf-8")
TODAY = datetime.date(2026, 11, 22)
SOME = "places.where=region_code in ('TX', 'IL') and (population > 900000 or name = 'Waco')"
TOPIC = "trigger-point-injections-for-sciatica"

# The recipes are followed together, in one build, which the tests share.


def blocks(heading: str) -> list[str]:
    """The examples under a heading of the README, in order, without the indentation of a list."""
    text = re.split(rf"\n##+ {re.escape(heading)}\n", README)[1]
    text = re.split(r"\n##+ (?=[A-Z])", re.sub(r"```.*?```", lambda m: m[0].replace("\n#", "\n\0#"), text, flags=re.S))[
        0
    ]
    found = re.findall(r"^( *)```\w*\n(.*?)^ *```$", text.replace("\0", ""), re.DOTALL | re.MULTILINE)
    return [_unindented(body, len(indent)) for indent, body in found]


def _unindented(text: str, spaces: int) -> str:
    return "".join(line[spaces:] if line.strip() else "\n" for line in text.splitlines(keepends=True))


def copy_of_the_site(folder: Path) -> Path:
    shutil.copytree(SITE, folder / "content")
    shutil.copytree(ROOT / "templates", folder / "templates")
    # The catalogue follows the templates, so it is not frozen.
    catalogue = "content/locales/es-US"
    shutil.copytree(ROOT / catalogue, folder / catalogue)
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_of_the_site(tmp_path)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    """A copy of the site in which every recipe that adds or changes something has been followed, and its build."""
    root = copy_of_the_site(tmp_path_factory.mktemp("followed"))
    for heading in ("Add a city", "Skip a city", "Rename a city"):
        for example in blocks(heading):
            override(root, example)
    folder = root / f"content/topics/{TOPIC}"
    add_questions(folder / "en-US.md")
    change_address(folder / "en-US.md")
    add_topic(root)
    add_language(root)
    (example,) = blocks("Say who reviewed it, and when")
    edit(folder / "en-US.md", f"slug: {TOPIC}\n", f"slug: {TOPIC}\n{example}")
    return root, build(root, SOME)


def add_questions(article: Path) -> None:
    faq, in_article = blocks("Add a question")
    (for_some,) = blocks("A question for some places only")
    edit(article, "\n## What are the Benefits?", f"\n{in_article}\nOne answer.\n\n## What are the Benefits?")
    # Two questions alike would be an error.
    edit(article, "{#faq}\n", "{#faq}\n\n" + faq.replace("drive home", "work") + "\n" + for_some)


def change_address(article: Path) -> None:
    (example,) = blocks("Change where the button leads")
    key, line = example.splitlines()
    text = article.read_text(encoding="utf-8")
    assert f"\n{key}\n" in text
    (old,) = re.findall(r"^  url: .*$", text, re.MULTILINE)
    edit(article, old, line)


def add_topic(root: Path) -> None:
    (example,) = blocks("Add a topic")
    folder = root / "content/topics/knee-injections"
    folder.mkdir()
    (folder / "en-US.md").write_text(example, encoding="utf-8")


def add_language(root: Path) -> None:
    (example,) = blocks("Add a language")
    edit(root / "content/site.yaml", "\n# Which cities get pages", f"{example}\n# Which cities get pages")
    catalogues = root / "content/locales"
    shutil.copytree(catalogues / "es-US", catalogues / "fr")
    edit(catalogues / "fr/LC_MESSAGES/messages.po", "Language: es_US", "Language: fr")
    folder = root / f"content/topics/{TOPIC}"
    shutil.copy(SITE / f"topics/{TOPIC}/en-US.md", folder / "fr.md")
    edit(folder / "fr.md", f"slug: {TOPIC}\n", "slug: points-gachettes\ntranslation: pending review\n")


def build(root: Path, *settings: str, allow_removal: int = 10_000) -> Summary:
    summary = build_site(Options(root, root / "output", TODAY, settings, allow_removal), InlineExecutor())
    assert not summary.has_errors, list(summary_lines(summary))
    return summary


def page(root: Path, *path: str) -> BeautifulSoup:
    return BeautifulSoup(root.joinpath("output/site", *path, "index.html").read_text("utf-8"), "html.parser")


def heading(soup: BeautifulSoup) -> str:
    found = soup.find("h1")
    assert found
    return found.get_text()


def cities(root: Path, region: str = "texas") -> set[str]:
    return {folder.parent.name for folder in root.glob(f"output/site/en-us/{TOPIC}/{region}/*/index.html")}


def questions(soup: BeautifulSoup) -> list[str]:
    """The names of the questions in the page's FAQ data."""
    data = [json.loads(script.get_text()) for script in soup.select('script[type="application/ld+json"]')]
    return [asked["name"] for item in data if item.get("@type") == "FAQPage" for asked in item["mainEntity"]]


def override(root: Path, example: str) -> None:
    """Append the example's rows; its first line is there already, as the README says."""
    file = root / "content/places/overrides.csv"
    header, rows = example.split("\n", 1)
    text = file.read_text(encoding="utf-8")
    assert text.splitlines()[0] == header
    file.write_text(text.removesuffix("\n") + "\n" + rows, encoding="utf-8")


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file.name} has {text.count(old)} times {old!r}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_choosing_cities_by_condition_and_by_list(root: Path) -> None:
    condition, places, setting = blocks("Choose which cities get pages")
    settings = root / "content/site.yaml"
    (line,) = re.findall(r"^  where:.*\n", settings.read_text(encoding="utf-8"), re.MULTILINE)
    edit(settings, line, condition)
    build(root, "places.limit=40")
    assert "houston" in cities(root)
    assert "chicago" not in cities(root, "illinois")
    edit(settings, condition, setting)
    (root / "content/launch.csv").write_text(places, encoding="utf-8")
    build(root)
    assert {"austin", "el-paso"} <= cities(root)
    assert "houston" not in cities(root)


def test_adding_a_city_that_is_in_the_list_and_one_that_is_not(followed: tuple[Path, Summary]) -> None:
    assert {"marfa", "lakeview-springs"} <= cities(followed[0])


def test_skipping_a_city_leaves_it_without_pages(followed: tuple[Path, Summary]) -> None:
    assert "waco" not in cities(followed[0])
    assert "houston" in cities(followed[0])


def test_renaming_a_city_redirects_its_old_address(followed: tuple[Path, Summary]) -> None:
    root, _ = followed
    assert "austin" not in cities(root)
    assert "Austin City" in heading(page(root, "en-us", TOPIC, "texas", "austin-city"))
    redirects = (root / "output/site/_redirects").read_text(encoding="utf-8")
    assert f"/en-us/{TOPIC}/texas/austin/ /en-us/{TOPIC}/texas/austin-city/ 301\n" in redirects


def test_a_name_in_one_language_changes_that_language_only(followed: tuple[Path, Summary]) -> None:
    root, _ = followed
    (spanish,) = root.glob("output/site/es-us/*/texas/san-antonio")
    assert "San Antonio de Béjar" in heading(page(root, *spanish.relative_to(root / "output/site").parts))
    assert "Béjar" not in heading(page(root, "en-us", TOPIC, "texas", "san-antonio"))


def test_added_questions_stand_on_every_page_and_in_its_data(followed: tuple[Path, Summary]) -> None:
    for path in (("texas", "houston"), ("illinois", "chicago")):
        soup = page(followed[0], "en-us", TOPIC, *path)
        assert {"Can I work afterwards?", "Can I drive home afterwards?"} <= set(questions(soup))


def test_a_question_for_some_places_stands_on_their_pages_only(followed: tuple[Path, Summary]) -> None:
    texas, illinois = (
        page(followed[0], "en-us", TOPIC, *path) for path in (("texas", "houston"), ("illinois", "chicago"))
    )
    assert "Do I need a referral in Texas?" in questions(texas)
    assert "Do I need a referral in Texas?" in texas.get_text()
    assert "referral" not in "".join(questions(illinois))


def test_the_button_leads_where_the_example_says(followed: tuple[Path, Summary]) -> None:
    (example,) = blocks("Change where the button leads")
    button = page(followed[0], "en-us", TOPIC, "texas", "houston").select_one("a.button")
    assert button
    assert button["href"] == example.split("url: ")[1].strip()


def test_the_topic_of_the_example_gets_pages_in_its_language(followed: tuple[Path, Summary]) -> None:
    root, _ = followed
    soup = page(root, "en-us", "knee-injections", "texas", "houston")
    assert heading(soup) == "Knee injections in Houston: what to ask"
    assert questions(soup) == ["Does it hurt?"]
    assert not (root / "output/site/es-us/knee-injections").exists()


def test_the_language_of_the_example_gets_pages_and_a_reminder(followed: tuple[Path, Summary]) -> None:
    root, summary = followed
    soup = page(root, "fr", "points-gachettes", "texas", "houston")
    assert soup.select_one('html[lang="fr"]')
    assert soup.select_one('link[hreflang="es-US"]')
    assert f"content/topics/{TOPIC}/fr.md: the translation is pending review." in "\n".join(summary_lines(summary))


def test_a_reviewer_and_dates_are_shown_where_they_are_given_only(followed: tuple[Path, Summary]) -> None:
    root, _ = followed
    given = page(root, "en-us", TOPIC, "texas", "houston")
    assert [time["datetime"] for time in given.select("time")] == ["2026-11-01", "2026-11-05"]
    assert "The name of the person who reviewed it, MD" in given.get_text()
    assert not page(root, "fr", "points-gachettes", "texas", "houston").select("time")


def without_lines(text: str) -> list[str]:
    return re.sub(r":\d+", ":0", text).splitlines()


def test_the_errors_shown_are_those_that_the_build_gives(root: Path) -> None:
    shown, _ = blocks("When something is wrong")
    article = root / f"content/topics/{TOPIC}/en-US.md"
    edit(article, "place and place.region.medical_board %}", "place and place.region.medical_bord %}")
    (skip,) = blocks("Skip a city")
    override(root, skip.replace("Waco", "Wacco"))
    with pytest.raises(SiteError) as raised:
        build(root)

    assert without_lines(str(raised.value)) == without_lines(shown)


def test_the_faulty_cell_shown_is_told_as_the_build_tells_it(root: Path) -> None:
    _, shown = blocks("When something is wrong")
    build(root, SOME)
    edit(root / "content/tables/us-states.csv", "TX,Texas Medical Board", "TX,#N/A")
    summary = build_site(Options(root, root / "output", TODAY, (SOME,)), InlineExecutor())
    (said,) = (finding for finding in summary.findings if finding.severity == "error")
    assert without_lines(str(said)) == without_lines(shown.strip())


def test_the_guard_speaks_as_shown(root: Path) -> None:
    (shown,) = blocks("The guard")
    build(root, SOME)
    before = cities(root)
    fewer = "places.where=name = 'Austin' and region_code = 'TX'"
    with pytest.raises(SiteError) as raised:
        build(root, fewer, allow_removal=0)
    said = re.sub(r"\([^)]*?/[^)]*\)", "(…)", str(raised.value), count=1)
    assert re.sub(r"\d+", "0", said) == re.sub(r"\d+", "0", shown.strip())
    assert cities(root) == before
    allowed = re.search(r"--allow-removal (\d+)", str(raised.value))
    assert allowed
    build(root, fewer, allow_removal=int(allowed[1]))
    assert cities(root) == {"austin"}


def test_the_summary_has_the_form_that_is_shown(root: Path) -> None:
    shown, *_ = blocks("What the build tells you")

    def form(lines: Sequence[str]) -> str:
        return re.sub(r"[\d,.]*\d", "0", re.sub(r"in \S*output/site|directory \S*output/site", "…", "\n".join(lines)))

    assert form(list(summary_lines(build(root, SOME)))) == form(shown.splitlines())


def test_the_commands_and_files_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", README)) | set(re.findall(r"^make ([a-z-]+)", README, re.M)) <= targets
    links = {link for link in re.findall(r"\]\(([^)#]+)", README) if not link.startswith("http")}
    files = re.findall(r"`(content/[^`<]*\.\w+)`", README)
    assert links
    # The files of a site may have been replaced in ``content/``; the README starts from those of the small one.
    known = {f"content/{file.relative_to(SITE).as_posix()}" for file in SITE.rglob("*")} | {"content/launch.csv"}
    assert [name for name in (*links, *files) if not (ROOT / name).exists() and name not in known] == []


def test_links_within_the_documents_lead_to_headings() -> None:
    pages = {path: path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))}
    for path, text in pages.items():
        for target, anchor in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", text):
            page_text = pages[(path.parent / target).resolve()] if target else text
            headings = re.findall(r"^#+ (.*)$", page_text, re.MULTILINE)
            anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
            assert anchor in anchors, f"{path.name}: {target}#{anchor}"
