"""Parser of ``_redirects``, as Cloudflare Pages and Netlify read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import unquote

from msgspec import Struct

from generator.check.addresses import Address
from generator.check.placeholders import expression

Local = Callable[[str], Address | None]

FILE = "/_redirects"
STATUSES = frozenset({301, 302, 303, 307, 308})
"""Statuses that redirect a browser; with others, as 200 or 404, a host answers itself."""

_STATUS = re.compile(r"([1-5]\d\d)!?")
_PLACEHOLDER = re.compile(r"\*|(?<=/):[A-Za-z]\w*")
_NAME = re.compile(r":[A-Za-z]\w*")
_STEPS = 20
"""Redirects with placeholders that are followed in a row: browsers give up then, as the Fetch standard says."""

_PATTERNS = 100
"""Redirects with placeholders that are followed: as many as Cloudflare Pages reads."""


class Redirect(Struct, frozen=True):
    """A line of the file. ``target`` is a path of this site, empty where the redirect leads elsewhere.

    ``shown`` is where it leads, as the file has it. In ``source`` and ``target`` may stand ``*`` and ``:name``.
    ``is_conditional`` are those for some readers only.
    """

    line: int
    text: str
    source: str
    shown: str
    target: str
    status: int
    is_conditional: bool

    @property
    def is_dynamic(self) -> bool:
        return bool(_PLACEHOLDER.search(self.source))

    @property
    def is_redirect(self) -> bool:
        return self.status in STATUSES and not self.is_conditional

    def sample(self) -> tuple[str, str]:
        """An address that it redirects, and where to: the same where it has no placeholders."""
        return _PLACEHOLDER.sub("x", self.source), _NAME.sub("x", self.target)


class RedirectMap:
    """Redirects as hosts apply them: the first line that matches an address wins."""

    def __init__(self, redirects: Sequence[Redirect]) -> None:
        self.redirects = redirects
        self._static: dict[str, Redirect] = {}
        dynamic = [redirect for redirect in redirects if redirect.is_dynamic and redirect.source.count("*") <= 1]
        self.patterns = [(redirect, expression(redirect.source, _PLACEHOLDER, "/")) for redirect in dynamic[:_PATTERNS]]
        for redirect in redirects:
            if not redirect.is_dynamic:
                self._static.setdefault(redirect.source, redirect)

    def find(self, path: str) -> Redirect | None:
        """First match of ``path``: a redirect, or a line by which the host answers itself."""
        return self._find(path)[0]

    def _find(self, path: str) -> tuple[Redirect | None, Mapping[str, str]]:
        """First match of ``path``, and the values of its placeholders."""
        static = self._static.get(path)
        for redirect, pattern in self.patterns:
            if static and static.line < redirect.line:
                break
            if held := pattern.fullmatch(path):
                return redirect, held.groupdict()
        return static, {}

    def after(self, path: str) -> tuple[Redirect, str] | None:
        """The redirect that ``path`` meets, and the path to which it leads; None where there is none on this site."""
        found, held = self._find(path)
        if found is None or not found.is_redirect or not found.target:
            return None
        if not found.is_dynamic:
            return found, found.target
        return found, _NAME.sub(lambda name: held.get(name[0][1:]) or "x", found.target)


def read_redirects(text: str, local: Local) -> RedirectMap:
    """The redirects of the file, in the order of its lines; ``local`` says what an address means on this site."""
    read = (_redirect(number, line, local) for number, line in enumerate(text.splitlines(), start=1))
    return RedirectMap([redirect for redirect in read if redirect])


def loops(known: RedirectMap) -> Iterator[tuple[Redirect, list[str]]]:
    """Each redirect loop once: its first redirect, and the addresses on the way."""
    settled: set[str] = set()
    for redirect in known.redirects:
        path = redirect.sample()[0]
        way: dict[str, Redirect] = {}
        dynamic = 0
        while path not in settled and path not in way and dynamic <= _STEPS:
            step = known.after(path)
            if step is None:
                break
            dynamic += step[0].is_dynamic
            way[path], path = step
        else:
            # A pattern that fits its own target makes addresses without end, each longer than the one before.
            if path not in settled:
                steps = list(way)[list(way).index(path) if path in way else 0 :]
                yield way[steps[0]], [*steps, path]
        settled.update(way)


def _redirect(number: int, line: str, local: Local) -> Redirect | None:
    words = line.split()
    comment = next((index for index, word in enumerate(words) if word.startswith("#")), len(words))
    source, *rest = words[:comment] or [""]
    if not source.startswith("/"):
        return None
    # Between source and target some hosts allow conditions on parameters, as "id=:id".
    at = next((index for index, word in enumerate(rest) if word.startswith(("/", "http://", "https://"))), None)
    if at is None:
        return None
    statuses = [match[1] for word in rest[at + 1 :] if (match := _STATUS.fullmatch(word))]
    conditions = [word for index, word in enumerate(rest) if "=" in word and index != at]
    address = local(rest[at])
    return Redirect(
        number,
        line.strip(),
        unquote(source),
        rest[at],
        address.path if address else "",
        int(statuses[0]) if statuses else 301,
        bool(conditions),
    )
