"""Hosts that only the builder of a site can reach, such as localhost and private networks."""

from __future__ import annotations

import re
from ipaddress import ip_address

# Names that RFC 6761, RFC 6762 and RFC 8375 or ICANN reserve for one's own network.
_OWN_NETWORK = (".localhost", ".local", ".test", ".internal", ".home.arpa")
_TUNNELS = (
    ".ngrok.io", ".ngrok.app", ".ngrok.dev", ".ngrok-free.app", ".ngrok-free.dev", ".loca.lt", ".trycloudflare.com",
)  # fmt: skip
_TEST_SITE = re.compile(r"(?:staging|stage|stg|dev|test|testing|preview|preprod|qa|uat|sandbox)-?\d*")


def host_name(origin: str) -> str:
    """The host alone: without scheme, user, port and brackets, in small letters."""
    host = origin.rpartition("://")[2].rpartition("@")[2].lower()
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0].rstrip(".")


def is_own_network(host: str, own: str) -> bool:
    """Whether ``host`` is of a private network, or a test site of the host ``own``, where the site stands."""
    if host == "localhost" or host.endswith((*_OWN_NETWORK, *_TUNNELS)) or _is_private(host):
        return True
    # A site that is itself published on such a host may name it.
    site = own.removeprefix("www.")
    if not site or host == own or not host.endswith(f".{site}"):
        return False
    return any(_TEST_SITE.fullmatch(label) for label in host.removesuffix(f".{site}").split("."))


def _is_private(host: str) -> bool:
    if ":" not in host and not host[-1:].isdigit():
        return False  # A name, and no number.
    try:
        return ip_address(host).is_private
    except ValueError:
        return False
