"""Jinja environments for the templates of one locale, and the checks before any page is rendered."""

from __future__ import annotations

import gettext
import pickle
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path
from types import CodeType
from typing import Any, cast

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.parser import Parser

from generator.errors import Finding, did_you_mean
from generator.ledger.cache import Cache, packing
from generator.ledger.digests import folder_digest
from generator.model import Locale
from generator.templating.contract import TEMPLATE_NAMES
from generator.templating.filters import locale_filters
from generator.templating.names import Columns, Names, name_faults
from generator.tracing.environment import record
from generator.tracing.expressions import Expressions, Refused
from generator.tracing.recorder import Recorder

_SYNTAX: Mapping[str, Any] = {
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ("jinja2.ext.i18n",),
}
"""Syntax options of templates."""

PAGE_TEMPLATES = ("chooser.html", "home.html", "topic.html", "region.html", "place.html", "not_found.html")


def template_environment(templates: Path, locale: Locale) -> Environment:
    """The environment that renders the pages of ``locale``; undefined names raise."""
    environment = plain_environment(templates)
    environment.formats = locale.formats, locale.measurement
    environment.filters.update(locale_filters(locale))
    environment.install_gettext_translations(translations(locale), newstyle=True)  # type: ignore[attr-defined]
    return environment


def plain_environment(templates: Path) -> _Environment:
    """The environment that reads templates as every locale does, without a locale's filters."""
    environment = _Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(templates),
        auto_reload=False,
        cache_size=-1,
        **_SYNTAX,
    )
    environment.newstyle_gettext = True  # type: ignore[attr-defined] # As with a locale, so that it parses the same.
    return environment


class _Environment(Environment):
    """Jinja's own, which parses a template once for all languages that print it, and compiles it once for each."""

    formats: tuple[str, str] = ("", "")
    """The formats on which the filters of its locale depend."""

    def compile(  # type: ignore[override] # The overloads say what is raw.
        self,
        source: str | nodes.Template,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,
        defer_init: bool = False,
    ) -> str | CodeType:
        if raw or defer_init or name is None or filename is None or not isinstance(source, str):
            return super().compile(source, name, filename, raw, defer_init)  # type: ignore[call-overload, no-any-return]
        # The filters of its formats are folded into the code.
        key = source, name, self.formats, self.code_generator_class
        code = _CODE.get(key)
        if code is None:
            code = super().compile(source, name, filename)
            if len(_CODE) == _MOST_CODE:
                del _CODE[next(iter(_CODE))]
            _CODE[key] = code
        return _in_file(code, filename)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            packed = _packed_tree(source)
        except (TemplateSyntaxError, RecursionError):
            # A fault is said with its file; a tree that is too deep to be copied may not be too deep to be used.
            return super()._parse(source, name, filename)
        # A copy for each, since compiling folds a language's filters into the tree.
        tree = cast(nodes.Template, pickle.loads(packed))  # noqa: S301 - this process has made it
        tree.set_environment(self)
        return tree


_CODE: dict[tuple[str, str, tuple[str, str], type], CodeType] = {}
"""Compiled templates of this process, by source, name, formats and the class that wrote the code: a new renderer need
not compile them again."""

_MOST_CODE = 512


def _in_file(code: CodeType, file: str) -> CodeType:
    """``code`` as that of ``file``, which a traceback then names."""
    if code.co_filename == file:
        return code
    parts = tuple(_in_file(part, file) if isinstance(part, CodeType) else part for part in code.co_consts)
    return code.replace(co_filename=file, co_consts=parts)


@lru_cache(maxsize=512)
def _packed_tree(source: str) -> bytes:
    """The syntax tree of a template, to be copied: that takes a tenth of the time of parsing."""
    tree = Parser(plain_environment(Path()), source).parse()
    tree.set_environment(None)  # type: ignore[arg-type] # Each copy gets its own.
    return pickle.dumps(tree, pickle.HIGHEST_PROTOCOL)


@lru_cache(maxsize=512)
def template_nodes(source: str) -> tuple[nodes.Node, ...]:
    """The syntax tree of a template and all its nodes in order, to be read and never changed; raises as parsing does.

    To walk through a tree costs more than to look at its nodes.
    """
    tree = plain_environment(Path()).parse(source)
    return (tree, *tree.find_all(nodes.Node))


