"""Ownership of addresses: finds pages that share one, and pages that another file would hide."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Finding
from generator.model import Place, Site, Topic
from generator.plan.routes import AddressBook, Paths

GENERATED_FILES = frozenset({"/404.html", "/_headers", "/_redirects", "/favicon.ico", "/robots.txt", "/sitemap.xml"})
GENERATED_FOLDERS = ("/assets/", "/sitemaps/")


def make_address_book(site: Site, paths: Paths) -> tuple[AddressBook, list[Finding]]:
    """All addresses, and every pair that collides with each other or with the site's own files."""
    findings: list[Finding] = []
    single: dict[str, str] = {"/": "the language chooser"}
    said: set[tuple[str, str]] = set()
    for path, owner in _single_pages(site, paths):
        other = single.setdefault(path, owner)
        pair = (owner.partition(" for ")[0], other.partition(" for ")[0])
        # Two topics with one slug collide in every region; the first of those collisions says it all.
        if other is not owner and pair not in said:
            said.add(pair)
            findings.append(_taken(owner, path, other))
    tails: dict[str, Place] = {}
    for place in site.places:
        tail = paths.place_tail(place.region, place.slug)
        if tail in tails:
            findings.append(_taken(place.source, f"…/{tail}", tails[tail].source))
        tails.setdefault(tail, place)
    prefixes: dict[str, Topic] = {}
    countries = site.countries
    for topic in site.topics:
        prefix = paths.place_prefix(topic)
        shared = prefix in prefixes and countries[topic.locale] & countries[prefixes[prefix].locale]
        if shared and (topic.slug_source, prefixes[prefix].slug_source) not in said:
            findings.append(_taken(topic.slug_source, f"{prefix}…", prefixes[prefix].slug_source))
        prefixes.setdefault(prefix, topic)
    book = AddressBook(single, prefixes, tails, countries, frozenset(map(len, prefixes)))
    findings.extend(_nested_collisions(book))
    findings.extend(_reserved(book))
    findings.extend(_hidden_by_public_files(site, book))
    return book, findings


def _single_pages(site: Site, paths: Paths) -> Iterator[tuple[str, str]]:
    regions = {place.region.key: place.region for place in site.places}
    for locale in site.locales:
        yield paths.home(locale), f"the home page of {locale.tag}"
    for topic in site.topics:
        yield paths.topic(topic), topic.slug_source
        for region in regions.values():
            if region.country in site.countries[topic.locale]:
                yield paths.region(topic, region), f"{topic.slug_source} for the region {region.name}"


def _taken(owner: str, path: str, by: str) -> Finding:
    what = f"the address {path} is already taken by {by}"
    return Finding(owner, what, "Give one of them another slug.", rule="url_collision")


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
    for path, owner in book.beginnings():
        if _own_file(path):
            what = f"the address {path} lies in a folder of the generator's own files"
            yield Finding(owner, what, "Give it another slug.", rule="url_reserved")


def _hidden_by_public_files(site: Site, book: AddressBook) -> Iterator[Finding]:
    folders = _folders(book)
    for public in site.public_files:
        shown = f"content/public{public.path}"
        path = public.path.lower()
        if own := _own_file(path):
            what, fix = f"the generator makes {own} itself", "Remove this file or give it another name."
            yield Finding(shown, what, fix, rule="file_hides_page")
            continue
        # A file stands where a page's index.html does, in the way of a page's folder, or below a page as if
        # that were a folder: none can lie beside the page.
        head, index, _ = f"{path}/".partition("/index.html/")
        page = f"{head}/" if index else path
        hidden = next(iter((*book.owners(page), *book.owners(f"{path}/"))), "") or folders.get(f"{path}/", "")
        hidden = hidden or _tail_owner(book, f"{path}/")
        if hidden:
            what = f"this file would hide a page, {page}: {hidden}"
            yield Finding(shown, what, "Rename or remove it.", rule="file_hides_page")


def _own_file(path: str) -> str:
    """The generator's own file or folder that ``path`` is, or would have to lie in; empty when it is neither."""
    inside = (f for f in GENERATED_FILES if f"{path}/".startswith(f"{f}/"))
    return next(inside, next((f for f in GENERATED_FOLDERS if f"{path}/".startswith(f)), ""))


def _ancestors(path: str) -> Iterator[str]:
    """The folders around a file, without their last slash."""
    while path := path.rpartition("/")[0]:
        yield path


def _folders(book: AddressBook) -> dict[str, str]:
    """Every folder that leads to a page without a place, or to the beginning of the places' addresses."""
    folders: dict[str, str] = {}
    for path, owner in book.beginnings():
        for folder in _ancestors(path):
            folders.setdefault(f"{folder}/", owner)
    return folders


def _tail_owner(book: AddressBook, folder: str) -> str:
    """Owner of ``folder`` when that lies between the beginning of a place's address and its end."""
    for prefix, topic in book.prefixes.items():
        rest = folder.removeprefix(prefix)
        if rest != folder and any(tail.startswith(rest) for tail in book.tails):
            return topic.slug_source
    return ""
