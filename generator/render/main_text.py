"""The main text of a page, by which pages are compared."""

from __future__ import annotations

from collections.abc import Iterator

from generator.templating.contract import PageView


def main_texts(page: PageView) -> Iterator[tuple[str, bool]]:
    """The texts of a page's main part in page order, each with whether it is HTML.

    The words of templates are left out, and lists of links: navigation, and what lies nearby.
    """
    yield from ((page.h1, False), (page.summary, False), (page.introduction, True))
    for section in page.sections:
        yield from ((section.title, False), (section.html, True))
        for question in section.questions:
            yield from ((question.name, False), (question.answer, True))
    if page.call_to_action:
        yield page.call_to_action.html, True
