"""The deployable tree: writes what changed, and removes what no longer belongs there."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from generator.errors import Finding, SiteError
from generator.write.paths import page_file

_NAME = r"(?!\.{1,2}(?:/|$))[^/\\\x00-\x1f\x7f]"
_SAFE_PATH = re.compile(rf"/(?:{_NAME}+/)*(?:{_NAME}+)?")
_TEMPORARY = ".building"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC

_MODE = 0o666
"""File mode before the umask; a page is no program."""


class Stamp(Struct, frozen=True):
    """Size of a file in bytes, and when it and its folder were last modified, in nanoseconds."""

    size: int
    modified_ns: int
    folder_modified_ns: int


class Tree:
    """The folder ``output/site/``; every path is an address on the site, beginning with a slash."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._prefix = folder.as_posix()

    def file(self, path: str) -> Path:
        """The file behind an address; one that ends in a slash is its folder's ``index.html``.

        Raises ValueError for an address that would leave the tree.
        """
        return Path(self._file(path))

    def _file(self, path: str) -> str:
        # As text: a Path costs more than the calls that it is for.
        if not _SAFE_PATH.fullmatch(path):
            raise ValueError(f"{path!r} is not an address of a page")
        return f"{self._prefix}{page_file(path)}"

    def has(self, path: str) -> bool:
        return self.file(path).is_file()

    def stamp(self, path: str) -> Stamp:
        """The state of the file behind an address; all zeros when there is none."""
        file = f"{self._prefix}{page_file(path)}"
        try:
            found = os.stat(file)  # noqa: PTH116 - a Path costs more than the call
            return Stamp(found.st_size, found.st_mtime_ns, os.stat(file[: file.rindex("/")]).st_mtime_ns)  # noqa: PTH116
        except (FileNotFoundError, NotADirectoryError):
            return Stamp(0, 0, 0)

    def altered(self, stamps: Iterable[tuple[str, int, int, int]]) -> Iterator[tuple[str, bool, bool]]:
        """Of addresses with their earlier stamps, those that differ: is it the file, and is it the folder?"""
        prefix, stat = self._prefix, os.stat
        for path, size, modified_ns, folder_modified_ns in stamps:
            # As ``stamp`` does it, without a record for each file: there are hundreds of thousands to look at.
            file = f"{prefix}{path}index.html" if path[-1] == "/" else f"{prefix}{path}"
            try:
                found = stat(file)
                is_altered = found.st_mtime_ns != modified_ns or found.st_size != size
                is_folder_altered = stat(file[: file.rindex("/")]).st_mtime_ns != folder_modified_ns
            except (FileNotFoundError, NotADirectoryError):
                is_altered = is_folder_altered = True
            if is_altered or is_folder_altered:
                yield path, is_altered, is_folder_altered

    def write(self, path: str, body: bytes, *, is_new: bool = False) -> bool:
        """Put ``body`` at ``path``; False when it is there already.

        A file that ``is_new`` is not expected to have its folder: to make that at once takes a call less. An existing
        file is replaced by a rename, so that no reader sees half a page.
        """
        name = self._file(path)
        try:
            if is_new:
                self._make_folder(name[: name.rindex("/")])
            return self._create(name, body)
        except FileExistsError:
            file = Path(name)
        except NotADirectoryError:
            file = Path(name)
            self._make_way(file)
            return self._create(name, body)
        try:
            with file.open("rb") as current:
                if os.fstat(current.fileno()).st_size == len(body) and current.read() == body:
                    return False
        except FileNotFoundError:
            pass  # A link that leads nowhere; what is renamed takes its place.
        except IsADirectoryError:
            self._make_way(file)
        temporary = file.with_name(f".{file.name}.{os.getpid()}{_TEMPORARY}")
        try:
            temporary.write_bytes(body)
            temporary.replace(file)
        finally:
            temporary.unlink(missing_ok=True)
        return True

    def _create(self, name: str, body: bytes) -> bool:
        """Write a file that is not there yet, at a third of the price of a rename; half of one is taken back."""
        try:
            descriptor = os.open(name, _NEW, _MODE)
        except FileNotFoundError:
            self._make_folder(name[: name.rindex("/")])
            descriptor = os.open(name, _NEW, _MODE)
        try:
            try:
                written = os.write(descriptor, body)
                while written < len(body):
                    written += os.write(descriptor, body[written:])
            finally:
                os.close(descriptor)
        except BaseException as error:
            Path(name).unlink(missing_ok=True)
            if isinstance(error, OSError):
                # A write does not say of which file it was.
                error.filename = name
            raise
        return True

    @staticmethod
    def _make_folder(folder: str) -> None:
        # Usually only the last folder is new.
        try:
            os.mkdir(folder)  # noqa: PTH102
        except FileNotFoundError:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        except FileExistsError:
            if not os.path.isdir(folder):  # noqa: PTH112
                raise NotADirectoryError(folder) from None

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

    def folder_modified_ns(self, folder: str) -> int:
        """When a folder of the tree was last modified, in nanoseconds; zero when it is not there."""
        try:
            return os.stat(self._prefix + folder).st_mtime_ns  # noqa: PTH116
        except (FileNotFoundError, NotADirectoryError):
            return 0

    def listing(self, folder: str) -> list[tuple[str, bool]]:
        """The names in a folder of the tree, and whether each is a folder itself; none when it is not there."""
        try:
            with os.scandir(self._prefix + folder) as entries:
                return sorted((entry.name, self._is_folder(entry)) for entry in entries)
        except (FileNotFoundError, NotADirectoryError):
            return []

    def files(self, folder: str = "/") -> Iterator[str]:
        """The address of every file in and below ``folder``, as its file stands: pages end in ``index.html``.

        Raises SiteError where a folder is a link, through which the build would write elsewhere.
        """
        for name, is_folder in self.listing(folder):
            if is_folder:
                yield from self.files(f"{folder}{name}/")
            else:
                yield folder + name

    @staticmethod
    def _is_folder(entry: os.DirEntry[str]) -> bool:
        if entry.is_symlink() and entry.is_dir():
            what = "this folder is a link to another, and nothing may be written there"
            raise SiteError([Finding(Path(entry.path).as_posix(), what, "Remove the link.")])
        return entry.is_dir()

    def remove(self, paths: Collection[str]) -> None:
        """Remove those of these files that are there, and the folders that are left empty."""
        folders = set()
        for path in paths:
            file = self.folder / path[1:]
            # A page may have taken its place: as a folder, or as a file where its folder was.
            if file.is_symlink() or file.is_file():
                file.unlink()
            folders.add(file.parent)
        for folder in sorted(folders, key=lambda folder: len(folder.parts), reverse=True):
            while folder != self.folder and folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
                folder = folder.parent


def is_leftover(path: str) -> bool:
    """Whether an interrupted build left this file."""
    return path.endswith(_TEMPORARY)
