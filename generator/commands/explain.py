"""The ``explain`` verb: status, history, links, own words and nearest sibling of one page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from textwrap import wrap

from msgspec import Struct, field

from generator.build.rounds import still_failing
from generator.check.document import read_document
from generator.check.facts import Facts, PageFacts
from generator.check.json_ld import types_of
from generator.check.judging import judging_rules
from generator.check.published import Published
from generator.check.structured_data import top_nodes
from generator.check.suggestion import nearest_address
from generator.commands.built_site import BuiltSite, open_built
from generator.commands.highlight import marked_page
from generator.commands.snippets import own_passages
from generator.errors import ConfigurationError, Finding, told_of
from generator.executors.executor import Executor
from generator.ledger.records import PUBLISHED, Dating
from generator.load.fact_sources import fact_sources
from generator.model import Place, Site, Topic
from generator.options import Options
from generator.plan.gate import NOTHING_MADE, pass_gate
from generator.plan.routes import Route
from generator.render.content_digest import fact_names
from generator.render.renderer import Rendering
from generator.similarity.duplicates import OWN_NAMES, differences, route_of
from generator.similarity.measure import Compared, PackedSignatures, compare_pages, make_signatures, measure_pages
from generator.similarity.own_words import NOBODYS_OWN
from generator.similarity.signatures import UNKNOWN
from generator.tracing.expressions import Refused
from generator.write.paths import page_file

_STATES = {
    "live": "Search engines may index it.",
    "noindex": "It asks search engines not to index it.",
    "frozen": "It stands as it was last built, because something that it needs is faulty.",
    "planned": "No build has made it yet. Run make pages, which says why if it cannot be made.",
    "absent": "It was never made, because something that it needs is faulty; nothing links to it.",
    "gone": "It is gone: the site has no page here any more.",
    "redirected": "It is gone, and its address leads elsewhere.",
    "fold": "It gets no page; links to it lead to the page above it.",
    "withhold": "It gets no page, and nothing links to it.",
}
_CAUSES = {
    "new": "it was built for the first time",
    "topics": "the article",
    "region": "what is said of its region, such as a table's row",
    "places": "what is said of the places, such as a table's row",
    "neighbours": "a place nearby",
    "hub": "the places of its region",
    "regions": "the regions of the topic",
    "catalogue": "the language's catalogue",
    "configuration": "content/site.yaml",
    "templates": "the templates",
    "appearance": "the style or the pictures",
    "translations": "its translations",
    "verdicts": "what the gate says",
    "code": "the generator",
}
_PAGE = "SELECT * FROM pages WHERE path = ?"
_UNBUILT = "SELECT verdict, reason, batch FROM unbuilt WHERE path = ?"
_COLUMN = re.compile(r"\bplace(?:\.region)?\.\w+")
_NAMED = 5
"""Pages that link to it which are named."""

_WIDTH = 110
"""Characters of a line, where words allow it."""


class Explanation(Struct, frozen=True):
    """Explanation of an address: ``sections`` have a name and their lines.

    ``page`` is its page as HTML, with its own text marked, where that was asked for.
    """

    address: str
    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    page: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    """All that the ledger knows of the page, by name; digests as hexadecimal digits, links as a list."""


def explain(options: Options, address: str, executor: Executor, *, is_marked: bool = False) -> Explanation:
    """Explain the page at ``address``, a URL of the site or a path, also when there is none any more.

    ``is_marked`` asks for the page with its own text marked. Raises ConfigurationError where nothing is built, no
    page ever stood there, or there is nothing to mark; SiteError where the site is faulty.
    """
    html = ""
    with open_built(options) as built:
        site, ledger, published = built.site, built.ledger, built.published
        path = _path(address, published)
        page = _known(built, path) or _planned(built, path)
        if page.state == "absent":
            page = page._replace(reason=_fault(built, page))
        sections = [("Indexing", _indexing(page, site, published)), ("Content", _content(page, built.facts))]
        if page.state in PUBLISHED:
            sections.append(("Found by", _found_by(page, built.facts, published)))
            rendering = built.rendering
            for topic, place in rendering.plan.book.places_at(page.path):
                route = route_of(rendering.plan, topic, place.id)
                signatures = make_signatures(rendering, built.code, ledger, executor)
                compared = compare_pages(rendering.plan, signatures.packed, topic.locale, {})
                row = compared.row(topic, place.id)
                words = int(compared.words[row])
                sections.append(("Its own words", _own_words(words, rendering, route, site, place)))
                sections.append(("Most like", _most_like(rendering, compared, row, route)))
                if is_marked:
                    html = _marked(page, built, signatures, topic, place, words)
            sections.append(("Structured data", _structured_data(page, published)))
        # While the ledger is open: most lines are read from it.
        told = tuple((name, tuple(lines)) for name, lines in sections)
        facts = _facts(page.path, built.facts)
    if is_marked and not html:
        what = "only the page of a place that is built has words of its own to mark"
        raise ConfigurationError([Finding(page.path, what, "Ask without --html, or for another page.")])
    return Explanation(site.config.base_url + page.path, page.title, told, html, facts)


def explanation_json(explanation: Explanation) -> str:
    """The explanation for programs: one object."""
    said = {
        "address": explanation.address,
        "sections": {name: list(lines) for name, lines in explanation.sections},
        "page": explanation.facts,
    }
    return json.dumps(said, ensure_ascii=False, indent=2)


def _facts(path: str, facts: Facts) -> Mapping[str, object]:
    """The facts of a page; none where the ledger does not know it."""
    for row in facts.query(_PAGE, path):
        found = PageFacts(*row)._asdict()
        digests = {name: value.hex() for name, value in found.items() if isinstance(value, bytes)}
        return found | digests | {"links": found["links"].splitlines(), "is_indexable": bool(found["is_indexable"])}
    return {}


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    """The explanation for a terminal."""
    yield explanation.address
    if explanation.title:
        yield explanation.title
    for name, lines in explanation.sections:
        if lines:
            yield ""
            yield name
            for line in lines:
                # An address or a file's name stays in one piece, so that it can be copied.
                parts = wrap(line, _WIDTH, break_long_words=False, break_on_hyphens=False)
                yield from (f"  {part}" if number == 0 else f"    {part}" for number, part in enumerate(parts))


def _marked(
    page: PageFacts, built: BuiltSite, signatures: PackedSignatures, topic: Topic, place: Place, words: int
) -> str:
    """The page of a place with its own text marked, as it would be built now."""
    rendering, options = built.rendering, built.options
    measured = measure_pages(rendering.plan, signatures, options.now)
    gated = pass_gate(rendering.plan, options.now, built.ledger, measured)
    renderer = Rendering(gated, rendering.appearance, options.printing).renderer
    route = route_of(gated, topic, place.id)
    try:
        pieces = renderer.whole(route, page.content_changed)
    except Refused as why:
        what = f"what is the page's own cannot be told from the rest: {why}"
        raise ConfigurationError([Finding(page.path, what, "Ask without --html.")]) from None
    said = (
        f"What {page.path} says because of its place is yellow; what only repeats the place's names is grey.",
        f"Words of its own: {words:,}; what other pages print as well counts less, or not at all. What is marked"
        " nowhere stands on all pages of its kind, or is shown to nobody.",
    )
    return marked_page(pieces, renderer.page_text(route).names, said, built.published.folder)


def _path(address: str, published: Published) -> str:
    found, origin = published.local(address), published.origin
    if found is None:
        fix = f"Write one that begins with {origin}/, or a path."
        raise ConfigurationError([Finding(address, f"this is no address of {origin}", fix)])
    return found.path


def _fault(built: BuiltSite, page: PageFacts) -> str:
    """Why a page that no build could make cannot be made now."""
    plan = built.rendering.plan
    # Whether the page of a region has a place to lead to by now, only a build can tell.
    if page.path in plan.exceptions or page.reason == NOTHING_MADE.reason:
        return plan.exceptions.get(page.path, NOTHING_MADE).reason
    rules, folder = judging_rules(built.cache), built.published.folder
    dating = Dating(built.options.now, is_known=False)
    failing = still_failing(built.rendering, {page.batch: [page.path]}, dating, rules, folder)
    return next((told_of(failure.finding) for failure in failing), "It is mended by now: run make pages.")


def _planned(built: BuiltSite, path: str) -> PageFacts:
    """A page of which the ledger knows nothing; raises ConfigurationError where there is to be none."""
    plan = built.rendering.plan
    for wanted in (path, f"{path}/"):
        if plan.has(wanted) or wanted in plan.exceptions:
            return PageFacts(wanted, "planned" if plan.has(wanted) else "absent")
    near = nearest_address(path, [row[0] for row in built.ledger.query("SELECT path FROM pages ORDER BY path")])
    fix = f"Did you mean {near}?" if near else "Write the address of a page, as a browser shows it."
    raise ConfigurationError([Finding(path, "no build has ever made a page at this address", fix)])


def _known(built: BuiltSite, path: str) -> PageFacts | None:
    """The ledger's record of ``path``, or of the same with a slash at its end."""
    for wanted in (path, f"{path}/"):
        page = next((PageFacts(*row) for row in built.facts.query(_PAGE, wanted)), None)
        # An address of the past may be one that is kept without a page today.
        kept = () if page and page.state in PUBLISHED else built.ledger.query(_UNBUILT, (wanted,))
        for state, reason, batch in kept:
            first = page.first_built if page else ""
            return PageFacts(wanted, state, verdict=state, reason=reason, batch=batch, first_built=first)
        if page:
            return page
    return None


