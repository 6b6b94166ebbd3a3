"""Topics: one Markdown file a locale, with front matter, sections and questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from generator.errors import Finding, did_you_mean
from generator.ledger.cache import Cache, packing
from generator.load.article import divide_article
from generator.load.front_matter import MEDICAL_TYPES, FrontMatter
from generator.load.key_faults import validate
from generator.load.markdown import RESERVED, read_markdown
from generator.load.picture import NamedPicture, load_picture
from generator.load.yaml_file import YamlDocument, parse_yaml
from generator.model import CallToAction, Reference, RegionPage, Reviewer, Source, Topic
from generator.templating.sandbox import check_compiles, check_source

_EXPECTED = frozenset({".md", ".jpg", ".jpeg", ".png", ".webp"})
_TOPIC_FOLDER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_JINJA_KEYS = frozenset({"title", "description", "h1", "summary", "region_page", "call_to_action"})


class _Read(Struct, frozen=True):
    """Result of reading one file: a topic whose picture is not looked up yet, or the findings that prevent it."""

    topic: Topic | None
    findings: tuple[Finding, ...]
    picture: NamedPicture | None = None


class _Parts(Struct, frozen=True):
    document: YamlDocument
    body: str
    body_line: int


def load_topics(
    content: Path, locale_tags: tuple[str, ...], columns: Mapping[str, frozenset[str]] | None, cache: Cache
) -> tuple[tuple[Topic, ...], list[Finding]]:
    """Every topic in every locale that it has, in order of topic and locale.

    ``columns`` are the table columns that texts may read. With no ``locale_tags`` (their configuration is
    broken) the files are checked all the same. ``cache`` holds the results of earlier builds.
    """
    topics: list[Topic] = []
    findings: list[Finding] = []
    root = content / "topics"
    folders = sorted(path for path in root.glob("[!.]*") if path.is_dir())
    for file in sorted(root.glob("[!.]*")):
        if file.is_file() and file.name != "README.md":
            what = "a text lies beside the topics' folders"
            findings.append(Finding(f"content/topics/{file.name}", what, "Put it into its own."))
    if not folders:
        fix = "Add a folder with a file like en-US.md; README.md shows how."
        findings.append(Finding("content/topics", "there is no topic", fix))
    for folder in folders:
        shown = f"content/topics/{folder.name}"
        findings.extend(_strays(folder, shown))
        if not _TOPIC_FOLDER.fullmatch(folder.name):
            what = "this folder's name cannot be a topic"
            findings.append(Finding(shown, what, "Use small letters and hyphens."))
            continue
        files = {path.stem: path for path in sorted(folder.glob("[!.]*.md"))}
        for tag in sorted(set(files) - set(locale_tags)) if locale_tags else ():
            fix = did_you_mean(tag, locale_tags)
            findings.append(Finding(f"{shown}/{tag}.md", f'site.yaml has no locale "{tag}"', fix))
        for tag in locale_tags or files:
            if tag in files:
                topic, found = _load_topic(files[tag], folder.name, tag, columns, cache)
                findings.extend(found)
                topics.extend([topic] if topic else [])
        if not files:
            findings.append(Finding(shown, "there is no text", "Add a file like en-US.md."))
    return tuple(topics), findings


def _strays(folder: Path, shown: str) -> Iterator[Finding]:
    """Files that look like texts and would be passed over."""
    for file in sorted(folder.glob("[!.]*")):
        if file.suffix.lower() not in _EXPECTED:
            fix = "A text's name ends in .md, like en-US.md."
            yield Finding(f"{shown}/{file.name}", "this file is neither a text nor a picture", fix)


def _load_topic(
    file: Path, topic_id: str, tag: str, columns: Mapping[str, frozenset[str]] | None, cache: Cache
) -> tuple[Topic | None, list[Finding]]:
    shown = f"content/topics/{topic_id}/{tag}.md"
    body = file.read_bytes()
    known = {view: sorted(names) for view, names in columns.items()} if columns is not None else None
    read = cache.recall(
        shown,
        msgspec.json.encode(known) + body,
        partial(_read_topic, body, topic_id, tag, shown, columns),
        *packing(_Read),
    )
    if read.picture is None:
        return read.topic, list(read.findings)
    image, faults = load_picture(read.picture, file.parent)
    return (replace(read.topic, image=image) if read.topic and image else None), [*read.findings, *faults]


def _read_topic(
    body: bytes, topic_id: str, tag: str, shown: str, columns: Mapping[str, frozenset[str]] | None
) -> _Read:
    parts, findings = _split(body, shown)
    if parts is None:
        return _Read(None, tuple(findings))
    findings.extend(parts.document.findings)
    keys, faults = validate(FrontMatter, parts.document)
    findings.extend(faults)
    findings.extend(_check_texts(parts, shown, columns))
    if findings or keys is None:
        return _Read(None, tuple(findings))
    division = divide_article(read_markdown(parts.body, parts.body_line), shown, parts.body_line)
    findings.extend(division.findings)

    def source(text: str, *path: str | int) -> Source:
        return Source(text, parts.document.where(path))

    def variants(texts: list[str], *path: str) -> tuple[Source, ...]:
        return tuple(source(text, *path, index) for index, text in enumerate(texts))

    called = parts.document.where(("call_to_action", "text"))
    # A block of text begins on the line after its key.
    first = int(called.rpartition(":")[2]) + ("\n" in keys.call_to_action.text)
    call = read_markdown(keys.call_to_action.text, first)
    topic = Topic(
        id=topic_id,
        locale=tag,
        source=shown,
        slug=keys.slug,
        slug_source=parts.document.where(("slug",)),
        short_name=keys.short_name,
        nav_label=keys.nav_label,
        schema_type=keys.schema_type,
        about_name=keys.about_name,
        h1=source(keys.h1, "h1"),
        summary=source(keys.summary, "summary"),
        titles=variants(keys.title, "title"),
        descriptions=variants(keys.description, "description"),
        sections=division.sections,
        questions=division.questions,
        region_page=RegionPage(
            titles=variants(keys.region_page.title, "region_page", "title"),
            descriptions=variants(keys.region_page.description, "region_page", "description"),
            h1=source(keys.region_page.h1, "region_page", "h1"),
            summary=source(keys.region_page.summary, "region_page", "summary"),
        ),
        call_to_action=CallToAction(
            label=source(keys.call_to_action.label, "call_to_action", "label"),
            url=keys.call_to_action.url,
            html=call.source("\n".join(block.html for block in call.blocks), called),
        ),
        is_medical=keys.schema_type in MEDICAL_TYPES,
        translation_pending=keys.translation == "pending review",
        reviewer=Reviewer(keys.reviewer.name, keys.reviewer.credentials or "", keys.reviewer.url or "")
        if keys.reviewer
        else None,
        last_reviewed=keys.last_reviewed,
        updated=keys.updated,
        references=tuple(Reference(work.title, work.publisher or "", work.url or "") for work in keys.sources),
    )
    for text in _parts(topic):
        findings.extend(check_compiles(text.text, text.where))
    where = parts.document.where(("image", "file"))
    picture = NamedPicture(keys.image.file, keys.image.alt, keys.image.credit or "", where) if keys.image else None
    return _Read(None if findings else topic, tuple(findings), picture)


def _parts(topic: Topic) -> Iterator[Source]:
    for section in topic.sections:
        yield from (section.title, section.html)
    for question in topic.questions:
        yield from (question.name, question.answer)
    yield topic.call_to_action.html


def _split(body: bytes, shown: str) -> tuple[_Parts | None, list[Finding]]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [Finding(shown, f"the file is not UTF-8 (at byte {error.start})", "Save it as UTF-8.")]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].strip() != "---":
        return None, [Finding(f"{shown}:1", "the file does not begin with front matter", "Begin it with a line ---.")]
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        return None, [Finding(f"{shown}:1", "the front matter has no end", "Add a line --- after its last key.")]
    document = parse_yaml("\n".join(lines[1:end]), shown, first_line=2)
    return _Parts(document, "\n".join(lines[end + 1 :]), end + 2), []


def _check_texts(parts: _Parts, shown: str, columns: Mapping[str, frozenset[str]] | None) -> Iterator[Finding]:
    for path, text in _texts(parts.document.data, ()):
        line = int(parts.document.where(path).rpartition(":")[2])
        # A block of text begins on the line after its key.
        yield from check_source(text, shown, line + ("\n" in text), columns)
        yield from _reserved(text, shown, line)
    yield from check_source(parts.body, shown, parts.body_line, columns)
    yield from _reserved(parts.body, shown, parts.body_line)


def _reserved(text: str, shown: str, line: int) -> Iterator[Finding]:
    if match := RESERVED.search(text):
        at = line + text.count("\n", 0, match.start())
        yield Finding(f"{shown}:{at}", f"the character U+{ord(match[0]):04X} cannot stand in a text", "Remove it.")


def _texts(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))
    elif isinstance(value, str) and path[0] in _JINJA_KEYS and path[-1] != "url":
        yield path, value
