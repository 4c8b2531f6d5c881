"""What is marked for translation, read from the source itself: Python by its syntax tree, templates by Django, names
from the seeds. No outer program."""

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from django.utils.translation.template import templatize

from apps.access.choices import context_of
from caricom_portal.layers import packages

PROJECT = Path(__file__).resolve().parent.parent.parent
CALLS = {"gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
MAP = "apps/region/seed/map.toml"
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
IN_TEMPLATE = re.compile(r"(?<!\w)(n?gettext|pgettext|_)\(")
ENUMERATIONS = {"TextChoices", "IntegerChoices"}
REFUSALS = "Refusal"
"""Base of the enumerations whose members are a code and its sentence (apps.access.verdict): whole sentences, so that
none needs a context."""
SHARED = ""
"""The home of a text that several apps show, or the frame."""
Key = tuple[str, str]
"""(context or "", text in English)."""


@dataclass
class Text:
    """A marked text: its context, its plural ("" without one) and the files that show it."""

    context: str
    text: str
    plural: str = ""
    places: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        return self.context, self.text


def marked() -> list[Text]:
    """Every text marked for translation, by the first place that shows it, then in alphabetical order."""
    found: dict[Key, Text] = {}
    for place, context, text, plural in (*_of_python(), *_of_templates(), *_of_seeds()):
        row = found.setdefault((context, text), Text(context, text))
        row.plural = row.plural or plural
        row.places.add(place)
    return sorted(found.values(), key=lambda row: (min(row.places), row.text, row.context))


def by_home(texts: Iterable[Text], project: Path = PROJECT) -> dict[str, list[Text]]:
    """{app, or SHARED: its texts, in the order of `marked`}.

    A shared text names its places in the frame, else those in the two lowest apps that show it: one more app that shows
    it, too, changes nothing there.
    """
    homes: dict[str, list[Text]] = defaultdict(list)
    for row in texts:
        places = _by_app(row.places, project)
        if len(places) == 1 and SHARED not in places:
            homes[next(iter(places))].append(row)
            continue
        order = sorted(places, key=_heights().__getitem__)
        chosen = order[:1] if SHARED in places else order[:2]
        homes[SHARED].append(replace(row, places=set().union(*(places[app] for app in chosen))))
    return {
        home: sorted(rows, key=lambda row: (min(row.places), row.text, row.context)) for home, rows in homes.items()
    }


def _by_app(places: Iterable[str], project: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for place in places:
        found[app_of(place, project)].add(place)
    return found


def app_of(place: str, project: Path = PROJECT) -> str:
    """The app that a file of apps/X or templates/X belongs to; SHARED for one of the frame."""
    top, _, rest = place.partition("/")
    app = rest.partition("/")[0]
    return app if top in {"apps", "templates"} and (project / "apps" / app / "__init__.py").exists() else SHARED


@cache
def _heights() -> dict[str, int]:
    """Of the frame and of every app, the lowest first."""
    return {SHARED: -1} | {name.removeprefix("apps."): place for place, name in enumerate(packages())}


Found = tuple[str, str, str, str]  # (file, context, text, plural)


def _of_python() -> Iterator[Found]:
    for folder in ("apps", "caricom_portal"):
        for path in sorted((PROJECT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                place = str(path.relative_to(PROJECT))
                yield from ((place, *texts) for texts in python_texts(path.read_text()))


def python_texts(source: str) -> Iterator[tuple[str, str, str]]:
    """(context, text, plural) of each call of gettext and its kin, under whatever name the module imports it; and of
    each label of an enumeration (apps.access.choices)."""
    tree = ast.parse(source)
    names = {
        each.asname or each.name: CALLS[each.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for each in node.names
        if each.name in CALLS
    }
    for name, enumeration in _enumerations(tree, ENUMERATIONS):
        yield from ((context_of(name, label), label, "") for label in _labels(enumeration))
    for _name, refusals in _enumerations(tree, {REFUSALS}):
        yield from (("", sentence, "") for sentence in _labels(refusals))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id in IN_CONTEXT:
            words = [str(each.value) for each in node.args if isinstance(each, ast.Constant)]
            if len(words) == 2:  # else a name of the seeds, which are read below
                yield words[0], words[1], ""
        elif node.func.id in names:
            texts = [each.value for each in node.args[: names[node.func.id]] if isinstance(each, ast.Constant)]
            if texts and isinstance(texts[0], str):
                yield "", texts[0], str(texts[1]) if len(texts) > 1 else ""


def _enumerations(node: ast.AST, bases: set[str], around: tuple[str, ...] = ()) -> Iterator[tuple[str, ast.ClassDef]]:
    """(qualified name, class) of each enumeration on one of these bases, in the order of the source."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.ClassDef):
            continue
        path = (*around, child.name)
        if any(isinstance(base, ast.Name) and base.id in bases for base in child.bases):
            yield ".".join(path), child
        yield from _enumerations(child, bases, path)


def _labels(enumeration: ast.ClassDef) -> Iterator[str]:
    """The labels of the members: written beside the value, else the name as Django makes words of it."""
    for line in enumeration.body:
        if not isinstance(line, ast.Assign):
            continue
        target, value = line.targets[0], line.value
        if isinstance(target, ast.Tuple):
            yield from (ast.unparse(each).replace("_", " ").title() for each in target.elts)
        elif isinstance(value, ast.Tuple) and isinstance(value.elts[-1], ast.Constant):
            yield str(value.elts[-1].value)
        elif isinstance(value, ast.Constant):
            yield ast.unparse(target).replace("_", " ").title()


def _of_templates() -> Iterator[Found]:
    for path in sorted((PROJECT / "templates").rglob("*")):
        if path.is_file():
            place = str(path.relative_to(PROJECT))
            yield from ((place, *texts) for texts in template_texts(path.read_text()))


def template_texts(source: str) -> Iterator[tuple[str, str, str]]:
    """(context, text, plural) of each translate, blocktranslate and _("…") of a template."""
    code = templatize(source)
    for match in IN_TEMPLATE.finditer(code):
        texts = _literals(code[match.end() :], 1 if match[1] in ("gettext", "_") else 2)
        if match[1] == "pgettext" and len(texts) == 2:
            yield texts[0], texts[1], ""
        elif texts:
            yield "", texts[0], texts[1] if len(texts) > 1 else ""


LITERAL = re.compile(r"""\s*u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*,?""", re.DOTALL)


def _literals(code: str, wanted: int) -> list[str]:
    """The first string literals of a call whose bracket has just been opened."""
    found: list[str] = []
    while len(found) < wanted and (match := LITERAL.match(code)):
        found.append(ast.literal_eval(match[1].replace("\n", "\\n")))
        code = code[match.end() :]
    return found


def _of_seeds() -> Iterator[Found]:
    """Names of parties (also as the map has them), functions, roles: English in the database, translated when shown."""
    seed = "apps/people/seed"
    for party in tomllib.loads((PROJECT / seed / "parties.toml").read_text())["party"]:
        for name in {party["name"], party["short_name"]}:
            yield f"{seed}/parties.toml", "party", name, ""
    for place in tomllib.loads((PROJECT / MAP).read_text())["place"]:
        yield MAP, "party", place["label"], ""
    for function in tomllib.loads((PROJECT / seed / "functions.toml").read_text())["function"]:
        place = f"{seed}/functions.toml"
        yield place, "function", function["name"], ""
        yield place, "function", function["code"], ""
        for role in function["roles"]:
            yield place, "role", role, ""
