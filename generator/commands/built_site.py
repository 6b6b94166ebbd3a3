"""A built site, opened for reading: its content, its ledger and its tree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from msgspec import Struct

from generator.build.pipeline import load_site, rendering_of
from generator.build.run import LEDGER
from generator.check.facts import Facts, facts_of
from generator.check.published import Published, own_site
from generator.errors import ConfigurationError, Finding
from generator.ledger.cache import Cache
from generator.ledger.digests import code_digest
from generator.ledger.store import Ledger, open_ledger
from generator.model import Site
from generator.options import Options
from generator.render.renderer import Rendering


class BuiltSite(Struct, frozen=True, dict=True):
    """The site that ``options`` has built; ``code`` is the digest of the generator that looks at it."""

    options: Options
    site: Site
    published: Published
    ledger: Ledger
    facts: Facts
    code: str
    cache: Cache

    @cached_property
    def rendering(self) -> Rendering:
        return rendering_of(self.site, self.published.has, self.cache, self.options.printing)


@contextmanager
def open_built(options: Options) -> Iterator[BuiltSite]:
    """The site at ``options.root`` and what it has in ``output/site``; changes nothing.

    Raises SiteError where the site cannot be loaded, ConfigurationError where its settings are wrong or nothing is
    built.
    """
    folder, file = options.output / "site", options.output / LEDGER
    nothing = ConfigurationError([Finding(folder.as_posix(), "nothing is built here yet", "Run make pages first.")])
    if not folder.is_dir() or not file.is_file():
        raise nothing
    with open_ledger(file, read_only=True) as ledger:
        if not ledger.count_published():
            raise nothing  # A first build was interrupted before it recorded a page.
        code = code_digest()
        cache = Cache(ledger, code)
        site = load_site(options, cache)
        with facts_of(ledger, file, site.config.base_url) as facts:
            yield BuiltSite(options, site, own_site(folder, site.config), ledger, facts, code, cache)
