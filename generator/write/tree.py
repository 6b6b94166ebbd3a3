"""The deployable tree: writes what changed, and removes what no longer belongs there."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from generator.errors import Finding, SiteError

_SAFE_PATH = re.compile(r"/(?:[^/\\\x00-\x1f\x7f]+/)*[^/\\\x00-\x1f\x7f]*")
_TEMPORARY = ".building"


class Tree:
    """The folder ``output/site/``; every path is an address on the site, beginning with a slash."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, path: str) -> Path:
        """The file behind an address; one that ends in a slash is its folder's ``index.html``.

        Raises ValueError for an address that would leave the tree.
        """
        if not _SAFE_PATH.fullmatch(path) or any(part in {".", ".."} for part in path.split("/")):
            raise ValueError(f"{path!r} is not an address of a page")
        return self.folder / self.listed(path)[1:]

    @staticmethod
    def listed(path: str) -> str:
        """The address of a page as ``files`` lists its file."""
        return f"{path}index.html" if path.endswith("/") else path

    def has(self, path: str) -> bool:
        return self.file(path).is_file()

    def write(self, path: str, body: bytes) -> bool:
        """Put ``body`` at ``path``; False when it is there already.

        An existing file is replaced by a rename, so that no reader sees half a page.
        """
        file = self.file(path)
        try:
            with file.open("rb") as current:
                if os.fstat(current.fileno()).st_size == len(body) and current.read() == body:
                    return False
        except FileNotFoundError:
            file.parent.mkdir(parents=True, exist_ok=True)
        except (IsADirectoryError, NotADirectoryError):
            self._make_way(file)
        temporary = file.with_name(f".{file.name}.{os.getpid()}{_TEMPORARY}")
        try:
            temporary.write_bytes(body)
            temporary.replace(file)
        finally:
            temporary.unlink(missing_ok=True)
        return True

    def _make_way(self, file: Path) -> None:
        """Remove a file where a folder must be, or an empty folder where a file must be."""
        for parent in reversed(file.parents):
            if parent != self.folder and parent.is_relative_to(self.folder) and parent.is_file():
                parent.unlink()
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.is_dir():
            for folder, _, names in os.walk(file, topdown=False):
                for name in names:
                    Path(folder, name).unlink()
                Path(folder).rmdir()

    def files(self) -> Iterator[str]:
        """The address of every file in the tree, as its file stands: pages end in ``index.html``.

        Raises SiteError where a folder is a link, through which the build would write elsewhere.
        """
        for folder, folders, names in os.walk(self.folder):
            for link in (Path(folder, name) for name in folders if Path(folder, name).is_symlink()):
                what = "this folder is a link to another, and nothing may be written there"
                raise SiteError([Finding(link.as_posix(), what, "Remove the link.")])
            relative = Path(folder).relative_to(self.folder).as_posix()
            prefix = "/" if relative == "." else f"/{relative}/"
            for name in names:
                yield prefix + name

    def remove(self, paths: Collection[str]) -> None:
        """Remove these files, and the folders that are left empty."""
        folders = set()
        for path in paths:
            file = self.folder / path[1:]
            file.unlink(missing_ok=True)
            folders.add(file.parent)
        for folder in sorted(folders, key=lambda folder: len(folder.parts), reverse=True):
            while folder != self.folder and folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
                folder = folder.parent


def is_leftover(path: str) -> bool:
    """Whether an interrupted build left this file."""
    return path.endswith(_TEMPORARY)
