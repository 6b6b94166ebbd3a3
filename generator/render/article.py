"""An article's sections and questions as one page shows them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.errors import Finding
from generator.model import Question, Section, Topic
from generator.render.content import Content, ContentError
from generator.templating.contract import CallToActionView, QuestionView, SectionView


class ArticleView(Struct, frozen=True):
    introduction: Markup
    sections: tuple[SectionView, ...]
    questions: tuple[QuestionView, ...]
    """Every question that stands on the page, in page order."""


NO_ARTICLE = ArticleView(Markup(""), (), ())
"""The empty article of a region's page, which lists places instead."""


def article_view(topic: Topic, content: Content, names: dict[str, object]) -> ArticleView:
    """Evaluate ``topic`` for the page that ``names`` describes; raises ContentError."""
    in_faq: list[QuestionView] = []
    questions: list[QuestionView] = []
    for question in topic.questions:
        if content.holds(question.when, names):
            name = content.passage(content.text(question.name, names), question.when)
            answer = content.passage(content.html(question.answer, names), question.when)
            view = QuestionView(question.id, name, answer)
            _check(view, question, questions, content)
            questions.append(view)
            if question.in_faq:
                in_faq.append(view)
    introduction = Markup("")
    sections: list[SectionView] = []
    for section in topic.sections:
        if not content.holds(section.when, names):
            continue
        html = content.passage(content.html(section.html, names), section.when)
        if not section.id:
            introduction = html
        elif not section.is_faq:
            sections.append(SectionView(section.id, _title(section, content, names), html))
        elif in_faq:
            title = _title(section, content, names)
            sections.append(SectionView(section.id, title, html, tuple(in_faq), is_faq=True))
    return ArticleView(introduction, tuple(sections), tuple(questions))


def _title(section: Section, content: Content, names: dict[str, object]) -> str:
    return content.passage(content.text(section.title, names), section.when)


def _check(view: QuestionView, question: Question, earlier: Sequence[QuestionView], content: Content) -> None:
    """Check the question once its conditions and values are evaluated."""
    if not view.name:
        raise ContentError(Finding(question.name.where, "the question has no words", "Put the condition around it."))
    if not content.has_words(view.answer):
        what = f'the question "{view.name}" has no answer'
        raise ContentError(Finding(question.answer.where, what, "Put the condition around the whole question."))
    if any(view.name == other.name for other in earlier):
        raise ContentError(
            Finding(question.name.where, f'the question "{view.name}" stands twice', "Keep one of them.")
        )


def call_to_action_view(topic: Topic, content: Content, names: dict[str, object]) -> CallToActionView:
    call = topic.call_to_action
    return CallToActionView(content.text(call.label, names), call.url, content.html(call.html, names))
