"""A template is parsed once, and every language compiles a copy of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, TemplateSyntaxError

from generator.model import Locale
from generator.templating import environment as environments
from generator.templating.environment import compile_templates, plain_environment, template_environment
from tests.sites import REPOSITORY

TEMPLATES = REPOSITORY / "templates"
FRAGMENTS = (
    "{{ page.title }}",
    "{% if place %}a{% else %}b{% endif %}",
    "{% for link in page.nearby %}{{ loop.index }}{{ link.name }}{% endfor %}",
    "{% trans name=place.name %}In {{ name }}{% endtrans %}",
    "{% trans count=place.population %}one{% pluralize %}{{ count }}{% endtrans %}",
    "{% set x = 1 + 2 %}{{ x | number }}",
    "{% macro m(a, b=2) %}{{ a ~ b }}{% endmacro %}{{ m(1) }}",
    "{% block body scoped %}{{ super() }}{% endblock %}",
    "{# a comment #}",
    "text < > & “”\n  ",
)


def locale(tag: str) -> Locale:
    return Locale(tag, tag.replace("-", "_"), tag, "ltr", "us", frozenset())


def plain() -> Environment:
    """Jinja's own environment, which knows nothing of copies."""
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"])
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    return environment


@given(st.lists(st.sampled_from(FRAGMENTS)).map("".join))
def test_a_copied_tree_is_the_one_that_jinja_parses(source: str) -> None:
    for environment in (plain_environment(TEMPLATES), template_environment(TEMPLATES, locale("en-US"))):
        assert repr(environment.parse(source)) == repr(plain().parse(source))


@pytest.mark.parametrize("file", sorted(path.name for path in TEMPLATES.rglob("*.html")))
def test_a_copy_compiles_to_the_code_that_jinja_compiles(file: str) -> None:
    source = next(TEMPLATES.rglob(file)).read_text("utf-8")
    environment = template_environment(TEMPLATES, locale("en-US"))
    usual = plain()
    usual.filters.update(environment.filters)
    for _ in range(2):
        assert environment.compile(source, file, raw=True) == usual.compile(source, file, raw=True)


def test_what_one_language_works_out_of_a_template_no_other_prints() -> None:
    source = "{{ 1234.5 | number }} {{ (1234.5 | number) ~ nothing }}"
    printed = [
        template_environment(TEMPLATES, locale(tag)).from_string(source).render(nothing="")
        for tag in ("en-US", "de-DE", "en-US")
    ]
    assert printed == ["1,234.5 1,234.5", "1.234,5 1.234,5", "1,234.5 1,234.5"]


def test_a_template_is_compiled_for_each_language_and_for_each_text_that_it_has(tmp_path: Path) -> None:
    for text in ("{{ 1234.5 | number }} a", "{{ 1234.5 | number }} b"):
        (tmp_path / "page.html").write_text(text, "utf-8")
        printed = [
            template_environment(tmp_path, locale(tag)).get_template("page.html").render()
            for tag in ("en-US", "de-DE", "en-US")
        ]
        assert printed == [f"{number} {text[-1]}" for number in ("1,234.5", "1.234,5", "1,234.5")]


def test_a_template_that_was_compiled_for_another_folder_fails_in_its_own_file(tmp_path: Path) -> None:
    for name in ("one", "other"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "page.html").write_text("\n{% macro m() %}\n{{ 1 // nothing }}{% endmacro %}{{ m() }}", "utf-8")
        template = template_environment(folder, locale("en-US")).get_template("page.html")
        assert template.filename == str(folder / "page.html")
        with pytest.raises(ZeroDivisionError) as caught:
            template.render(nothing=0)
        files = [(entry.path, entry.lineno + 1) for entry in caught.traceback if entry.path != Path(__file__)]
        assert (folder / "page.html", 3) in files


def test_a_fault_is_told_with_its_file_each_time(tmp_path: Path) -> None:
    file = tmp_path / "bad.html"
    file.write_text("\n{% if %}", "utf-8")
    environment = plain_environment(tmp_path)
    for _ in range(2):
        with pytest.raises(TemplateSyntaxError) as caught:
            environment.get_template("bad.html")
        assert (caught.value.filename, caught.value.lineno) == (str(file), 2)


def test_a_tree_that_is_too_deep_to_be_copied_is_used_all_the_same() -> None:
    source = "{{ x" + " + 1" * 400 + " }}"
    assert plain_environment(TEMPLATES).parse(source) is not None


def test_templates_that_were_compiled_for_a_language_are_not_compiled_again() -> None:
    compile_templates(TEMPLATES, [locale("en-US")])
    known = {*environments._CODE}
    assert {"place.html", "base.html", "partials/head.html"} <= {name for _, name, _, _ in known}
    template_environment(TEMPLATES, locale("en-US")).get_template("place.html")
    assert {*environments._CODE} == known
