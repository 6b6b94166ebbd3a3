"""The page holds a key that must be known to nobody but its owner.

Whoever reads the source of the page can use it: to send mail, to spend money, to read what is stored. Revoke the key
at once, for it counts as known as soon as the page was published, and let only a server use the new one. Keys that
are made for browsers, such as Stripe’s `pk_live_` or Google’s for maps, are not meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.keys import KEY_HINTS, find_keys
from generator.check.rule import BUILD, rule
from generator.errors import Finding

_KEY = "4eC39HqLyjWDarjtT1zdp7dc"
GOOD = (
    Edit("<p>With a needle.</p>", f"<script>stripe('pk_live_{_KEY}')</script>"),
    Edit("<p>With a needle.</p>", "<p>A key looks like AKIAIOSFODNN7EXAMPLE, sk_live_XXXXXXXXXXXXXXXXXXXXXXXX.</p>"),
    Edit("<p>With a needle.</p>", "<pre>-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----</pre>"),
    Edit("<p>With a needle.</p>", "<p>ghp_short, risk-proj-needle, task_live_in, xoxo-xoxo, SG.1, npm_install</p>"),
    # A token that says {"role": "anon"}, which is made for browsers.
    Edit("<p>With a needle.</p>", f'<p data-key="eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiJ9.{_KEY}">With a needle.</p>'),
)
BAD = (
    Edit("<p>With a needle.</p>", f"<script>stripe('sk_live_{_KEY}')</script>"),
    Edit("<p>With a needle.</p>", "<script>key = 'AKIA2E0A8F3B244C9986'</script>"),
    Edit("<p>With a needle.</p>", f"<!-- ghp_{_KEY}aB3dE6gH9kLm -->"),
    Edit("<p>With a needle.</p>", f"<p data-token='xoxb-123456789012-{_KEY}'>With a needle.</p>"),
    Edit("<p>With a needle.</p>", f"<pre>-----BEGIN RSA PRIVATE KEY-----\n{_KEY * 2}</pre>"),
    # A token that says {"role": "service_role"}.
    Edit("<p>With a needle.</p>", f"<script>k='eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.{_KEY}'</script>"),
)


@rule(severity="stop", evidence=BUILD, scope=Document, hints=KEY_HINTS)
def secret_leak(document: Document) -> Iterator[Finding]:
    for name, key in find_keys(document.html, document.body):
        # The report is read by more people than the key is for.
        what = f"the page holds {name}, “{key[:10]}…”"
        yield Finding(document.path, what, "Revoke the key, and let only a server use the new one.")
