"""Stale batches, which are to be built again, and files that are to be removed."""

from __future__ import annotations

from collections.abc import Callable, Collection

from generator.build.batch import Task
from generator.build.drift import Inspection
from generator.ledger.store import Ledger
from generator.plan.routes import Plan
from generator.render.files.sitemaps import sitemap_path, sitemap_paths
from generator.render.fingerprint import Fingerprints
from generator.write.paths import page_address, page_file
from generator.write.removal import counts_as_published


def stale_tasks(
    plan: Plan, fingerprints: Fingerprints, ledger: Ledger, find_altered: Callable[[], Inspection]
) -> list[Task]:
    """The batches that read anything else than when they were last built, or of which a file was altered.

    ``find_altered`` waits for other processes, and is called when all else is known.
    """
    known = ledger.batches()
    tasks: list[Task] = []
    current = [fingerprints.of(batch) for batch in plan.batches]
    found = find_altered()
    for batch, fingerprint in zip(plan.batches, current, strict=True):
        is_known = batch.name in known and known[batch.name].fingerprint.digest == fingerprint.digest
        if not is_known or batch.name in found.pages or sitemap_path(batch) in found.files:
            before = known[batch.name].fingerprint.parts if batch.name in known else {}
            now = fingerprint.parts
            changes = tuple(sorted(name for name in {*before, *now} if before.get(name) != now.get(name)))
            damaged = found.pages.get(batch.name, frozenset())
            place = (batch.locale, batch.region.key if batch.region else "")
            tasks.append(Task(batch.name, batch.size, place, fingerprint, damaged, changes if before else ()))
    return tasks


def find_removed(
    plan: Plan, files: Collection[str], stale: Collection[str], ledger: Ledger, found: Inspection
) -> list[str]:
    """Files of the tree, as it lists them, that the site no longer has, in order; ``stale`` are batches by name.

    A row of places that cannot be identified may belong to any page, so then every page is spared.
    """
    sitemaps = set(sitemap_paths(plan))
    fresh = {batch.name for batch in plan.batches}.difference(stale)
    doomed = {page_file(path) for path in ledger.published_outside(fresh) if not plan.has(path)}
    others = (*(stamp.path for stamp in ledger.files()), *found.unknown, *ledger.leaving())
    doomed.update(path for path in others if not (path in files or path in sitemaps or plan.has(page_address(path))))
    if plan.site.has_unreadable_rows:
        doomed = {path for path in doomed if not path.endswith("/index.html")}
    return sorted(doomed)


def count_published(ledger: Ledger, found: Inspection) -> int:
    """Number of published files, of which a build may remove only so many."""
    files = (*(stamp.path for stamp in ledger.files()), *found.unknown)
    return ledger.count_published() + sum(map(counts_as_published, files))
