"""Guard against removing too much of the published site."""

from __future__ import annotations

from collections.abc import Callable, Collection

from generator.config import BuildConfig
from generator.errors import Finding, SiteError
from generator.write.tree import is_leftover


def guard_removal(
    removed: Collection[str], count_published: Callable[[], int], limits: BuildConfig, allowed: int
) -> None:
    """Raise SiteError when the files ``removed`` are more than ``limits``, or ``allowed``, permit.

    ``count_published`` gives the number of published files, of which ``limits`` allow a share.
    """
    lost = [path for path in removed if counts_as_published(path)]
    count = len(lost)
    if count <= allowed:
        return
    published = count_published()
    if count <= limits.max_removed and count <= limits.max_removed_share * published:
        return
    examples = ", ".join(sorted(lost)[:3]) + (" and more" if count > 3 else "")
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


def counts_as_published(path: str) -> bool:
    """Assets and sitemaps do not count: their names change with their content, and nothing is lost with them."""
    return not path.startswith(("/assets/", "/sitemaps/")) and not is_leftover(path)