def _indexing(page: PageFacts, site: Site, published: Published) -> Iterator[str]:
    yield _STATES[page.state]
    if page.state in ("gone", "redirected", "fold") and (redirect := published.redirects.find(page.path)):
        yield f"Who asks for it is sent to {redirect.target} ({redirect.status})."
    if page.state in ("frozen", "absent"):
        yield f"The fault: {page.reason}"
    elif page.verdict not in ("", "index"):
        yield f"The gate says {page.verdict}: {page.reason}"
        if page.state == "live" and site.config.gate.mode == "report":
            yield "Nothing came of that: gate.mode is report."
    elif page.state == "live":
        yield "The gate has nothing against it."


def _content(page: PageFacts, facts: Facts) -> Iterator[str]:
    if page.first_built:
        yield f"First built on {page.first_built}, as far as the ledger goes back."
    if page.state not in PUBLISHED:
        return
    ((cause,),) = facts.query("SELECT content_cause FROM ledger.pages WHERE path = ?", page.path)
    causes = ", ".join(_CAUSES.get(part, part) for part in cause.split(", ") if part)
    if page.content_changed:
        yield f"Last changed on {page.content_changed}" + (f": {causes}." if causes else ".")
    else:
        yield "When it last changed is not known: the ledger began with pages that might have been published before."
    yield f"{page.size / 1000:,.1f} kB, in {page_file(page.path)[1:]}."


