"""Redirects: the author's, and those of renamed places, each leading straight to a page that exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.errors import Finding
from generator.model import Redirect, Site
from generator.plan.addresses import GENERATED_FILES, GENERATED_FOLDERS
from generator.plan.routes import AddressBook, Paths

MOVED = 301
PERMANENT = frozenset({301, 308})


def plan_redirects(site: Site, paths: Paths, book: AddressBook) -> tuple[tuple[Redirect, ...], list[Finding]]:
    """Every redirect with its final target, in order of source.

    A chain is collapsed into one step; a loop, a target on this site that does not exist, and a source
    that is a page are findings.
    """
    wanted: dict[str, Redirect] = {}
    public = {file.path for file in site.public_files}
    findings: list[Finding] = []
    for redirect in (*site.redirects, *_renamed_places(site, paths)):
        if owners := book.owners(redirect.source):
            what = f"{redirect.source} is a page ({owners[0]}), which a redirect would hide"
            fix = "Remove the redirect, or the page."
            findings.append(Finding(redirect.where, what, fix, rule="redirect_hides_page"))
        elif redirect.source in public | GENERATED_FILES or redirect.source.startswith(GENERATED_FOLDERS):
            what = f"{redirect.source} is a file of the site, which a redirect would hide"
            fix = "Remove the redirect, or the file."
            findings.append(Finding(redirect.where, what, fix, rule="redirect_hides_page"))
        elif redirect.source in wanted:
            first = wanted[redirect.source].where
            findings.append(
                Finding(redirect.where, f"{redirect.source} is redirected twice, first in {first}", "Keep one.")
            )
        else:
            wanted[redirect.source] = redirect
    resolved: list[Redirect] = []
    for redirect in wanted.values():
        steps, fault = _steps(redirect, wanted)
        target = steps[-1].target
        if fault is None:
            fault = _missing_target(redirect, target, public, book)
        if fault:
            findings.append(fault)
        else:
            # One step that is not for ever makes the whole way one that is not.
            status = next((step.status for step in steps if step.status not in PERMANENT), redirect.status)
            resolved.append(Redirect(redirect.source, target, status, redirect.where))
    return tuple(sorted(resolved, key=lambda redirect: redirect.source)), findings


def _renamed_places(site: Site, paths: Paths) -> Iterator[Redirect]:
    for place in site.places:
        for topic in site.topics_for(place.country) if place.former_slugs else ():
            for slug in place.former_slugs:
                source = paths.place(topic, place.region, slug)
                yield Redirect(source, paths.place(topic, place.region, place.slug), MOVED, place.source)


def _steps(redirect: Redirect, wanted: Mapping[str, Redirect]) -> tuple[list[Redirect], Finding | None]:
    steps = [redirect]
    seen = [redirect.source]
    while (step := _path(steps[-1].target)) in wanted:
        if step in seen:
            round_trip = " → ".join([*seen, step])
            what = f"this redirect goes round in a circle: {round_trip}"
            return steps, Finding(redirect.where, what, "Remove one step.", rule="redirect_loop")
        seen.append(step)
        steps.append(wanted[step])
    return steps, None


def _missing_target(redirect: Redirect, target: str, public: set[str], book: AddressBook) -> Finding | None:
    path = _path(target)
    if not target.startswith("/") or book.owners(path) or path in public or path in GENERATED_FILES:
        return None
    what = f"this redirect leads to {target}, which the site does not have"
    return Finding(redirect.where, what, book.cure(path, "Name a page that the site has."), rule="redirect_broken")


def _path(target: str) -> str:
    return target.partition("#")[0].partition("?")[0]
