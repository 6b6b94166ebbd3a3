"""Mapping between the addresses of a site and the files of its tree."""

from __future__ import annotations


def page_file(path: str) -> str:
    """The file behind an address; both begin with a slash, and a folder's page is its ``index.html``."""
    return f"{path}index.html" if path.endswith("/") else path


def page_address(file: str) -> str:
    """The address at which ``file`` is read: the opposite of ``page_file``."""
    return file.removesuffix("index.html") if file.endswith("/index.html") else file