def _found_by(page: PageFacts, facts: Facts, published: Published) -> Iterator[str]:
    sitemap = f"/sitemaps/{page.batch}.xml"
    is_listed = f"<loc>{published.origin}{page.path}</loc>" in published.text(sitemap)
    yield f"Sitemap: {sitemap}" if is_listed else "It is in no sitemap."
    others = facts.query(
        "SELECT locale, path FROM standing WHERE path != ?1 AND cluster != ''"
        " AND cluster = (SELECT cluster FROM pages WHERE path = ?1) ORDER BY locale",
        page.path,
    )
    yield from (f"In {locale}: {path}" for locale, path in others)
    linking = [
        path
        for (path,) in facts.query(
            "SELECT path FROM standing WHERE path != ?1"
            " AND instr(char(10) || links || char(10), char(10) || ?1 || char(10)) ORDER BY path",
            page.path,
        )
    ]
    such = f", such as {', '.join(linking[:_NAMED])}" if len(linking) > _NAMED else f": {', '.join(linking)}"
    yield f"Linked from {len(linking):,} pages{such}" if linking else "No page of the site links to it."
    yield f"It links to {len(page.links.splitlines()):,} pages of the site."


def _own_words(words: int, rendering: Rendering, route: Route, site: Site, place: Place) -> Iterator[str]:
    renderer = rendering.renderer
    text = renderer.page_text(route)
    if words == UNKNOWN:
        yield "How many words are its own cannot be told, since a text fails on it."
        return
    yield f"{words:,} words are its own, the place's names left out."
    if text.main is None:
        yield (
            "Only this much is known: its text cannot be followed to what it is made from, so its sentences were"
            " compared with those of the other pages. make pages ARGS=--explain-template says why."
        )
        return
    yield (
        "They are among what follows. What other pages of its topic print as well counts less, and what"
        f" {NOBODYS_OWN:.0%} of them print not at all."
    )
    read = renderer.facts_read["place"]
    sources = fact_sources(site.root / "content", site.config.tables, place)
    owners = {name.rpartition(".")[2]: name for name in read}
    for name, fact in zip(fact_names(read), text.facts, strict=False):
        said = ", ".join(map(str, fact)) if isinstance(fact, tuple) else fact
        if said not in (None, "") and name not in OWN_NAMES:
            owner = owners.get(name, f"page.{name}").replace("page.region.", "place.region.")
            yield f"{owner}: {said} — {sources.get(owner, place.source)}"
    texts = own_passages(renderer, route)
    columns = {name for source, _ in texts for name in _COLUMN.findall(source.text)}
    for name in sorted(columns & sources.keys() - set(owners.values())):
        owner, _, column = name.rpartition(".")
        value = (place.facts if owner == "place" else place.region.facts).get(column)
        yield f"{name}: {value} — {sources[name]}"
    for source, said in texts:
        yield f"“{said}” — {source.where}"


def _most_like(rendering: Rendering, compared: Compared, row: int, route: Route) -> Iterator[str]:
    sibling, share = int(compared.nearest.sibling[row]), float(compared.nearest.share[row])
    own, base = int(compared.signatures.own_sizes[row]), int(compared.signatures.base_sizes[row])
    if base == UNKNOWN or sibling < 0:
        yield "There is no page to compare it with."
        return
    other = route_of(rendering.plan, *compared.name(sibling))
    yield f"{int(share * 100)} % the same as {other.path}"
    differs = list(differences(rendering.renderer, route, other))
    yield f"What differs: {', '.join(differs)}." if differs else "Nothing differs but the names of the places."
    yield f"Of the {base + own:,} runs of five words in its main text {own:,} have a word that only it has."


def _structured_data(page: PageFacts, published: Published) -> Iterator[str]:
    document = read_document(published, page.path)
    if document is None:
        return
    for node in top_nodes(document):
        kind = ", ".join(types_of(node))
        questions = node.get("mainEntity") if kind == "FAQPage" else None
        if kind != "Question":
            yield f"{kind}: {len(questions)} questions" if isinstance(questions, list) else kind
