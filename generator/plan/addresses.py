"""Who owns an address: finds pages that share one, and pages that another file would hide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.errors import Finding
from generator.model import Place, Site, Topic
from generator.routing import Paths

GENERATED_FILES = frozenset({"/404.html", "/_headers", "/_redirects", "/favicon.ico", "/robots.txt", "/sitemap.xml"})
GENERATED_FOLDERS = ("/assets/", "/sitemaps/")


@dataclass(frozen=True, slots=True)
class AddressBook:
    """Every page's address; its size grows with the places, not with places times topics and locales."""

    single: Mapping[str, str]
    """Addresses of the pages without a place, with what makes each."""
    prefixes: Mapping[str, Topic]
    """Beginnings of the places' addresses, one a topic and locale."""
    tails: Mapping[str, Place]
    """Ends of the places' addresses, the same for every topic and locale that serves the country."""
    countries: Mapping[str, frozenset[str]]
    """Countries that each locale serves."""

    def owners(self, path: str) -> list[str]:
        """Everything that wants to stand at ``path``, as its author would name it."""
        owners = [self.single[path]] if path in self.single else []
        for length in {len(prefix) for prefix in self.prefixes}:
            topic = self.prefixes.get(path[:length])
            place = self.tails.get(path[length:])
            if topic and place and place.country in self.countries[topic.locale]:
                owners.append(f"{topic.source} for {place.name} ({place.source})")
        return owners


def make_address_book(site: Site, paths: Paths) -> tuple[AddressBook, list[Finding]]:
    """All addresses, and every pair that collides with each other or with the site's own files."""
    findings: list[Finding] = []
    single: dict[str, str] = {"/": "the language chooser"}
    for path, owner in _single_pages(site, paths):
        if path in single:
            findings.append(_taken(owner, path, single[path]))
        single.setdefault(path, owner)
    tails: dict[str, Place] = {}
    for place in site.places:
        tail = paths.place_tail(place.region, place.slug)
        if tail in tails:
            findings.append(_taken(place.source, f"…/{tail}", tails[tail].source))
        tails.setdefault(tail, place)
    prefixes: dict[str, Topic] = {}
    for topic in site.topics:
        prefix = paths.place_prefix(topic)
        if prefix in prefixes and _countries(site)[topic.locale] & _countries(site)[prefixes[prefix].locale]:
            findings.append(_taken(topic.source, f"{prefix}…", prefixes[prefix].source))
        prefixes.setdefault(prefix, topic)
    book = AddressBook(single, prefixes, tails, _countries(site))
    findings.extend(_nested_collisions(book))
    findings.extend(_reserved(book))
    findings.extend(_hidden_by_public_files(site, book))
    return book, findings


def _single_pages(site: Site, paths: Paths) -> Iterator[tuple[str, str]]:
    regions = {place.region.key: place.region for place in site.places}
    countries = _countries(site)
    for locale in site.locales:
        yield paths.home(locale), f"the home page of {locale.tag}"
    for topic in site.topics:
        yield paths.topic(topic), topic.source
        for region in regions.values():
            if region.country in countries[topic.locale]:
                yield paths.region(topic, region), f"{topic.source} for the region {region.name}"


def _countries(site: Site) -> dict[str, frozenset[str]]:
    return {locale.tag: locale.countries for locale in site.locales}


def _taken(owner: str, path: str, by: str) -> Finding:
    return Finding(owner, f"the address {path} is already taken by {by}", "Give one of them another slug.")


def _nested_collisions(book: AddressBook) -> Iterator[Finding]:
    """Places' addresses that equal another page's, which can happen only where one beginning continues another."""
    for path, owner in book.single.items():
        others = [other for other in book.owners(path) if other != owner]
        if others:
            yield _taken(owner, path, others[0])
    prefixes = sorted(book.prefixes)
    for index, prefix in enumerate(prefixes):
        for longer in prefixes[index + 1 :]:
            if not longer.startswith(prefix):
                break
            for tail in book.tails:
                owners = book.owners(prefix + tail)
                if (prefix + tail).startswith(longer) and len(owners) > 1:
                    yield _taken(owners[0], prefix + tail, owners[1])


def _reserved(book: AddressBook) -> Iterator[Finding]:
    beginnings = [*((path, owner) for path, owner in book.single.items())]
    beginnings += [(prefix, topic.source) for prefix, topic in book.prefixes.items()]
    for path, owner in beginnings:
        if path.startswith(GENERATED_FOLDERS):
            yield Finding(
                owner, f"the address {path} lies in a folder of the generator's own files", "Give it another slug."
            )


def _hidden_by_public_files(site: Site, book: AddressBook) -> Iterator[Finding]:
    for public in site.public_files:
        shown = f"content/public{public.path}"
        path = public.path.lower()
        if path in GENERATED_FILES or path.startswith(GENERATED_FOLDERS):
            yield Finding(
                shown, f"the generator makes {public.path} itself", "Remove this file or give it another name."
            )
            continue
        page = path.removesuffix("index.html")
        # A file named like a page's folder cannot lie beside that folder.
        hidden = book.owners(page) or book.owners(f"{path}/") or _folder_owner(book, f"{path}/")
        if hidden:
            yield Finding(shown, f"this file would hide a page, {page}: {hidden[0]}", "Rename or remove it.")


def _folder_owner(book: AddressBook, folder: str) -> list[str]:
    return [owner for path, owner in book.single.items() if path.startswith(folder)][:1]
