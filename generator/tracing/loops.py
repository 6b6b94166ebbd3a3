"""Tracing of loops over lists of a row: the body is traced once for each variant of items."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import repeat
from typing import Any, NoReturn

from markupsafe import Markup
from msgspec import Struct

from generator.tracing.columns import FAILED, Columns, Rows, settled
from generator.tracing.expressions import ITEMS, LOOP, Expressions, Part, Refused, parts_of
from generator.tracing.frame import Guard
from generator.tracing.items import STANDING, ItemColumns, items_of
from generator.tracing.recorder import Recorder, Run
from generator.tracing.values import RecordingList, RecordingMarkup, RecordingScalar, RecordingText, is_recording
from generator.tracing.variants import Unfollowed, Variants

Body = Callable[[Any], str]
"""Function of an iterable that gives the text that a loop over it prints."""


class LoopKind(Struct, frozen=True):
    """Traits of a loop that its code tells: whether it has a branch for no item, and filters and counts items."""

    has_else: bool
    is_filtered: bool
    is_counted: bool


class OneItem:
    """The only item of a loop's run, and its variable ``loop``."""

    def __init__(self, item: Any, loop: RecordingLoop) -> None:
        self._item = item
        self._loop = loop

    def __iter__(self) -> Iterator[Any]:
        return iter((self._item,))

    def pairs(self) -> Iterator[tuple[Any, RecordingLoop]]:
        return iter(((self._item, self._loop),))


class RecordingLoop:
    """The variable ``loop`` in the body of a loop over a recorded list."""

    def __init__(self, recorder: Recorder, root: int) -> None:
        self._recorder = recorder
        self._root = root

    def __getattr__(self, name: str) -> Any:
        if name not in STANDING:
            raise Refused(f"loop.{name} of a list that only the page knows")
        recorder = self._recorder
        number = recorder.expressions.number("standing", self._root, name)
        return recorder.decide("truth", number) if name in ("first", "last") else RecordingScalar(recorder, number)

    def _refuse(self, *_: object) -> NoReturn:
        raise Refused("the variable loop, handed on")

    __str__ = __repr__ = __html__ = __eq__ = __hash__ = _refuse


class Path(Struct, frozen=True, eq=False):
    """The decisions that lead to a loop: those ``before``, and the ``guards`` since the last loop or the beginning.

    ``around`` is the loop in whose body it stands, if it stands in one.
    """

    before: Path | None
    guards: tuple[Guard, ...]
    around: Loop | None


def _is_led(columns: Columns, path: Path) -> list[bool]:
    """Of each row whether it decides as ``path`` says."""
    found: list[bool] | None = columns.kept.get(path)
    if found is None:
        if path.before:
            found = _is_led(columns, path.before)
        elif path.around and isinstance(columns, ItemColumns):
            outer = path.around.is_led(columns.outer)
            found = [outer[item.owner] for item in columns.standings]
        else:
            found = [True] * len(columns.rows)
        for number, outcome in path.guards:
            column = columns.column(number)
            if column.count(outcome) < len(column):
                found = [is_led and settled(value) == outcome for is_led, value in zip(found, column, strict=True)]
        columns.kept[path] = found
    return found


