"""A medical article promises a cure, a guarantee, or treatment without risk.

In the United States such a claim about health needs competent and reliable scientific evidence, in an advertisement as
in an article that leads to a booking. Say what is known and how sure it is: “may help”, “some people find”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.examples import Edit
from generator.check.quoting import quoted
from generator.check.rule import documented, rule
from generator.check.subjects import Article
from generator.errors import Finding

_CLAIMS = {
    "en": re.compile(
        r"\b(?:cures?|cured|guarantee[sd]?|guaranteed|miracle|risk[- ]free|100 ?% (?:safe|effective)"
        r"|(?:no|without(?: any)?) side effects|no risks?|permanent(?:ly)? (?:relief|relieves?)|always works"
        r"|the best (?:doctors?|clinics?|specialists?|treatment))\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:cura(?:n|rá|rán)? (?:la|el|los|las|su|definitiva)|curación (?:garantizada|definitiva)"
        r"|garantiza(?:n|mos|do|da|dos|das)?|milagros[oa]s?|sin (?:ningún )?riesgos?"
        r"|100 ?% (?:segur[oa]|eficaz|efectiv[oa])"
        r"|sin efectos secundarios|alivio permanente|siempre funciona"
        r"|(?:el|la|los|las) mejor(?:es)? (?:médic[oa]s?|clínicas?|especialistas?|tratamiento))\b",
        re.IGNORECASE,
    ),
}
_DENIED = re.compile(
    r"\b(?:not?|never|cannot|can[’']t|don[’']t|doesn[’']t|isn[’']t|aren[’']t|nobody|neither|nor|without a|there is no"
    r"|nunca|ningún|ninguna|nadie|ni|tampoco)\b(?:\W+\w+){0,5}\W*$",
    re.IGNORECASE,
)
"""A denial within the last six words before the claim."""

_TOPIC = "content/topics/sciatica/en-US.md"
GOOD = (
    Edit("With a needle.", "They are not a cure, and nobody can guarantee relief. Is it risk-free? No.", _TOPIC),
    Edit("With a needle.", "Secure payment, a curable condition, and the best time to call.", _TOPIC),
)
BAD = (
    Edit("With a needle.", "This shot cures sciatica.", _TOPIC),
    Edit("With a needle.", "Relief is guaranteed.", _TOPIC),
    Edit("With a needle.", "A treatment with no side effects.", _TOPIC),
    Edit("Con una aguja.", "Garantizamos el alivio.", "content/topics/sciatica/es-US.md"),
)


@rule(
    severity="warning",
    evidence=documented(
        "https://www.ftc.gov/business-guidance/resources/health-products-compliance-guidance", "2026-11-22"
    ),
    scope=Article,
)
def claim_unsupported(article: Article) -> Iterator[Finding]:
    claims = _CLAIMS.get(article.topic.locale.split("-")[0])
    if claims is None or not article.topic.is_medical:
        return
    for number, text in article.text():
        for match in claims.finditer(text):
            is_question = text[match.end() :].lstrip(" \"”’'").startswith("?")
            if not is_question and not _DENIED.search(text[: match.start()]):
                fix = "Say what is known, and how sure it is, or leave it out."
                yield Finding(article.where(number), f"{quoted(match[0])} promises what nobody can know", fix)
                break
