"""The page calls itself a list of questions in its structured data and has fewer than two.

A `FAQPage` is a page that consists of frequent questions and their answers. One question with its answer is a part
of an article; none at all is a fault of the template. Add questions that readers really ask, or leave the type out.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.rule import HEURISTIC, rule
from generator.check.structured_data import is_reference, nodes_in
from generator.errors import Finding

_QUESTIONS = '"mainEntity":\\[.*?\\]\\}</script>'
_ONE = '{"@type":"Question","name":"Does it hurt?","acceptedAnswer":{"@type":"Answer","text":"A little."}}'
GOOD = (
    Edit(_QUESTIONS, f'"mainEntity":[{_ONE},{_ONE}]}}</script>'),
    Edit(_QUESTIONS, f'"hasPart":{_ONE},"mainEntity":{_ONE}}}</script>'),
    Edit(_QUESTIONS, '"mainEntity":{"@id":"https://www.example.com/en-us/#questions"}}</script>'),
)
BAD = (
    Edit(_QUESTIONS, f'"mainEntity":[{_ONE}]}}</script>'),
    Edit(_QUESTIONS, f'"mainEntity":{_ONE}}}</script>'),
    Edit(_QUESTIONS, '"mainEntity":[]}</script>'),
    Edit(_QUESTIONS, '"name":"Questions"}</script>'),
)


@rule(severity="warning", evidence=HEURISTIC, scope=Document)
def faq_single(document: Document) -> Iterator[Finding]:
    for node in document.typed.get("FAQPage", ()):
        if is_reference(node):
            continue
        questions = [found for name in ("mainEntity", "hasPart") for found in nodes_in(node.get(name))]
        # A reference may be to any number of questions.
        if len(questions) < 2 and not any(is_reference(question) for question in questions):
            what = "one question only" if questions else "no question"
            yield Finding(document.path, f"the FAQPage has {what}", "Add questions, or leave the FAQPage out.")
            return
