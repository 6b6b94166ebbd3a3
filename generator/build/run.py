"""Entry of a build: locks the output, inspects it, and goes on only where something has changed."""

from __future__ import annotations

import gc
import time
from contextlib import ExitStack

from generator.build.drift import Begun, begin_inspection
from generator.build.summary import Summary, recall
from generator.errors import ConfigurationError, Finding
from generator.executors.executor import Executor
from generator.ledger.cache import Cache
from generator.ledger.digests import code_digest, digest_inputs
from generator.ledger.store import open_ledger
from generator.options import Options
from generator.write.lock import exclusive
from generator.write.tree import Tree

LEDGER = "ledger.sqlite"


def build(options: Options, executor: Executor) -> Summary:
    """Build the site into ``output/site`` and remember it in ``output/ledger.sqlite``.

    Raises SiteError, with nothing written, when the site or its ledger has a fault, when another build holds
    the output, or when more would be removed than the guard allows.
    """
    started = time.perf_counter()
    # What is loaded stays to the end: looking again and again for what can be let go costs a quarter of the start.
    gc.disable()
    try:
        return _build(options, executor, started)
    finally:
        # What was set aside before processes were forked is to go with the rest, in a process that builds again.
        gc.unfreeze()
        gc.enable()


def _build(options: Options, executor: Executor, started: float) -> Summary:
    tree, file = Tree(options.output / "site"), options.output / LEDGER
    with exclusive(options.output), open_ledger(file) as ledger:
        if options.is_first and ledger.was_completed:
            what = f"{file.as_posix()} already remembers what was published"
            raise ConfigurationError([Finding("--first-build", what, "Build without this option.")])
        code = code_digest()
        inputs = digest_inputs(options.root, options.settings, code)
        last = ledger.last_build()
        cache = Cache(ledger, code)
        with ExitStack() as ending:
            if not last.holds(inputs, options.now):
                # Imported here: a build that finds nothing changed has no use for it.
                from generator.build.reading import begin_reading

                ending.enter_context(begin_reading(options, code, cache, executor))
            # What was altered by hand, without opening a page; other processes look while this one goes on.
            find_altered = ending.enter_context(begin_inspection(tree, ledger, file, executor))
            if last.holds(inputs, options.now) and find_altered().is_clean:
                return recall(last.summary, tree.folder, time.perf_counter() - started)
            # Imported here: what makes pages takes longer to import than all of the above to find it unneeded.
            from generator.build.pipeline import build_site

            return build_site(options, executor, Begun(tree, ledger, file, code, inputs, cache, find_altered, started))
