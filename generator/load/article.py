"""Division of an article into sections and questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile

import nh3
from msgspec import Struct, field

from generator.errors import Finding
from generator.load.article_checks import FAQ, QUESTION, check_blocks
from generator.load.markdown import Article, Block
from generator.model import Question, Section, Source

ANSWER_TAGS = frozenset("h1 h2 h3 h4 h5 h6 br ol ul li a p div b strong i em".split())
"""Tags that Google's documentation allowed in an answer; other readers of FAQPage expect no more."""

_TAG = re.compile(r"<[^>]+>")


class Branching(Struct, frozen=True):
    """A condition or loop that stands on lines of its own, with what stands in each branch."""

    keyword: str
    number: int
    tests: tuple[str, ...]
    """The Jinja expression that decides each branch, earlier branches excluded."""
    opening: tuple[Block, ...]
    branches: tuple[tuple[Node, ...], ...]
    closing: Block


Node = Block | Branching


class _When(Struct, frozen=True):
    """The branches around a node."""

    tests: tuple[str, ...] = ()
    path: tuple[tuple[int, int], ...] = ()

    def inside(self, branching: Branching, index: int) -> _When:
        return _When((*self.tests, branching.tests[index]), (*self.path, (branching.number, index)))

    def excludes(self, other: _When) -> bool:
        """Whether the two never stand on one page, being in different branches of one condition."""
        mine = dict(self.path)
        return any(mine.get(number, index) != index for number, index in other.path)


class Division(Struct, frozen=True):
    """Sections and questions of an article."""

    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    findings: tuple[Finding, ...]


class _Open(Struct):
    heading: Block | None
    when: _When
    nodes: list[Node] = field(default_factory=list)


def divide_article(article: Article, shown: str, first_line: int) -> Division:
    """The sections and questions of ``article``, which stands in the file ``shown``.

    A section begins at each level-two heading. The section with the id ``faq`` holds questions only; in
    the others a heading with the class ``question`` asks one, answered by what follows up to the next
    heading. Questions are numbered in page order.
    """
    return _Division(article, shown, first_line).divide()


class _Division:
    def __init__(self, article: Article, shown: str, first_line: int) -> None:
        self._article = article
        self._shown = shown
        self._line = first_line
        self._findings: list[Finding] = []
        self._asked: list[tuple[Question, _When, int]] = []
        self._open: list[_Open] = []

    def divide(self) -> Division:
        self._findings.extend(check_blocks(self._article, self._shown))
        if not self._findings:
            tree = _tree(self._article.blocks)
            self._check_ids(tree, _When(), {})
            self._collect_sections(tree, _When())
        sections = tuple(self._section(opened) for opened in self._open if opened.heading or opened.nodes)
        self._check_questions()
        return Division(sections, tuple(question for question, _, _ in self._asked), tuple(self._findings))

    def _say(self, line: int, what: str, fix: str) -> None:
        self._findings.append(Finding(f"{self._shown}:{line}", what, fix))

    def _check_ids(self, nodes: Sequence[Node], when: _When, taken: dict[str, list[tuple[int, _When]]]) -> None:
        """Find two headings with one id, unless they never stand on one page."""
        for node in nodes:
            if isinstance(node, Branching):
                for index, branch in enumerate(node.branches):
                    self._check_ids(branch, when.inside(node, index), taken)
            elif node.level:
                for line, other in taken.get(node.id, ()):
                    if not when.excludes(other):
                        what = f'the id "{node.id}" stands twice, first on line {line}'
                        self._say(node.line, what, "Give one of the headings another id.")
                taken.setdefault(node.id, []).append((node.line, when))

    def _collect_sections(self, nodes: Sequence[Node], when: _When) -> None:
        current: _Open | None = None if when.path else _Open(None, when)
        if current:
            self._open.append(current)
        for node in nodes:
            if isinstance(node, Block) and node.level == 1:
                self._say(
                    node.line, "the text has a heading of level one", "Use ##; the page's own heading is h1 above."
                )
            if isinstance(node, Block) and node.level == 2:
                current = _Open(node, when)
                self._open.append(current)
            elif isinstance(node, Branching) and _holds(node, lambda block: block.level == 2):
                self._conditional_sections(node, when)
                current = None
            elif current is None:
                if not (isinstance(node, Block) and node.statement):
                    self._say(
                        _line_of(node),
                        "text stands between a condition and the section heading that it needs",
                        "Put whole sections, heading first, inside the condition, and begin the next with its heading.",
                    )
            else:
                current.nodes.append(node)

    def _conditional_sections(self, node: Branching, when: _When) -> None:
        if node.keyword == "for":
            self._say(_line_of(node), "a section cannot stand inside a loop", "Put the loop inside the section.")
            return
        for index, branch in enumerate(node.branches):
            self._collect_sections(branch, when.inside(node, index))

    def _section(self, opened: _Open) -> Section:
        heading = opened.heading
        line = heading.line if heading else self._line
        is_faq = heading is not None and heading.id == FAQ
        before = _until(opened.nodes, level=3) if is_faq else opened.nodes
        rest = opened.nodes[len(before) :] if is_faq else opened.nodes
        self._collect_questions(rest, opened.when, is_faq)
        if is_faq and not rest:
            self._say(line, "the FAQ section has no question", "Add a ### heading with its answer under it.")
        return Section(
            id=heading.id if heading else "",
            title=self._source(self._article.text(heading.html) if heading else "", line),
            html=self._article.source(_html(before), f"{self._shown}:{line}"),
            when=self._source(_all_of(opened.when.tests), line),
            is_faq=is_faq,
        )

    def _collect_questions(self, nodes: Sequence[Node], when: _When, in_faq: bool) -> None:
        answered = False
        for index, node in enumerate(nodes):
            if _holds(node, lambda block: block.level > 0):
                answered = isinstance(node, Block)
            elif in_faq and not answered and not (isinstance(node, Block) and node.statement):
                what = "text stands after a condition that holds a question, and belongs to no question"
                self._say(_line_of(node), what, "Put it above the condition, or give it a question.")
                answered = True
            if isinstance(node, Branching):
                if not _holds(node, lambda block: _asks(block, in_faq)):
                    continue
                if node.keyword == "for":
                    self._say(_line_of(node), "a question cannot stand inside a loop", "Write each question out.")
                    continue
                for number, branch in enumerate(node.branches):
                    if in_faq and branch and not (isinstance(branch[0], Block) and branch[0].level):
                        self._say(
                            _line_of(branch[0]),
                            "a condition begins in the middle of an answer and holds another question",
                            "Close it with {% endif %} before the next question.",
                        )
                    self._collect_questions(branch, when.inside(node, number), in_faq)
            elif _asks(node, in_faq):
                answer = _until(nodes[index + 1 :], level=1)
                self._ask(node, answer, when, in_faq)

    def _ask(self, heading: Block, answer: Sequence[Node], when: _When, in_faq: bool) -> None:
        lifted = nh3.clean(_html(answer), tags=set(ANSWER_TAGS), attributes={"a": {"href"}, "*": set()}, link_rel=None)
        if not any(_holds(node, _says_something) for node in answer):
            self._say(
                heading.line,
                f'the question "{self._article.text(heading.html)}" has no answer',
                "Write the answer under it.",
            )
        question = Question(
            id=heading.id,
            name=self._source(self._article.text(heading.html), heading.line),
            answer=self._article.source(lifted, f"{self._shown}:{heading.line}"),
            in_faq=in_faq,
            when=self._source(_all_of(when.tests), heading.line),
        )
        self._asked.append((question, when, heading.line))

    def _check_questions(self) -> None:
        for index, (question, when, line) in enumerate(self._asked):
            words = _words(question.name.text)
            for earlier, earlier_when, earlier_line in self._asked[:index]:
                if words == _words(earlier.name.text) and not when.excludes(earlier_when):
                    self._say(
                        line,
                        f'the question "{question.name.text}" stands twice, first on line {earlier_line}',
                        "Keep one of them.",
                    )

    def _source(self, text: str, line: int) -> Source:
        return Source(text, f"{self._shown}:{line}")


