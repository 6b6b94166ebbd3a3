"""Detection of files that were altered in the tree since the last build, without opening a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

from msgspec import Struct

from generator.executors.executor import Executor
from generator.ledger.cache import Cache
from generator.ledger.records import FileStamp
from generator.ledger.store import Ledger, open_ledger
from generator.write.paths import page_address
from generator.write.tree import Tree

_RANGE = 20_000
"""Pages that one process inspects at a time: some 0.1 s of work."""


class Inspection(Struct, frozen=True):
    """Differences between the tree and the ledger.

    ``pages`` are altered or missing ones by their batch; ``files`` are such files that are no pages;
    ``unknown`` are files that no build recorded, as ``Tree.files`` lists them.
    """

    pages: Mapping[str, frozenset[str]]
    files: frozenset[str]
    unknown: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        return not (self.pages or self.files or self.unknown)


class Begun(Struct, frozen=True):
    """A build that has begun: where it writes, what it remembers, and what it has found.

    ``file`` is the ledger's. ``code`` and ``inputs`` are digests, of the generator and of all that it reads; ``cache``
    are results of earlier builds. ``find_altered`` waits for what was found in the tree; ``started`` is on the clock
    of ``time.perf_counter``.
    """

    tree: Tree
    ledger: Ledger
    file: Path
    code: str
    inputs: str
    cache: Cache
    find_altered: Callable[[], Inspection]
    started: float


class _Part(Struct, frozen=True):
    pages: tuple[tuple[str, str], ...]
    folders: tuple[str, ...]


@contextmanager
def begin_inspection(tree: Tree, ledger: Ledger, file: Path, executor: Executor) -> Iterator[Callable[[], Inspection]]:
    """Begin to compare ``tree`` with what the ledger, which is kept in ``file``, says of it; gives what waits for it.

    Sizes and times of modification are compared, of files and of the folders around them: a folder whose time
    is as the build left it holds what the build left in it, and is not listed (a listing costs 40 times a
    look at the time). Waiting raises SiteError where a folder of the tree is a link.
    """
    folders = ledger.folders()
    setup = partial(_Inspector, tree, file, frozenset(folders))
    with executor.workers(setup) as workers:
        parts = workers.map(_Inspector.inspect, ledger.ranges(_RANGE))
        yield cache(partial(_inspection, tree, ledger, folders, parts))


def _inspection(tree: Tree, ledger: Ledger, folders: Mapping[str, int], parts: Iterable[_Part]) -> Inspection:
    files = {stamp.path: stamp for stamp in ledger.files()}
    changed = [folder for folder, modified in folders.items() if tree.folder_modified_ns(folder) != modified]
    altered: dict[str, set[str]] = {}
    for part in parts:
        changed += part.folders
        for path, batch in part.pages:
            altered.setdefault(batch, set()).add(path)
    if not ledger.was_completed:
        # Nobody has noted the folders yet, so every one of them is looked into.
        unknown = [path for path in tree.files() if path not in files and not ledger.is_page(page_address(path))]
    else:
        unknown = [path for folder in changed for path in _unknown(tree, ledger, folder, files.keys(), folders)]
    return Inspection(
        pages={batch: frozenset(paths) for batch, paths in altered.items()},
        files=frozenset(path for path, stamp in files.items() if _is_altered(tree, stamp)),
        unknown=tuple(sorted(set(unknown))),
    )


def _is_altered(tree: Tree, stamp: FileStamp) -> bool:
    found = tree.stamp(stamp.path)
    return (found.size, found.modified_ns) != (stamp.size, stamp.modified_ns)


class _Inspector:
    """One process's look at the tree."""

    def __init__(self, tree: Tree, file: Path, folders: frozenset[str]) -> None:
        self._tree = tree
        self._file = file
        self._folders = folders
        """Folders that hold more than one page; their own times are checked once, not with each page."""

    def inspect(self, part: tuple[str, str]) -> _Part:
        pages: list[tuple[str, str]] = []
        folders: list[str] = []
        with open_ledger(self._file, read_only=True) as ledger:
            for path, is_altered, is_folder_altered in self._tree.altered(ledger.stamps(*part)):
                # A page that is frozen cannot be made again, whatever became of it.
                if is_altered and (batch := ledger.makes(path)) is not None:
                    pages.append((path, batch))
                folder = path[: path.rindex("/") + 1]
                if is_folder_altered and folder not in self._folders:
                    folders.append(folder)
        return _Part(tuple(pages), tuple(folders))


def _unknown(
    tree: Tree, ledger: Ledger, folder: str, files: Iterable[str], folders: Mapping[str, int]
) -> Iterator[str]:
    for name, is_folder in tree.listing(folder):
        path = folder + name
        if is_folder:
            if f"{path}/" not in folders and not ledger.is_page(f"{path}/"):
                yield from tree.files(f"{path}/")
        elif path not in files and not ledger.is_page(page_address(path)):
            yield path
