"""A report's template: its sections and sentences as data, read and checked as a whole before it is used.

Each sentence says where its values come from (`source` and `params`), what is written when a value is not known
(`unknown`), when a State objects to being named (`unnamed`), or when values are particular (`variants`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.reports.rules import language


class WrongTemplate(ValueError):
    """A template that cannot be used; the message names the sentence and what is wrong in it."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Another wording for particular values."""

    when: Mapping[str, Any]
    template: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its wording, its source, and its other forms."""

    id: str
    section: str
    template: str
    source: str
    params: Mapping[str, Any] = field(default_factory=dict)
    mandatory: bool = True
    sensitive: bool = False
    max_marking: int = 0
    unknown: str = ""
    unnamed: str = ""
    variants: tuple[Variant, ...] = ()
    seed_items: tuple[str, ...] = ()

    def wording(self, values: Mapping[str, Any]) -> str:
        """The template for these values."""
        for variant in self.variants:
            if all(values.get(name) == value for name, value in variant.when.items()):
                return variant.template
        return self.template


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report under its own heading. `office` answers for it; a letter and an attachment stand apart."""

    id: str
    title: str
    office: str = ""
    place: str = "body"


@dataclass(frozen=True, slots=True)
class Template:
    """A whole report before it is compiled.

    `prefix` begins its references; `request` names whose requests it answers. `readers` get it when it is issued:
    "members" all Member States, "party" the State of the report alone. `max_level` is its marking; `public`: whoever
    verifies a copy is told number and title; `demonstration`: fictional records count too, and it says so on each page.
    """

    kind: str
    version: str
    title: str
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    prefix: str = "REP"
    addressee: str = ""
    request: str = ""
    clearance_days: int = 14
    readers: str = "members"
    max_level: int = 1
    public: bool = False
    demonstration: bool = False

    def sentence(self, key: str) -> Sentence | None:
        """The sentence of this key; what repeats ("ITEM/3") belongs to the one before the slash."""
        return next((one for one in self.sentences if one.id == key.partition("/")[0]), None)


MARKINGS = {"PUBLIC": 0, "OFFICIAL": 1, "CONFIDENTIAL": 2, "SECRET": 3}
PLACES = frozenset({"letter", "body", "attachment"})
READERS = frozenset({"members", "party"})


def read_template(content: Mapping[str, Any], sources: Sequence[str]) -> Template:
    """A template from its data; WrongTemplate for an unknown source or section, or a wrong place in a sentence."""
    try:
        sections = tuple(Section(**row) for row in content["section"])
        sentences = tuple(_sentence(row) for row in content["sentence"])
        found = Template(**content["template"], sections=sections, sentences=sentences)
    except (TypeError, KeyError) as wrong:
        raise WrongTemplate(f"the template cannot be read: {wrong}") from wrong
    _check(found, frozenset(sources))
    return found


def _sentence(row: Mapping[str, Any]) -> Sentence:
    columns = dict(row)
    columns["variants"] = tuple(Variant(**each) for each in columns.get("variants", ()))
    columns["seed_items"] = tuple(columns.get("seed_items", ()))
    marking = columns.get("max_marking", "PUBLIC")
    if marking not in MARKINGS:
        raise WrongTemplate(f"sentence {row.get('id')}: there is no marking “{marking}”")
    columns["max_marking"] = MARKINGS[marking]
    return Sentence(**columns)


def _check(found: Template, sources: frozenset[str]) -> None:
    ids = [one.id for one in found.sentences]
    twice = sorted({key for key in ids if ids.count(key) > 1})
    if twice:
        raise WrongTemplate(f"sentence {twice[0]} stands twice")
    if found.readers not in READERS:
        raise WrongTemplate(f"there are no readers “{found.readers}”")
    sections = {section.id for section in found.sections}
    for section in found.sections:
        if section.place not in PLACES:
            raise WrongTemplate(f"section {section.id}: there is no place “{section.place}”")
    for one in found.sentences:
        if one.section not in sections:
            raise WrongTemplate(f"sentence {one.id}: there is no section “{one.section}”")
        if one.source not in sources:
            raise WrongTemplate(f"sentence {one.id}: there is no source “{one.source}”")
        for text in (one.template, one.unknown, one.unnamed, *(variant.template for variant in one.variants)):
            try:
                language.parse(text)
            except language.TemplateError as wrong:
                raise WrongTemplate(f"sentence {one.id}: {wrong}") from wrong
