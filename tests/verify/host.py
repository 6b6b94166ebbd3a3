"""A static host on this machine: serves a built site over HTTPS as Netlify or Cloudflare Pages would.

Applies ``_headers`` and ``_redirects``, answers unknown paths with ``404.html`` and status 404, compresses text.
Limits: HTTP/1.1, GET and HEAD, no ranges, no validators.
"""

from __future__ import annotations

import gzip
import mimetypes
import posixpath
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.verify.certificate import Certificate
from tests.verify.host_rules import HeaderRule, RedirectRule, find_redirect, headers_for, parse_headers, parse_redirects

RULE_FILES = frozenset({"_headers", "_redirects"})
DEFAULT_CACHING = "public, max-age=0, must-revalidate"
CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".ico": "image/x-icon",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".avif": "image/avif",
}
COMPRESSED = ("text/", "application/xml", "application/json", "application/manifest+json", "image/svg+xml")


@dataclass(frozen=True, slots=True)
class Answer:
    """A response before it is compressed; ``body`` is empty for a redirect."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class HostedSite:
    """A tree of files with the host rules that it carries."""

    tree: Path
    header_rules: tuple[HeaderRule, ...]
    redirect_rules: tuple[RedirectRule, ...]

    def answer(self, target: str) -> Answer:
        """What the host answers to a request target, such as ``/en-us/?a=b``.

        As on Cloudflare Pages, a redirect comes before a file of the same path.
        """
        parts = urlsplit(target)
        path = unquote(parts.path)
        if redirect := find_redirect(self.redirect_rules, parts.path):
            location, status = redirect
            if 300 <= status < 400:
                return Answer(status, (("Location", location + (f"?{parts.query}" if parts.query else "")),), b"")
            return self._page(path, self._file(location), status)
        file = self._file(path)
        if file is None and (folder := self._file(f"{path}/")) is not None and folder.name == "index.html":
            return Answer(HTTPStatus.MOVED_PERMANENTLY, (("Location", f"{parts.path}/"),), b"")
        return self._page(path, file, HTTPStatus.OK)

    def _page(self, path: str, file: Path | None, status: int) -> Answer:
        if file is None:
            status, file = HTTPStatus.NOT_FOUND, self._file("/404.html")
        if file is None:
            return Answer(status, (("Content-Type", "text/plain; charset=utf-8"),), b"Not found, and no 404.html.\n")
        headers = {"Content-Type": content_type(file), "Cache-Control": DEFAULT_CACHING}
        for name, value in headers_for(self.header_rules, path).items():
            headers.pop(next((known for known in headers if known.lower() == name.lower()), ""), None)
            headers[name] = value
        return Answer(status, tuple(headers.items()), file.read_bytes())

    def _file(self, path: str) -> Path | None:
        clean = posixpath.normpath("/" + path.lstrip("/")).lstrip("/")
        if "\x00" in path or ".." in path.split("/") or clean in RULE_FILES:
            return None
        file = self.tree / clean
        if path.endswith("/"):
            file /= "index.html"
        return file if file.is_file() else None


def read_site(tree: Path) -> HostedSite:
    """Read a tree's host rules; a tree without them is served without. Raises ``SiteError`` for bad rules."""

    def text(name: str) -> str:
        file = tree / name
        return file.read_text("utf-8") if file.is_file() else ""

    return HostedSite(tree, parse_headers(text("_headers")), parse_redirects(text("_redirects")))


def content_type(file: Path) -> str:
    return CONTENT_TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Served:
    """A running host: its port on 127.0.0.1, the name it stands for, and its certificate, if it speaks HTTPS."""

    host: str
    port: int
    certificate: Certificate | None


@contextmanager
def serve(tree: Path, host: str, certificate: Certificate | None) -> Iterator[Served]:
    """Serve a tree on a free port of 127.0.0.1 while the block runs; without a certificate in plain HTTP."""
    server = _Server(read_site(tree))
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate.certificate, certificate.key)
        # The handshake waits for the connection's own thread, so that a silent client cannot hold up the others.
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Served(host, server.server_address[1], certificate)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, site: HostedSite) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site

    def handle_error(self, request: Any, client_address: Any) -> None:
        # Browsers drop connections that they opened to be quick; only other errors are worth a traceback.
        if not isinstance(sys.exc_info()[1], ConnectionError | ssl.SSLError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "static-host"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 30

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        assert isinstance(self.server, _Server)
        answer = self.server.site.answer(self.path)
        body = answer.body
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if (answer.header("Content-Type") or "").startswith(COMPRESSED):
            self.send_header("Vary", "Accept-Encoding")
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                body = gzip.compress(body, mtime=0)
                self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Stay quiet: the judges report what a reader of the log would look for."""
