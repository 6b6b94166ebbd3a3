"""Digests of code and input files, by which a build is known to be current without loading anything."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path

from generator.ledger.records import DIGEST_SIZE

_LIBRARIES = ("babel", "jinja2", "markdown", "markupsafe", "msgspec", "pillow", "pyyaml", "rensa", "tzdata")
"""Libraries that decide bytes of the site, or what the ledger keeps."""

_FOLDERS = ("content", "templates")
_PACKAGE = Path(__file__).parents[1]


@cache
def code_digest() -> str:
    """The digest of the generator's own code, of Python's version and of the libraries that make pages."""
    state = blake2b(repr((sys.version_info[:2], sys.byteorder)).encode(), digest_size=DIGEST_SIZE)
    state.update("\n".join(_versions()).encode())
    _add_files(state, _PACKAGE, ".py")
    return state.hexdigest()


def _versions() -> list[str]:
    """The libraries with their versions, by the names of the folders that pip notes them in."""
    found: dict[str, str] = {}
    for folder in sys.path:
        # Entries that are no folders, such as archives, are left out.
        if Path(folder).is_dir():
            for entry in os.scandir(folder or os.curdir):
                name = entry.name
                library = name.partition("-")[0].lower()
                if name.endswith(".dist-info") and library in _LIBRARIES:
                    found.setdefault(library, name)
    missing = [library for library in _LIBRARIES if library not in found]
    if missing:
        # Imported here: it takes longer than all else that a build does to find nothing changed.
        from importlib import metadata

        found |= {library: f"{library}-{metadata.version(library)}" for library in missing}
    return sorted(found.values())


def digest_inputs(root: Path, settings: Sequence[str], code: str) -> str:
    """The digest of the site's files, of ``--set`` and of the code: with the same one, a build does the same.

    Only the day is left out; it matters when a table's column expires.
    """
    state = blake2b(repr((tuple(settings), code)).encode(), digest_size=DIGEST_SIZE)
    for folder in _FOLDERS:
        _add_files(state, root / folder, "")
    return state.hexdigest()


def folder_digest(folder: Path) -> bytes:
    """The digest of all files of ``folder`` with their names; that of no files where it is missing."""
    state = blake2b(digest_size=DIGEST_SIZE)
    _add_files(state, folder, "")
    return state.digest()


def files_digest(files: Iterable[Path]) -> bytes:
    """The digest of ``files`` with their names, without their folders, in this order."""
    state = blake2b(digest_size=DIGEST_SIZE)
    for path in files:
        _add_file(state, path.name, path)
    return state.digest()


def _add_files(state: blake2b, folder: Path, suffix: str) -> None:
    for path in sorted(_files(folder.as_posix())):
        if path.endswith(suffix):
            _add_file(state, path[len(folder.as_posix()) :], Path(path))


def _add_file(state: blake2b, name: str, path: Path) -> None:
    body = _content(path)
    # The length keeps the end of one file from being taken for the beginning of the next.
    state.update(f"{name}\0{len(body)}\0".encode("utf-8", "surrogateescape") + body)


def _content(file: Path) -> bytes:
    # The reader of the file reports better why it cannot be read.
    try:
        return file.read_bytes()
    except OSError as error:
        return repr(error.errno).encode()


def _files(folder: str) -> Iterator[str]:
    for base, folders, names in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (f"{base}/{name}" for name in names)