def compile_templates(templates: Path, locales: Iterable[Locale]) -> None:
    """Compile all templates for each of ``locales``, as they are and to be traced, for processes forked from this."""
    for locale in locales:
        plain, traced = template_environment(templates, locale), template_environment(templates, locale)
        record(traced, Recorder(Expressions()))
        for name in plain.list_templates(extensions=["html"]):
            for environment in (plain, traced):
                # A template that cannot be compiled is told of by the page that needs it.
                with suppress(TemplateSyntaxError, Refused, RecursionError):
                    environment.get_template(name)


def translations(locale: Locale) -> gettext.NullTranslations:
    return gettext.GNUTranslations(BytesIO(locale.catalogue)) if locale.catalogue else gettext.NullTranslations()


def check_templates(templates: Path, columns: Columns | None, cache: Cache) -> list[Finding]:
    """Every template that is missing, cannot be read, or uses a name that the contract does not have.

    ``cache`` holds the results of earlier builds.
    """
    known = {view: sorted(names) for view, names in columns.items()} if columns is not None else None
    made_of = msgspec.json.encode(known) + folder_digest(templates)
    return cache.recall("faults of templates", made_of, partial(_faults, templates, columns), *packing(list[Finding]))


def _faults(templates: Path, columns: Columns | None) -> list[Finding]:
    if not templates.is_dir():
        return [Finding("templates", "the folder is missing", "Restore it.")]
    environment = plain_environment(templates)
    files = {path.relative_to(templates).as_posix() for path in templates.rglob("*") if path.is_file()}
    names = {name for name in files if name.endswith(".html")}
    findings = [
        Finding(f"templates/{name}", "this template is missing", "Restore it.")
        for name in PAGE_TEMPLATES
        if name not in names
    ]
    style = templates / "static" / "site.css"
    try:
        style.read_text("utf-8")
    except FileNotFoundError:
        findings.append(Finding("templates/static/site.css", "the style sheet is missing", "Restore it."))
    except UnicodeDecodeError as error:
        what = f"the file is not UTF-8 (at byte {error.start})"
        findings.append(Finding("templates/static/site.css", what, "Save it as UTF-8."))
    for name in sorted(names):
        findings.extend(_template_findings(environment, name, files, columns))
    return findings


def _template_findings(
    environment: Environment, name: str, files: set[str], columns: Columns | None
) -> Iterator[Finding]:
    shown = f"templates/{name}"
    try:
        source = Path(environment.loader.searchpath[0], name).read_text("utf-8")  # type: ignore[union-attr]
        every = template_nodes(source)
    except UnicodeDecodeError as error:
        yield Finding(shown, f"the file is not UTF-8 (at byte {error.start})", "Save it as UTF-8.")
        return
    except TemplateSyntaxError as error:
        yield Finding(
            f"{shown}:{error.lineno}", f"the Jinja here cannot be read: {(error.message or '').rstrip('.')}", ""
        )
        return
    yield from name_faults(every, Names(TEMPLATE_NAMES, columns), environment, shown)
    for reference in every:
        wanted = _named(reference) if isinstance(reference, _REFERENCES) else []
        if wanted and not files.intersection(wanted):
            fix = did_you_mean(wanted[0], files)
            yield Finding(f"{shown}:{reference.lineno}", f'there is no template "{wanted[0]}"', fix)


_REFERENCES = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


def _named(reference: nodes.Node) -> list[str]:
    """The templates of which ``reference`` needs one; none where only the page knows, or where it does without."""
    target = getattr(reference, "template", None)
    if getattr(reference, "ignore_missing", False):
        return []
    wanted = target.items if isinstance(target, (nodes.List, nodes.Tuple)) else [target]
    names = [str(name.value) for name in wanted if isinstance(name, nodes.Const)]
    return names if len(names) == len(wanted) else []


def template_fault(error: Exception) -> Finding:
    """Fault of a template while it rendered a page, at the deepest template line that was reached."""
    where, step = "templates", error.__traceback__
    while step:
        file = step.tb_frame.f_code.co_filename
        if file.endswith(".html"):
            # The folder may be named from where the build runs, with nothing before it.
            _, _, name = f"/{file.replace(chr(92), '/')}".rpartition("/templates/")
            where = f"templates/{name}:{step.tb_lineno}"
        step = step.tb_next
    return Finding(where, f"the template fails: {type(error).__name__}: {error}".rstrip("."), "Mend the template.")
