"""Markup stands in the text, where readers see its signs.

“&lt;b&gt;”, “&amp;amp;” and “**” are meant for programs. They show when a text was escaped twice, or when HTML or
Markdown stands in a cell that is shown as plain text. Take the markup out of the value, or let the template mark the
text as what it is. What a page shows as code is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.document import Document
from generator.check.examples import Edit
from generator.check.quoting import as_in_others, quoted
from generator.check.rule import BUILD, rule
from generator.check.wording import MARKUP, MARKUP_HINTS
from generator.errors import Finding

_SPOKEN = frozenset(
    {"og:title", "og:description", "og:site_name", "twitter:title", "twitter:description", "alt", "title", "aria-label"}
)
GOOD = (
    Edit(
        "<p>With a needle.</p>",
        "<p>Write <code>&lt;b&gt;</code> for bold, x &lt; y > z, R&amp;D; AT&amp;T, 5 * 3 ** 2 ** 2, [1] (see), "
        "#1.</p>",
    ),
    Edit(
        "<p>With a needle.</p>",
        "<pre>&lt;p&gt;&amp;amp;&lt;/p&gt;</pre><p>**Offer ends soon. Terms apply. &lt;3</p>",
    ),
    Edit("<p>With a needle.</p>", "<p><b>Bold</b> &amp; bright</p><script>let x = '&lt;b&gt;'</script>"),
)
BAD = (
    Edit("<p>With a needle.</p>", "<p>With a &lt;b&gt;needle&lt;/b&gt;.</p>"),
    Edit("<p>With a needle.</p>", "<p>With a needle &amp;amp; thread.</p>"),
    Edit("<p>With a needle.</p>", "<p>It&amp;#39;s a needle.</p>"),
    Edit("<p>With a needle.</p>", "<p>With [a needle](https://www.example.com/needles).</p>"),
    Edit("<p>With a needle.</p>", "<p>With a **thin** needle.</p>"),
    Edit("<p>With a needle.</p>", "<p>## What it costs</p>"),
    Edit("<title>.*?</title>", "<title>Cost &amp;amp; coverage</title>"),
    Edit("<p>With a needle.</p>", '<p><img src="/a.png" alt="A &amp;quot;needle&amp;quot;" width="1" height="1"></p>'),
)


@rule(severity="error", evidence=BUILD, scope=Document, hints=MARKUP_HINTS)
def escaped_markup(document: Document) -> Iterator[Finding]:
    spoken = [(f"in its {name}", text) for name, text in document.attribute_texts if name in _SPOKEN]
    written = "\n".join([document.writing, *(text for _, text in spoken)])
    if not any(hint[0] in written for hint in MARKUP_HINTS):
        return
    texts = [*((passage.where, passage.text) for passage in document.passages), *spoken]
    found = [(where, text, match) for where, text in texts if (match := MARKUP.search(text))]
    if found:
        where, text, match = found[0]
        around = " ".join(text[max(0, match.start() - 20) : match.end() + 20].split())
        what = f"{quoted(match[0])} stands {where}: {quoted(around)}{as_in_others(len(found))}"
        yield Finding(document.path, what, "Take the markup out, or let the template treat the value as markup.")
