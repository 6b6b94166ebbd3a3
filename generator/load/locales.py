"""The site's locales and their gettext catalogues."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import babel
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from generator.config import LocaleConfig, SiteConfig
from generator.errors import Finding, did_you_mean
from generator.model import Locale, Measurement

SOURCE_LANGUAGE = "en"
"""The language of the words in the templates, which therefore needs no catalogue."""

_MILES = frozenset({"US", "GB", "LR", "MM"})
"""Territories that measure roads in miles (CLDR supplemental data, measurementSystem US and UK)."""

MESSAGE_METHODS = [("**.html", "jinja2")]
_EXTRACTION = {
    "**.html": {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "true"}
}


def template_messages(templates: Path) -> Catalog:
    """Every message that the templates ask a catalogue for."""
    catalog = Catalog()
    for file, line, message, comments, context in extract_from_dir(
        str(templates), method_map=[("**.html", "jinja2.ext:babel_extract")], options_map=_EXTRACTION
    ):
        catalog.add(message, None, [(file, line)], auto_comments=comments, context=context)
    return catalog


def load_locales(
    content: Path, templates: Path, config: SiteConfig, where: dict[str, str]
) -> tuple[tuple[Locale, ...], list[Finding]]:
    """The locales of ``site.yaml``, the default first; ``where`` says on which line each is configured."""
    findings: list[Finding] = []
    locales: list[Locale] = []
    messages = template_messages(templates)
    for position, (tag, keys) in enumerate(config.locales.items()):
        parsed = _parse_tag(tag, where[tag], findings)
        if parsed is None:
            continue
        catalogue = _load_catalogue(content, tag, parsed.language, messages, findings)
        locales.append(_locale(tag, parsed, keys, position == 0, catalogue))
    return tuple(locales), findings


def _parse_tag(tag: str, where: str, findings: list[Finding]) -> babel.Locale | None:
    """The tag as CLDR knows it, spelled as BCP 47 recommends, and usable for hreflang."""
    try:
        parsed = babel.Locale.parse(tag, sep="-")
    except (ValueError, babel.UnknownLocaleError):
        findings.append(Finding(where, f'"{tag}" is no language that is known', "Write a tag like en-US or es-US."))
        return None
    canonical = "-".join(part for part in (parsed.language, parsed.script, parsed.territory) if part)
    if canonical != tag:
        findings.append(Finding(where, f'"{tag}" is not spelled as language tags are', f'Write "{canonical}".'))
        return None
    if len(parsed.language) != 2 or (parsed.territory and not parsed.territory.isalpha()):
        # Google reads ISO 639-1 languages and ISO 3166-1 regions only; es-419 is invalid there.
        findings.append(
            Finding(
                where,
                f'search engines do not accept "{tag}" in hreflang',
                "Use a two-letter language, alone or with a two-letter country.",
            )
        )
        return None
    return parsed


def _locale(tag: str, parsed: babel.Locale, keys: LocaleConfig, is_default: bool, catalogue: bytes) -> Locale:
    measurement: Measurement = keys.measurement or ("us" if (parsed.territory or "") in _MILES else "metric")
    name = (parsed.get_language_name(parsed) or tag).strip()
    return Locale(
        tag=tag,
        name=name[:1].upper() + name[1:],
        direction="rtl" if parsed.text_direction == "rtl" else "ltr",
        measurement=measurement,
        countries=frozenset(keys.countries),
        is_default=is_default,
        catalogue=catalogue,
    )


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
    try:
        with file.open("rb") as stream:
            catalogue = read_po(stream, locale=None, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        findings.append(Finding(shown, f"the catalogue cannot be read: {error}", "Mend it with a gettext editor."))
        return b""
    findings.extend(_catalogue_findings(catalogue, messages, shown, language))
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def _catalogue_findings(catalogue: Catalog, messages: Catalog, shown: str, language: str) -> list[Finding]:
    findings: list[Finding] = []
    for wanted in messages:
        if not wanted.id or language == SOURCE_LANGUAGE:
            continue
        single = wanted.id if isinstance(wanted.id, str) else wanted.id[0]
        message = catalogue.get(wanted.id, wanted.context)
        if message is None or message.fuzzy or not _is_translated(message.string):
            known = [str(m.id if isinstance(m.id, str) else m.id[0]) for m in catalogue if m.id]
            close = did_you_mean(single, known) if message is None else ""
            fix = close if close.startswith("Did") else "Add its translation."
            findings.append(Finding(shown, f'the message "{single}" is not translated', fix))
    for message, errors in catalogue.check():
        findings.extend(
            Finding(f"{shown}:{message.lineno}", str(error), "Keep the placeholders as they are.") for error in errors
        )
    return findings


def _is_translated(string: object) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)
