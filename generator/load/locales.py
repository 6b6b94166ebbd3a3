"""The site's locales and their gettext catalogues."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO, cast

import babel
import msgspec
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from jinja2 import TemplateSyntaxError, nodes
from jinja2.ext import extract_from_ast

from generator.config import SiteConfig
from generator.errors import Finding, did_you_mean
from generator.ledger.cache import Cache, packing
from generator.ledger.digests import folder_digest
from generator.model import Locale
from generator.templating.environment import template_nodes

_NO_TIME = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)

SOURCE_LANGUAGE = "en"
"""The language of the words in the templates, which therefore needs no catalogue."""

_MILES = frozenset({"US", "GB", "LR", "MM"})
"""Territories that measure roads in miles (CLDR supplemental data, measurementSystem US and UK)."""

_TAG = re.compile(r"([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}|[0-9]{3}))?")
"""Language, script and region: the parts of BCP 47 that Google reads in hreflang, and larger regions to refuse."""

_PO_LINE = re.compile(r"(?:msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]+\])?)?\s*(.*)", re.DOTALL)
_PO_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_PO_OPEN_TEXT = re.compile(r'"(?:[^"\\]|\\.)*\\?', re.DOTALL)


def template_messages(templates: Path) -> Catalog:
    """Every message that the templates ask a catalogue for."""
    catalog = Catalog()
    for file, line, message, comments, context in extract_from_dir(
        str(templates),
        method_map=[("**.html", _extract)],  # type: ignore[list-item] # A function may stand for its name.
    ):
        catalog.add(message, None, [(file, line)], auto_comments=comments, context=context)
    return catalog


def _extract(
    file: IO[bytes], keywords: Iterable[str], *_: object, **__: object
) -> Iterator[tuple[int, str, object, list[str]]]:
    """The messages of one template, as Babel wants them; none where its syntax is faulty, which is told elsewhere.

    Jinja's own function for this reads the template a second time, for comments that are not needed.
    """
    with suppress(TemplateSyntaxError):
        tree = template_nodes(file.read().decode())[0]
        for line, function, message in extract_from_ast(cast(nodes.Template, tree), tuple(keywords)):
            yield line, function, message, []


def load_locales(
    content: Path, templates: Path, config: SiteConfig, where: dict[str, str], cache: Cache
) -> tuple[tuple[Locale, ...], list[Finding]]:
    """The locales of ``site.yaml``, the default first; ``where`` says on which line each is configured.

    ``cache`` holds the results of earlier builds.
    """
    keys = {tag: keys.model_dump(mode="json") for tag, keys in config.locales.items()}
    files = folder_digest(templates) + folder_digest(content / "locales")
    read = partial(_read_locales, content, templates, config, where)
    made_of = msgspec.json.encode([keys, where]) + files
    return cache.recall("locales", made_of, read, *packing(tuple[tuple[Locale, ...], list[Finding]]))


def _read_locales(
    content: Path, templates: Path, config: SiteConfig, where: dict[str, str]
) -> tuple[tuple[Locale, ...], list[Finding]]:
    findings: list[Finding] = []
    locales: list[Locale] = []
    messages = template_messages(templates)
    for tag, keys in config.locales.items():
        formats = _formats(tag, where[tag], findings)
        if formats is None:
            continue
        language, territory = formats.language, tag.rpartition("-")[2]
        name = (formats.get_language_name(formats) or tag).strip()
        locales.append(
            Locale(
                tag=tag,
                formats=str(formats),
                name=name[:1].upper() + name[1:],
                direction="rtl" if formats.text_direction == "rtl" else "ltr",
                measurement=keys.measurement or ("us" if territory in _MILES else "metric"),
                countries=frozenset(keys.countries),
                catalogue=_load_catalogue(content, tag, language, messages, findings),
            )
        )
    return tuple(locales), findings


def _formats(tag: str, where: str, findings: list[Finding]) -> babel.Locale | None:
    """The CLDR locale nearest to the tag, if that is spelled as BCP 47 recommends and hreflang admits it."""
    parts = _TAG.fullmatch(tag)
    known = _known(parts[1], parts[2]) if parts else None
    if parts is None or known is None:
        findings.append(Finding(where, f'"{tag}" is no language that is known', "Write a tag like en-US or es-US."))
        return None
    language, script, territory = (parts[1].lower(), (parts[2] or "").title(), (parts[3] or "").upper())
    if territory.isdigit() or len(language) != 2:
        # Google reads ISO 639-1 languages and ISO 3166-1 regions only; es-419 is invalid there.
        fix = "Use a two-letter language, alone or with a two-letter country."
        findings.append(Finding(where, f'search engines do not accept "{tag}" in hreflang', fix))
        return None
    territories = babel.Locale("en").territories
    if territory and territory not in territories:
        fix = did_you_mean(
            {"UK": "GB"}.get(territory, territory), [code for code in map(str, territories) if len(code) == 2]
        )
        findings.append(Finding(where, f'"{tag}" names no country', fix or "Use an ISO 3166-1 code."))
        return None
    canonical = "-".join(part for part in (language, script, territory) if part)
    if canonical != tag:
        findings.append(Finding(where, f'"{tag}" is not spelled as language tags are', f'Write "{canonical}".'))
        return None
    # CLDR has no formats for every pair: Vietnamese in the United States is written as Vietnamese anywhere.
    return _known(language, script, territory) or known


def _known(*parts: str | None) -> babel.Locale | None:
    try:
        return babel.Locale.parse("_".join(part for part in parts if part), sep="_", resolve_likely_subtags=False)
    except (ValueError, babel.UnknownLocaleError):
        return None


def _load_catalogue(content: Path, tag: str, language: str, messages: Catalog, findings: list[Finding]) -> bytes:
    file = content / "locales" / tag / "LC_MESSAGES" / "messages.po"
    shown = f"content/locales/{tag}/LC_MESSAGES/messages.po"
    if not file.is_file():
        if language != SOURCE_LANGUAGE:
            findings.append(
                Finding(
                    shown,
                    f"the locale {tag} has no catalogue, so its pages would show English words",
                    "Copy another locale's messages.po there and translate it.",
                )
            )
        return b""
    data = file.read_bytes()
    # The lines that the check reads are ASCII in every encoding that a catalogue may have.
    lines = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    if faulty := _line_findings(lines, shown):
        findings.extend(faulty)
        return b""
    try:
        catalogue = read_po(BytesIO(data), locale=None, abort_invalid=True)
    except (PoFileError, LookupError, ValueError) as error:
        findings.append(Finding(shown, f"the catalogue cannot be read: {error}", "Mend it with a gettext editor."))
        return b""
    findings.extend(_language_findings(catalogue, lines, shown, tag, language))
    findings.extend(_catalogue_findings(catalogue, messages, shown, language))
    # Where the file gives no time, Babel puts the clock's, and two builds would differ.
    catalogue.creation_date = catalogue.revision_date = _NO_TIME
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def _line_findings(lines: list[str], shown: str) -> list[Finding]:
    """Lines whose quotation marks are wrong; the parser silently drops the last letter of some."""
    findings: list[Finding] = []
    for number, line in enumerate(map(str.strip, lines), start=1):
        parts = _PO_LINE.fullmatch(line)
        text = parts[1] if parts else line
        if not line or line.startswith("#") or _PO_TEXT.fullmatch(text):
            continue
        if not text.startswith('"'):
            what, fix = "the text of the line does not begin with a quotation mark", 'Write it like: msgstr "…".'
        elif _PO_OPEN_TEXT.fullmatch(text):
            what, fix = "the line lacks its closing quotation mark", 'End the line with ".'
        else:
            what, fix = "a quotation mark stands inside the text of the line", 'Write \\" for it, or use “ and ”.'
        findings.append(Finding(f"{shown}:{number}", what, fix))
    return findings


def _language_findings(catalogue: Catalog, lines: list[str], shown: str, tag: str, language: str) -> list[Finding]:
    """A header that names another language: the catalogue was copied and perhaps not translated."""
    said = str(catalogue.locale_identifier or "")
    if not said or re.split("[-_]", said)[0].lower() == language:
        return []
    number = next((at for at, line in enumerate(lines, start=1) if line.lstrip().startswith('"Language:')), 1)
    what = f"the header says Language: {said}, but the file stands in the folder of {tag}"
    return [Finding(f"{shown}:{number}", what, f"Translate the file, then write {tag.replace('-', '_')} there.")]


def _catalogue_findings(catalogue: Catalog, messages: Catalog, shown: str, language: str) -> list[Finding]:
    findings: list[Finding] = []
    for wanted in messages:
        if not wanted.id or language == SOURCE_LANGUAGE:
            continue
        single = wanted.id if isinstance(wanted.id, str) else wanted.id[0]
        message = catalogue.get(wanted.id, wanted.context)
        if message is None:
            known = [str(m.id if isinstance(m.id, str) else m.id[0]) for m in catalogue if m.id]
            fix = did_you_mean(single, known, f'Add msgid "{single}", and below it msgstr "…".')
            findings.append(Finding(shown, f'the message "{single}" is not translated', fix))
        elif not _is_translated(message.string):
            where = f"{shown}:{message.lineno}"
            findings.append(Finding(where, f'the message "{single}" is not translated', "Add its translation."))
        elif message.fuzzy:
            what = f'the translation of "{single}" is marked as uncertain'
            fix = 'Check it, then remove the word "fuzzy" above it.'
            findings.append(Finding(f"{shown}:{message.lineno}", what, fix))
    for message, errors in catalogue.check():
        findings.extend(
            Finding(f"{shown}:{message.lineno}", str(error), "Keep the placeholders as they are.") for error in errors
        )
    return findings


def _is_translated(string: object) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)
