"""The site as it is to be published: pages that are yet to be made, and the files that are made beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from generator.check.published import Published, hosts_of
from generator.ledger.records import Dating, History
from generator.plan.lookup import find_route
from generator.plan.routes import Plan
from generator.render.files.sitemaps import sitemap_paths
from generator.render.made_page import MadePage
from generator.render.renderer import Rendering
from generator.write.paths import page_address, page_file


class PlannedFiles(Struct, frozen=True):
    """The files of a site that are no pages, before they are written; small enough to travel.

    ``sizes`` has each of them by its address, 0 for sitemaps, which are made with their pages. ``texts`` are those that
    hosts and crawlers read.
    """

    sizes: Mapping[str, int]
    texts: Mapping[str, bytes]


_READ = ("/robots.txt", "/_headers", "/_redirects", "/sitemap.xml")


def planned_files(plan: Plan, files: Mapping[str, bytes]) -> PlannedFiles:
    """``files`` as ``site_files`` makes them for ``plan``, and its sitemaps."""
    sizes = dict.fromkeys(sitemap_paths(plan), 0) | {path: len(body) for path, body in files.items()}
    return PlannedFiles(sizes, {path: files[path] for path in _READ if path in files})


class Planned(Published):
    """Contents of ``folder`` once a build is done; a page that a rule asks for is made then."""

    def __init__(self, rendering: Rendering, folder: Path, files: PlannedFiles, dating: Dating) -> None:
        plan = rendering.plan
        super().__init__(folder, plan.site.config.base_url, hosts_of(plan.site.config))
        self._plan = plan
        self._rendering = rendering
        self._dating = dating
        self._files = files
        self._public = {public.path: public.file for public in plan.site.public_files}

    def has(self, path: str) -> bool:
        file = page_file(path)
        return file in self._files.sizes or self._plan.has(page_address(file))

    def has_all(self, start: str, ends: Collection[str]) -> bool:
        plan = self._plan
        topic = plan.book.prefixes.get(start)
        if topic and not plan.decides_places(topic):
            # Each place has a page of the topic where the language serves its country.
            places = [plan.book.tails.get(end) for end in ends]
            served = plan.book.countries[topic.locale]
            if all(place is not None and place.country in served for place in places):
                return True
        return super().has_all(start, ends)

    def read(self, path: str) -> bytes | None:
        file = page_file(path)
        if file in self._files.texts:
            return self._files.texts[file]
        if file in self._public:
            return self._public[file].read_bytes()
        address = page_address(file)
        if address in self._plan.frozen:
            return (self.folder / file[1:]).read_bytes()
        found = find_route(self._plan, address)
        made = self._rendering.renderer.by_itself(found[1], History(), self._dating) if found else None
        return made.whole if isinstance(made, MadePage) else None

    def size(self, path: str) -> int:
        file = page_file(path)
        return self._files.sizes[file] if file in self._files.sizes else len(self.read(path) or b"")

    def pages(self) -> Iterator[str]:
        yield from (page_address(path) for path in self._files.sizes if path.endswith(".html"))
        for batch in self._plan.batches:
            yield from (route.path for route in self._plan.routes(batch))

    def files(self) -> Iterator[str]:
        yield from sorted(self._files.sizes)