class Loop:
    """A loop to which ``path`` leads; ``again`` is the run in which it was met, to be made once more for another row.

    ``number`` is that of its constant. Bodies are the parts of the text that an item prints.
    """

    def __init__(
        self,
        recorder: Recorder,
        root: int,
        path: Path,
        again: Run,
        *,
        is_markup: bool,
    ) -> None:
        self._path = path
        self._is_markup = is_markup
        self.number = 0
        self.again = again
        self.bodies = _Bodies(self, recorder, root)

    @property
    def around(self) -> Loop | None:
        return self._path.around

    def texts(self, columns: Columns, root: int) -> list[Any]:
        """The text printed for each row; FAILED where it does not lead here, or an item cannot be followed."""
        items = items_of(columns, root)
        found: list[Any] = ["" if is_here else FAILED for is_here in self.is_led(columns)]
        printed: list[str] = [""] * len(items.rows)
        for body, members in self.made(columns, root):
            numbers = range(len(items.rows)) if members is None else members
            if isinstance(body, Unfollowed):
                for item in numbers:
                    found[items.standings[item].owner] = FAILED
            else:
                for item, text in zip(numbers, fill(items, body, members), strict=True):
                    printed[item] = text
        at = 0
        for standing in items.standings:
            if standing.at == 0:
                if found[standing.owner] is not FAILED:
                    found[standing.owner] = "".join(printed[at : at + standing.length])
                at += standing.length
        if self._is_markup:
            return [value if value is FAILED else Markup(value) for value in found]  # noqa: S704 - as its body has it
        return found

    def made(self, columns: Columns, root: int) -> Sequence[tuple[tuple[Part, ...] | Unfollowed, Rows]]:
        """The items of all rows that lead here, by the body that stands for them."""
        found: list[tuple[tuple[Part, ...] | Unfollowed, Rows]] | None = columns.kept.get(self)
        if found is None:
            items, is_led = items_of(columns, root), self.is_led(columns)
            group = 0
            if not all(is_led):
                group = items.group([at for at, item in enumerate(items.standings) if is_led[item.owner]])
            found = columns.kept[self] = list(self.bodies.assign(items, group))
        return found

    def is_led(self, columns: Columns) -> list[bool]:
        """Of each row whether it leads to this loop."""
        return [True] * len(columns.rows) if self.bodies.is_running else _is_led(columns, self._path)


class _Bodies(Variants[tuple[Part, ...]]):
    """The bodies of a loop; what an item decides is evaluated by item."""

    def __init__(self, loop: Loop, recorder: Recorder, root: int) -> None:
        super().__init__(recorder, self._trace_item)
        self._loop = loop
        self._items = root
        self._body: Body | None = None

    @contextmanager
    def running(self, body: Body) -> Iterator[None]:
        """While the run has come to the loop, whose body is ``body`` there."""
        before, self._body = self._body, body
        try:
            yield
        finally:
            self._body = before

    def _grow(self, node: Any, row: Columns) -> None:
        if self._body is None and isinstance(row, ItemColumns):
            self._come_to(row)
            if node.found is None and node.expression is None:
                node.found = Unfollowed(Refused("an item to which no run leads"))
                self.found.append(node.found)
        else:
            super()._grow(node, row)

    def _come_to(self, item: ItemColumns) -> None:
        """Have a run come to this loop with ``item``: only there the names of the body mean what they should."""
        outer, around = item.outer, self._loop.around
        while around and isinstance(outer, ItemColumns):
            if around.bodies.is_running:
                around.bodies._traced(outer)
                return
            outer, around = outer.outer, around.around
        if self._recorder.run is None:
            with self._recorder.running(self._loop.again), suppress(Exception):
                self._loop.again.trace(outer)

    @property
    def is_running(self) -> bool:
        return self._body is not None

    def _traced(self, row: Columns) -> tuple[tuple[Part, ...] | Unfollowed, list[Guard]]:
        with self._recorder.within(self._loop, self._items, row) as guards:
            try:
                return self._trace(row), guards
            # Whatever a body raises, its page raises too.
            except Exception as error:  # noqa: BLE001
                return Unfollowed(error), guards

    def _trace_item(self, _: Columns) -> tuple[Part, ...]:
        recorder, root = self._recorder, self._items
        if self._body is None:
            raise Refused("a loop that no run has come to")
        text = self._body(OneItem(recorder.value(root), RecordingLoop(recorder, root)))
        if not is_recording(text):
            return parts_of(str.__str__(text))
        return recorder.expressions.flattened((recorder.expression(text),))


def fill(items: Columns, parts: tuple[Part, ...], members: Rows) -> Iterator[str]:
    """The text of ``parts`` for each of ``members``."""
    count = len(items.rows if members is None else members)
    columns: list[Any] = []
    for part in parts:
        if isinstance(part, str):
            columns.append(repeat(part, count))
        else:
            column = items.texts(part)
            columns.append(column if members is None else map(column.__getitem__, members))
    return map("".join, zip(*columns, strict=True)) if columns else repeat("", count)


