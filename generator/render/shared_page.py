"""What the pages of a topic share of the page that a template reads: all that an author wrote without Jinja."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes
from markupsafe import Markup

from generator.contract import SectionView
from generator.model import RouteKind, Section, Source, Topic
from generator.render.content import ContentRenderer, has_jinja
from generator.render.partial.values import Dynamic, Items, Known, Record, Value


def shared_page(kind: RouteKind, topic: Topic | None, content: ContentRenderer) -> Record:
    """The page of ``kind`` and ``topic`` as far as it is the same on all of them.

    It says of a field only what ``PageBuilder`` gives it on every page; the rest is read from the page itself.
    """
    page = nodes.Name("page", "load")
    fields: dict[str, Value] = {"kind": Known(kind)}
    if kind in {"topic", "place"} and topic is not None:
        introduction = next((s for s in topic.sections if not s.id), None)
        if introduction is None:
            fields["introduction"] = Known(Markup(""))
        elif not introduction.when.text and not has_jinja(introduction.html.text):
            fields["introduction"] = Known(content.html(introduction.html, {}))
        if not any(section.when.text for section in topic.sections) and _has_faq_for_sure(topic):
            sections = nodes.Getattr(page, "sections", "load")
            fields["sections"] = Items(tuple(_sections(topic, content, sections)), sections)
    elif kind == "region":
        fields |= {"introduction": Known(Markup("")), "sections": Known(())}
    return Record(fields, page)


def _has_faq_for_sure(topic: Topic) -> bool:
    """Whether the FAQ section, which stands where it has a question, is on every page or on none."""
    questions = [question for question in topic.questions if question.in_faq]
    return not questions or any(not question.when.text for question in questions)


def _sections(topic: Topic, content: ContentRenderer, sections: nodes.Expr) -> Iterator[Value]:
    """The sections, all of which stand on every page."""
    has_questions = any(question.in_faq for question in topic.questions)
    position = 0
    for section in topic.sections:
        if section.id and not (section.is_faq and not has_questions):
            whole = nodes.Getitem(sections, nodes.Const(position), "load")
            yield _section(section, content, whole)
            position += 1


def _section(section: Section, content: ContentRenderer, whole: nodes.Expr) -> Value:
    html = _text(section.html, whole, "html", content, is_html=True)
    title = _text(section.title, whole, "title", content, is_html=False)
    if not section.is_faq and isinstance(html, Known) and isinstance(title, Known):
        return Known(SectionView(section.id, title.value, html.value))
    questions: Value = Known(())
    if section.is_faq:
        questions = Dynamic(nodes.Getattr(whole, "questions", "load"))
    return Record(
        {
            "id": Known(section.id),
            "title": title,
            "html": html,
            "questions": questions,
            "is_faq": Known(section.is_faq),
        },
        whole,
    )


def _text(source: Source, whole: nodes.Expr, name: str, content: ContentRenderer, is_html: bool) -> Value:
    if has_jinja(source.text):
        return Dynamic(nodes.Getattr(whole, name, "load"))
    return Known(content.html(source, {}) if is_html else content.text(source, {}))
