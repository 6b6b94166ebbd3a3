"""What a host would send with the pages and assets: the security policy, the other headers, caching, redirects.

The style sheets and scripts of every sampled page are held to the policy that the page is served with.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import re
import ssl
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from generator.errors import Finding
from tests.verify.case import CannotRun, Case, Verdict
from tests.verify.host import read_site
from tests.verify.host_rules import RedirectRule
from tests.verify.sampling import SampledPage, find_pages, sample

PAGES = 60
REDIRECTS = 50
FINGERPRINTED = re.compile(r"[.-][0-9a-f]{8,64}\.\w+$")
YEAR_SECONDS = 31_536_000
LEAST_HSTS_SECONDS = 86_400
REFERRER_POLICIES = frozenset(
    {"no-referrer", "origin", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
)
REQUIRED_DIRECTIVES = ("default-src", "base-uri", "form-action", "frame-ancestors")
DATA_BLOCKS = frozenset({"application/ld+json", "application/json"})


@dataclass(frozen=True, slots=True)
class Reply:
    """A response as a client sees it, with lower-case header names; ``wire_size`` counts the compressed body."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    wire_size: int


def judge(case: Case) -> Verdict:
    findings: list[Finding] = []
    client = _connect(case)
    pages = sample(case.tree, PAGES)
    sizes: dict[str, int] = {}
    for page in pages:
        path = f"/no-such-page{page.path}" if page.kind == "not_found" else page.path
        reply = _get(client, case, path)
        if page.kind == "place":
            sizes[page.path] = reply.wire_size
        findings.extend(_error(page.path, what) for what in _page_faults(page, reply))
    assets = [file for file in sorted(case.tree.rglob("*")) if file.is_file() and FINGERPRINTED.search(file.name)]
    if not assets:
        findings.append(_error("the site", "no asset has a digest in its name"))
    for file in assets:
        path = f"/{file.relative_to(case.tree).as_posix()}"
        findings.extend(_error(path, what) for what in _asset_faults(_get(client, case, path)))
    exact = [rule for rule in read_site(case.tree).redirect_rules if not re.search(r"[*:]", rule.source)]
    redirects = exact[:REDIRECTS]
    for rule in redirects:
        findings.extend(_error(rule.source, what) for what in _redirect_faults(client, case, rule))
    client.close()
    looked_at = f"{len(pages)} pages, {len(assets)} assets, {len(redirects)} redirects"
    return Verdict(looked_at, tuple(findings), _largest(case, sizes))


def _error(where: str, what: str) -> Finding:
    return Finding(where, what, severity="error")


def _largest(case: Case, sizes: Mapping[str, int]) -> tuple[str, ...]:
    if not sizes:
        return ()
    path = max(sizes, key=lambda key: (sizes[key], key))
    pages = sum(1 for page in find_pages(case.tree) if page.kind == "place")
    of = f"{len(sizes)} sampled place pages (of {pages})"
    return (f"the largest of {of} is {sizes[path]:,} bytes compressed: {path}",)


def _connect(case: Case) -> http.client.HTTPSConnection:
    if case.served.certificate is None:
        raise CannotRun("the site must be served over HTTPS to be judged")
    context = ssl.create_default_context(cafile=str(case.served.certificate.certificate))
    return http.client.HTTPSConnection("127.0.0.1", case.served.port, context=context, timeout=30)


def _get(client: http.client.HTTPSConnection, case: Case, path: str) -> Reply:
    client.request("GET", path, headers={"Host": case.served.host, "Accept-Encoding": "gzip"})
    response = client.getresponse()
    raw = response.read()
    headers = {name.lower(): value for name, value in response.getheaders()}
    body = zlib.decompress(raw, wbits=31) if headers.get("content-encoding") == "gzip" else raw
    return Reply(response.status, headers, body, len(raw))


def _page_faults(page: SampledPage, reply: Reply) -> Iterator[str]:
    expected = 404 if page.kind == "not_found" else 200
    if reply.status != expected:
        yield f"was answered with status {reply.status} instead of {expected}"
    if reply.headers.get("content-type") != "text/html; charset=utf-8":
        yield f"has the content type {reply.headers.get('content-type')!r}"
    yield from _policy_faults(reply)
    yield from _other_header_faults(reply.headers)
    caching = reply.headers.get("cache-control", "")
    if "immutable" in caching or _max_age(caching) > YEAR_SECONDS // 52:
        yield f'would stay in caches after a change: Cache-Control is "{caching}"'
    yield from _repeated(caching)