def run_loop(recorder: Recorder, listed: Any, body: Body, kind: LoopKind, *, is_markup: bool) -> str:
    """The printed text of a loop: by item where ``listed`` is a recorded list, and otherwise as Jinja makes it.

    Jinja also makes that of each row of which an item cannot be followed.
    """
    again = recorder.run
    if (
        not isinstance(listed, RecordingList)
        or again is None
        or recorder.frame.unrolls
        or (kind.is_filtered and (kind.has_else or kind.is_counted))
    ):
        return body(listed)
    if kind.has_else and not listed:
        return body(())
    expressions, frame = recorder.expressions, recorder.frame
    root = expressions.number(ITEMS, listed.expression, frame.root)
    around, guards = frame.loop, tuple(frame.unsaid)
    owner = around.number if around else again.name
    frame.path = path_constant(expressions, frame.path, owner, guards, around)
    frame.reads, frame.unsaid = (*frame.reads, *(number for number, _ in guards)), []
    frame.loops += 1
    constant = loop_constant(recorder, (owner, frame.path, frame.loops, root, is_markup), again)
    loop: Loop = expressions.constants[constant]
    number = expressions.number(LOOP, constant, root, frame.root, listed.expression, *frame.reads)
    with loop.bodies.running(body):
        is_followed = recorder.decide("follows", number)
    if is_followed:
        return RecordingMarkup(recorder, number) if is_markup else RecordingText(recorder, number)
    return body(listed)


def path_constant(
    expressions: Expressions, before: int | None, owner: int | str, guards: tuple[Guard, ...], around: Loop | None
) -> int:
    """The number of a path that goes on from ``before``, in the body of the loop ``around`` or in the run ``owner``."""
    path = Path(None if before is None else expressions.constants[before], guards, around)
    return expressions.constant(("path", before, owner, guards), path)


def loop_constant(recorder: Recorder, said: tuple[int | str, int, int, int, bool], again: Run) -> int:
    """The number of a loop that ``again`` has met.

    ``said`` are the loop or the run around it, its path, its place there, its items, and whether it prints HTML.
    """
    _, path, _, root, is_markup = said
    expressions = recorder.expressions
    made = Loop(recorder, root, expressions.constants[path], again, is_markup=is_markup)
    number = expressions.constant((LOOP, *said), made)
    expressions.constants[number].number = number
    return number


def bodies_of(columns: Columns, number: int) -> Iterator[tuple[tuple[Part, ...], ItemColumns, Rows]]:
    """The bodies that a loop, the expression ``number``, has in these rows, and the items for which each stands."""
    _, constant, root, *_ = columns.expressions.rows[number]
    for body, members in columns.expressions.constants[constant].made(columns, root):
        if not isinstance(body, Unfollowed):
            yield body, items_of(columns, root), members


def of_row(columns: Columns, number: int, row: int) -> Iterator[tuple[tuple[Part, ...], ItemColumns, int]]:
    """The bodies of a loop on the page of ``row``, one after another, each with its item."""
    found: dict[int, tuple[tuple[Part, ...], ItemColumns]] = {}
    for body, items, members in bodies_of(columns, number):
        for item in range(len(items.rows)) if members is None else members:
            if items.standings[item].owner == row:
                found[item] = body, items
    yield from ((*found[item], item) for item in sorted(found))


def ways(columns: Columns, number: int) -> Iterator[tuple[Hashable, set[int]]]:
    """Variants of the items of a loop, and of those in its body: a name of each, and the rows that have it.

    A list without an item, with one, and with several are variants, too.
    """
    base = columns.base_of(number)
    found = base.kept.get(("ways", number))
    if found is None:
        found = base.kept["ways", number] = list(_ways(base, number))
    yield from found


def _ways(columns: Columns, number: int) -> Iterator[tuple[Hashable, set[int]]]:
    items = items_of(columns, columns.expressions.rows[number][2])
    lengths: list[set[int]] = [{*range(len(columns.rows))}, set(), set()]
    for standing in items.standings:
        lengths[min(standing.length, 2)].add(standing.owner)
    lengths[0] -= lengths[1] | lengths[2]
    for length, rows in enumerate(lengths):
        if rows:
            yield (number, length), rows
    for body, _, members in bodies_of(columns, number):
        numbers = range(len(items.rows)) if members is None else members
        yield (number, body), {items.standings[item].owner for item in numbers}
        for part in body:
            for inner in columns.expressions.loops(part) if isinstance(part, int) else ():
                for way, inner_items in ways(items, inner):
                    if rows := {items.standings[item].owner for item in inner_items.intersection(numbers)}:
                        yield way, rows
