"""A throw-away certificate for a host name, so that a built site can be served under its real address."""

from __future__ import annotations

import base64
import hashlib
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Certificate:
    """``fingerprint`` is the base64 SHA-256 of the public key, as Chromium's command line takes it."""

    certificate: Path
    key: Path
    fingerprint: str


def make_certificate(host: str, folder: Path) -> Certificate:
    """Make a certificate for a host name and 127.0.0.1, good for two days, with the ``openssl`` command.

    Raises ``FileNotFoundError`` without ``openssl`` and ``CalledProcessError`` when it refuses.
    """
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    _openssl(
        *("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"),
        *("-subj", f"/CN={host[:64]}", "-addext", f"subjectAltName=DNS:{host},IP:127.0.0.1"),
        *("-keyout", str(key), "-out", str(certificate)),
    )
    public_key = _openssl("pkey", "-in", str(key), "-pubout", "-outform", "DER")
    return Certificate(certificate, key, base64.b64encode(hashlib.sha256(public_key).digest()).decode())


def _openssl(*arguments: str) -> bytes:
    return subprocess.run(["openssl", *arguments], check=True, capture_output=True).stdout
