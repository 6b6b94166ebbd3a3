"""What of earlier builds no longer belongs to the site, and whether so much of it may go."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from generator.config import BuildConfig
from generator.errors import Finding, SiteError
from generator.write.tree import Tree, is_leftover


def find_removed(
    tree: Tree, addresses: Iterable[str], limits: BuildConfig, allowed: int, keep_pages: bool
) -> list[str]:
    """The files of ``tree`` that are behind none of ``addresses``, in order.

    Raises SiteError when more would go than ``limits``, or ``allowed``, permit. ``keep_pages`` spares every
    page: a row of places that cannot be identified may belong to any of them.
    """
    existing = set(tree.files())
    published = sum(map(_counts_as_published, existing))
    existing.difference_update(map(tree.listed, addresses))
    if keep_pages:
        existing = {path for path in existing if not path.endswith("/index.html")}
    _guard([path for path in existing if _counts_as_published(path)], published, limits, allowed)
    return sorted(existing)


def _guard(removed: Collection[str], published: int, limits: BuildConfig, allowed: int) -> None:
    count = len(removed)
    if count <= allowed or (count <= limits.max_removed and count <= limits.max_removed_share * published):
        return
    examples = ", ".join(sorted(removed)[:3]) + (" and more" if count > 3 else "")
    raise SiteError(
        [
            Finding(
                "output/site",
                f"this build would remove {count:,} of {published:,} published files ({examples})",
                f"Nothing was changed. If that is what you want, build again with --allow-removal {count}"
                f" (make pages ARGS='--allow-removal {count}').",
            )
        ]
    )


def _counts_as_published(path: str) -> bool:
    """Assets and sitemaps do not count: their names change with their content, and nothing is lost with them."""
    return not path.startswith(("/assets/", "/sitemaps/")) and not is_leftover(path)
