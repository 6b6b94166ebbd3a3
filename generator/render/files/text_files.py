"""The files that hosts and crawlers read: robots.txt, _headers and _redirects."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from generator.config import RobotsConfig, SiteConfig
from generator.model import Redirect

AI_TRAINING_AGENTS = (
    "Amazonbot",
    "anthropic-ai",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "Google-Extended",
    "GPTBot",
    "Meta-ExternalAgent",
)
AI_SEARCH_AGENTS = (
    "ChatGPT-User",
    "Claude-SearchBot",
    "Claude-User",
    "OAI-SearchBot",
    "Perplexity-User",
    "PerplexityBot",
)
"""User agents as their operators document them. A robots.txt asks; it cannot prevent."""

_DAY = 86_400
_YEAR = 365 * _DAY
_HOUR = 3_600


def render_robots(config: SiteConfig, has_sitemap: bool) -> str:
    """robots.txt: everything may be read, except by the agents that the configuration asks to stay away.

    Also where no page may be indexed: a crawler that may not read a page cannot see that it says so.
    """
    refused = _refused_agents(config.robots)
    groups = ["User-agent: *\nDisallow:\n"]
    if refused:
        groups.append("".join(f"User-agent: {agent}\n" for agent in refused) + "Disallow: /\n")
    return "\n".join([*groups, *([f"Sitemap: {config.base_url}/sitemap.xml\n"] if has_sitemap else [])])


def _refused_agents(robots: RobotsConfig) -> list[str]:
    agents: list[str] = []
    if robots.ai_training == "disallow":
        agents.extend(AI_TRAINING_AGENTS)
    if robots.ai_search == "disallow":
        agents.extend(AI_SEARCH_AGENTS)
    agents.extend(robots.disallow_agents)
    return list(dict.fromkeys(agents))


def render_headers(config: SiteConfig, style_hash: str, may_index: bool) -> str:
    """_headers, in the form that Cloudflare Pages and Netlify read; ``may_index`` where some page may be indexed."""
    everywhere = {
        "Content-Security-Policy": _content_security_policy(config, style_hash),
        "Strict-Transport-Security": _strict_transport(config),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if not may_index:
        # Also for what is no page: images, documents.
        everywhere["X-Robots-Tag"] = "noindex"
    rules = {
        "/*": everywhere,
        "/assets/*": {"Cache-Control": f"public, max-age={_YEAR}, immutable"},
        "/favicon.ico": {"Cache-Control": f"public, max-age={_DAY}"},
        "/sitemaps/*": {"Cache-Control": f"public, max-age={_HOUR}"},
    }
    return "\n".join(
        f"{pattern}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())
        for pattern, headers in rules.items()
    )


def _content_security_policy(config: SiteConfig, style_hash: str) -> str:
    """Nothing but the inlined style sheet and the site's own images, and the analytics host when configured."""
    directives = {
        "default-src": "'none'",
        "style-src": style_hash,
        "img-src": "'self'",
        # Browsers apply this to a quality audit's own request for robots.txt; without scripts it allows nothing else.
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    if config.analytics:
        host = f"https://{urlsplit(config.analytics.script).netloc}"
        directives |= {"script-src": host, "connect-src": f"'self' {host}", "img-src": f"'self' {host}"}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def _strict_transport(config: SiteConfig) -> str:
    parts = [f"max-age={config.hsts.max_age_days * _DAY}"]
    if config.hsts.include_subdomains:
        parts.append("includeSubDomains")
    if config.hsts.preload:
        parts.append("preload")
    return "; ".join(parts)


def render_redirects(redirects: Iterable[Redirect]) -> str:
    return "".join(f"{redirect.source} {redirect.target} {redirect.status}\n" for redirect in redirects)