def _policy_faults(reply: Reply) -> Iterator[str]:
    policy = reply.headers.get("content-security-policy", "")
    directives: dict[str, list[str]] = {}
    for part in filter(None, (part.split() for part in policy.split(";"))):
        if part[0].lower() in directives:
            yield f"Content-Security-Policy says {part[0]} twice"
        directives.setdefault(part[0].lower(), part[1:])
    for name in REQUIRED_DIRECTIVES:
        if name not in directives:
            yield f"Content-Security-Policy does not say {name}"
    for name, sources in directives.items():
        for source in sorted({"'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*"} & set(sources)):
            yield f"Content-Security-Policy allows {source} in {name}"
    if directives.get("default-src") not in (["'none'"], ["'self'"]):
        yield "Content-Security-Policy does not start from default-src 'none' or 'self'"
    document = LexborHTMLParser(reply.body.decode("utf-8"))
    fallback = directives.get("default-src", [])
    for kind, name in (("style", "style-src"), ("script:not([src])", "script-src")):
        for node in document.css(kind):
            if (node.attributes.get("type") or "") in DATA_BLOCKS:
                continue
            digest = f"'sha256-{base64.b64encode(hashlib.sha256(node.text().encode()).digest()).decode()}'"
            if digest not in directives.get(name, fallback):
                yield f"an inlined <{node.tag}> is not in the policy's {name} ({digest})"
    for node in document.css("*"):
        for attribute in node.attributes:
            if attribute == "style" or attribute.startswith("on"):
                yield f'<{node.tag}> has the attribute "{attribute}", which the policy forbids'


def _other_header_faults(headers: Mapping[str, str]) -> Iterator[str]:
    if _max_age(headers.get("strict-transport-security", "")) < LEAST_HSTS_SECONDS:
        yield f"Strict-Transport-Security is {headers.get('strict-transport-security', 'missing')!r}"
    if headers.get("x-content-type-options", "").lower() != "nosniff":
        yield f'X-Content-Type-Options is {headers.get("x-content-type-options", "missing")!r}, not "nosniff"'
    if headers.get("referrer-policy") not in REFERRER_POLICIES:
        yield f"Referrer-Policy is {headers.get('referrer-policy', 'missing')!r}"
    permissions = headers.get("permissions-policy", "")
    if not re.fullmatch(r"[a-z-]+=\([^()]*\)(, ?[a-z-]+=\([^()]*\))*", permissions):
        yield f"Permissions-Policy is {permissions or 'missing'!r}"


def _asset_faults(reply: Reply) -> Iterator[str]:
    caching = reply.headers.get("cache-control", "")
    if reply.status != 200:
        yield f"was answered with status {reply.status}"
    if "immutable" not in caching or _max_age(caching) < YEAR_SECONDS:
        yield f'has a digest in its name and Cache-Control "{caching}"; it can be kept for a year, immutable'
    if reply.headers.get("x-content-type-options", "").lower() != "nosniff":
        yield "is served without X-Content-Type-Options: nosniff"
    yield from _repeated(caching)


def _redirect_faults(client: http.client.HTTPSConnection, case: Case, rule: RedirectRule) -> Iterator[str]:
    reply = _get(client, case, rule.source)
    if reply.status != rule.status:
        yield f"is answered with status {reply.status}, not {rule.status}"
        return
    target = urlsplit(reply.headers.get("location", ""))
    if not target.netloc or f"https://{target.netloc}" == case.base_url:
        landing = _get(client, case, target.path).status
        if landing != 200:
            yield f"redirects to {target.path}, which answers with status {landing}"


def _max_age(value: str) -> int:
    match = re.search(r"max-age=(\d+)", value)
    return int(match.group(1)) if match else -1


def _repeated(caching: str) -> Iterator[str]:
    """A host joins a header that two of its rules set, which leaves contradictory directives behind."""
    names = [part.split("=")[0].strip().lower() for part in caching.split(",")]
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        yield f'Cache-Control says {name} twice, because two rules of _headers set it: "{caching}"'
