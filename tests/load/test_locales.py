"""Catalogues: faults of their lines, their header's language, and messages that nobody translated."""

from pathlib import Path

import pytest

from generator.config import HomeConfig, LocaleConfig, SiteConfig
from generator.errors import Finding
from generator.ledger.cache import Cache
from generator.load.locales import load_locales
from generator.model import Locale

SHOWN = "content/locales/{}/LC_MESSAGES/messages.po"
HEADER = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
WHOLE = HEADER + 'msgid "Guides"\nmsgstr "Guides pratiques"\n'


def messages(tmp_path: Path, catalogue: str | bytes, tag: str = "fr") -> list[str]:
    """What is said of the catalogue, without the file's name."""
    _, findings = loaded(tmp_path, catalogue, tag)
    assert {finding.severity for finding in findings} <= {"stop"}
    return [str(finding).removeprefix(SHOWN.format(tag)) for finding in findings]


def loaded(tmp_path: Path, catalogue: str | bytes, tag: str = "fr") -> tuple[tuple[Locale, ...], list[Finding]]:
    (tmp_path / "templates").mkdir(parents=True)
    (tmp_path / "templates" / "home.html").write_text('{{ _("Guides") }}', "utf-8")
    file = tmp_path / SHOWN.format(tag)
    file.parent.mkdir(parents=True)
    file.write_bytes(catalogue if isinstance(catalogue, bytes) else catalogue.encode())
    home = HomeConfig(title=["a"], description=["a"], heading="a", summary="a")
    locale = LocaleConfig(countries=["US"], home=home)
    config = SiteConfig(brand="K", base_url="https://k.example", locales={tag: locale})
    where = {tag: "content/site.yaml:3"}
    locales, findings = load_locales(tmp_path / "content", tmp_path / "templates", config, where, Cache())
    return locales, list(findings)


@pytest.mark.parametrize("tag", ["fr", "fr-CA"])
def test_a_whole_catalogue_is_accepted(tmp_path: Path, tag: str) -> None:
    assert messages(tmp_path, WHOLE.replace("\n", "\r\n"), tag) == []


OPEN = 'the line lacks its closing quotation mark. End the line with ".'


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('"Guides pratiques"', '"Guides pratiques', f":7: {OPEN}"),
        ('"Guides pratiques"', '"Guides pratiques\\"', f":7: {OPEN}"),
        ('msgid "Guides"', 'msgid "Guides', f":6: {OPEN}"),
        ('charset=utf-8\\n"', "charset=utf-8\\n", f":4: {OPEN}"),
        ('"Guides pratiques"', "Guides pratiques",
         ':7: the text of the line does not begin with a quotation mark. Write it like: msgstr "…".'),
        ('"Guides pratiques"', '"Guides "pratiques""',
         ':7: a quotation mark stands inside the text of the line. Write \\" for it, or use “ and ”.'),
    ],
)  # fmt: skip
def test_wrong_quotation_marks_are_reported_at_their_line(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    assert right in WHOLE
    assert messages(tmp_path, WHOLE.replace(right, wrong)) == [said]


def test_plurals_contexts_continued_and_obsolete_lines_are_no_faults(tmp_path: Path) -> None:
    more = (
        '\nmsgctxt "c"\nmsgid "%(n)s a"\nmsgid_plural "%(n)s as"\nmsgstr[0] ""\n"%(n)s \\"b\\""\nmsgstr[1] "%(n)s bs"\n'
    )
    plural = '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n"Content-Type'
    obsolete = '\n#~ msgid "old"\n#~ msgstr "vieux"\n'
    assert messages(tmp_path, WHOLE.replace('"Content-Type', plural) + more + obsolete) == []


def test_the_language_of_the_header_must_be_that_of_the_folder(tmp_path: Path) -> None:
    assert messages(tmp_path, WHOLE.replace("Language: fr", "Language: es_US")) == [
        ":3: the header says Language: es_US, but the file stands in the folder of fr. "
        "Translate the file, then write fr there."
    ]


def test_a_header_without_a_language_is_accepted(tmp_path: Path) -> None:
    assert messages(tmp_path, WHOLE.replace('"Language: fr\\n"\n', "")) == []


def test_an_empty_translation_is_reported_at_its_line(tmp_path: Path) -> None:
    assert messages(tmp_path, WHOLE.replace("Guides pratiques", "")) == [
        ':6: the message "Guides" is not translated. Add its translation.'
    ]


def test_an_uncertain_translation_is_reported_at_its_line(tmp_path: Path) -> None:
    assert messages(tmp_path, WHOLE.replace('msgid "Guides"', '#, fuzzy\nmsgid "Guides"')) == [
        ':7: the translation of "Guides" is marked as uncertain. Check it, then remove the word "fuzzy" above it.'
    ]


def test_a_message_that_the_catalogue_lacks_is_told_with_the_lines_to_add(tmp_path: Path) -> None:
    assert messages(tmp_path, HEADER) == [
        ': the message "Guides" is not translated. Add msgid "Guides", and below it msgstr "…".'
    ]
    other = HEADER + 'msgid "Guidse"\nmsgstr "Guides pratiques"\n'
    assert messages(tmp_path / "other", other) == [': the message "Guides" is not translated. Did you mean "Guidse"?']


def test_a_catalogue_in_another_encoding_is_reported(tmp_path: Path) -> None:
    (message,) = messages(tmp_path, WHOLE.replace("pratiques", "é").encode("latin-1"))
    assert message.startswith(": the catalogue cannot be read: ")


def test_a_catalogue_without_times_does_not_take_on_the_time_of_the_build(tmp_path: Path) -> None:
    ((locale,), _) = loaded(tmp_path, WHOLE)
    assert b"POT-Creation-Date: 1970-01-01 00:00+0000" in locale.catalogue
