"""What is judged, and what a judge answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.errors import Finding
from tests.verify.host import Served


class CannotRun(Exception):
    """A judge could not do its work; the message says what to install or mend."""


@dataclass(frozen=True, slots=True)
class Case:
    """A built site, served as its host would, and the tools to judge it with.

    ``tree`` is the folder that would be deployed, ``packages`` the ``node_modules`` folder of the judges,
    ``scratch`` a folder that is removed afterwards.
    """

    tree: Path
    base_url: str
    served: Served
    packages: Path
    chromium: str
    scratch: Path


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judge's answer: what it looked at, what it found wrong, and what is worth knowing besides."""

    looked_at: str
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
