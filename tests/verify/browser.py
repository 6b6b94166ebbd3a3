"""How Chromium is started to see a served site at its real address, and nothing else."""

from __future__ import annotations

from tests.verify.host import Served


def chromium_arguments(served: Served) -> tuple[str, ...]:
    """Command-line switches: no sandbox (root runs it), no traffic of its own, one host that resolves.

    The certificate is trusted by its public key alone, so every other certificate error still shows.
    """
    arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-default-apps",
        "--disable-extensions",
        "--disable-dev-shm-usage",
        f"--host-resolver-rules=MAP {served.host}:443 127.0.0.1:{served.port},MAP * ~NOTFOUND,EXCLUDE 127.0.0.1",
    ]
    if served.certificate:
        arguments.append(f"--ignore-certificate-errors-spki-list={served.certificate.fingerprint}")
    return tuple(arguments)