def _tree(blocks: Sequence[Block]) -> tuple[Node, ...]:
    """Blocks with their statements matched; the Jinja is known to be balanced, and no block to hold half of a pair."""
    position = 0
    numbers = iter(range(len(blocks)))

    def level(until: frozenset[str]) -> tuple[Node, ...]:
        nonlocal position
        nodes: list[Node] = []
        while position < len(blocks):
            block = blocks[position]
            keyword = block.statement.keyword if block.statement else ""
            if keyword in until:
                break
            position += 1
            nodes.append(branching(block, keyword) if keyword in {"if", "for"} else block)
        return tuple(nodes)

    def branching(opening: Block, keyword: str) -> Node:
        nonlocal position
        ends = frozenset({"elif", "else", f"end{keyword}"})
        openings, branches = [opening], [level(ends)]
        while True:
            block = blocks[position]
            position += 1
            if block.statement and block.statement.keyword == f"end{keyword}":
                return Branching(keyword, next(numbers), _tests(openings), tuple(openings), tuple(branches), block)
            openings.append(block)
            branches.append(level(ends))

    return level(frozenset())


def _tests(openings: Sequence[Block]) -> tuple[str, ...]:
    tests: list[str] = []
    refused: list[str] = []
    for block in openings:
        test = block.statement.rest if block.statement else ""
        tests.append(_all_of([*(f"not ({earlier})" for earlier in refused), *([test] if test else [])]))
        refused.append(test)
    return tuple(tests)


def _all_of(tests: Sequence[str]) -> str:
    return tests[0] if len(tests) == 1 else " and ".join(f"({test})" for test in tests)


def _asks(block: Block, in_faq: bool) -> bool:
    return block.level > 2 if in_faq else QUESTION in block.classes and block.level > 2


def _holds(node: Node, wanted: Callable[[Block], bool]) -> bool:
    if isinstance(node, Block):
        return wanted(node)
    return any(_holds(child, wanted) for branch in node.branches for child in branch)


def _line_of(node: Node) -> int:
    return node.line if isinstance(node, Block) else node.opening[0].line


def _until(nodes: Iterable[Node], level: int) -> list[Node]:
    """The nodes before the first that holds a heading of ``level`` or a lower one."""
    return list(takewhile(lambda node: not _holds(node, lambda block: block.level >= level), nodes))


def _html(nodes: Sequence[Node]) -> str:
    return "\n".join(_pieces(nodes))


def _pieces(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Block):
            yield node.html
        else:
            for opening, branch in zip(node.opening, node.branches, strict=True):
                yield opening.html
                yield from _pieces(branch)
            yield node.closing.html


def _says_something(block: Block) -> bool:
    return not block.statement and bool(_TAG.sub("", block.html).strip())


def _words(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
