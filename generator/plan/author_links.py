"""The links that authors write in their texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model import Source, Topic

_LINK = re.compile(r"""\bhref="(/(?!/)[^"#?{}]*)""")


def author_links(topic: Topic) -> Iterator[tuple[Source, str]]:
    """Each text with each address of the site that it links to; those with Jinja in them are not known yet."""
    sources = [section.html for section in topic.sections]
    sources += [question.answer for question in topic.questions if question.in_faq]
    for source in (*sources, topic.call_to_action.html):
        for path in _LINK.findall(source.text):
            yield source, path
