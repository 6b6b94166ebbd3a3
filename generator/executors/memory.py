"""Tuning of the garbage collector for builds."""

from __future__ import annotations

import gc

_LOOK_AFTER = 20_000
"""New objects after which the collector runs."""


def settle_memory() -> None:
    """Keep what is in memory by now, before other processes begin with it and much small work follows."""
    # Collecting it would copy it into every process.
    gc.freeze()
    # Pages leave no reference cycles behind, and collecting as often as usual takes a fifteenth of their time.
    gc.set_threshold(_LOOK_AFTER)
    gc.enable()
