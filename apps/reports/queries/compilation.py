"""From a template to sentences: every figure, list and date from the record, or a gap that says why there is none."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from apps.council.rules.seals import fingerprint
from apps.reports.models import ReportTemplate
from apps.reports.queries.sources import SOURCES, Found, Frame
from apps.reports.rules import language, templates, values
from apps.reports.rules.values import Value, written
from apps.reports.rules.words import Parties


@dataclass(frozen=True, slots=True)
class Compiled:
    """One sentence as computed; see models.RenderedSentence, which keeps it."""

    key: str
    section: str
    position: int
    text: str
    stretches: list[tuple[str, bool]]
    values: dict[str, Any]
    rows: list[tuple[str, str]]
    counted: str
    note: str
    named: list[str]
    gap_reason: str
    sensitive: bool
    mandatory: bool
    unnamed: bool
    sha256: str = field(default="")


def template_on(kind: str, day: datetime.date) -> ReportTemplate | None:
    """The template that reports of a kind use from this day on; the newest that there is."""
    rows = ReportTemplate.objects.filter(kind=kind, valid_from__lte=day)
    return rows.order_by("-valid_from", "-pk").first()


def read_record(template: ReportTemplate) -> templates.Template:
    """A stored template as the engine reads it."""
    return templates.read_template(template.content, tuple(SOURCES))


def compiled(frame: Frame, template: templates.Template, objecting: Sequence[str] = ()) -> list[Compiled]:
    """Every sentence in its order; `objecting` are States that do not want to be named."""
    return list(_compiled(frame, template, frozenset(objecting)))


def _compiled(frame: Frame, template: templates.Template, objecting: frozenset[str]) -> Iterator[Compiled]:
    position = 0
    for sentence in template.sentences:
        for found in SOURCES[sentence.source](frame, sentence.params):
            position += 1
            yield one(frame.names, sentence, found, position, objecting)


def one(
    names: Mapping[str, str],
    sentence: templates.Sentence,
    found: Found,
    position: int,
    objecting: frozenset[str] = frozenset(),
) -> Compiled:
    """One sentence from what its source gave. A source above the sentence's marking makes it a gap."""
    key = f"{sentence.id}/{found.key}" if found.key else sentence.id
    if found.level > sentence.max_marking:
        found = Found(gap=_("Withheld: a source is marked above this report."))
        sentence = templates.Sentence(sentence.id, sentence.section, "", sentence.source, mandatory=sentence.mandatory)
    wording = sentence.wording(found.values)
    named = _states({name: found.values[name] for name in language.names(wording) if name in found.values})
    unnamed = bool(sentence.sensitive and sentence.unnamed and objecting & set(named))
    stretches, gap = _rendered(sentence.unnamed if unnamed else wording, sentence.unknown, found)
    text = language.plain(stretches)
    said, rows = written(found.values), sorted(set(found.rows))
    content = {"key": key, "text": text, "values": said, "rows": [list(row) for row in rows]}
    return Compiled(
        key=key,
        section=sentence.section,
        position=position,
        text=text,
        stretches=[(each.text, each.computed) for each in stretches],
        values=said,
        rows=rows,
        counted=found.counted,
        note=found.note or ("" if gap or not found.gap else found.gap),
        named=named,
        gap_reason=gap,
        sensitive=sentence.sensitive,
        mandatory=sentence.mandatory,
        unnamed=unnamed,
        sha256=fingerprint(content),
    )


def _rendered(wording: str, unknown: str, found: Found) -> tuple[list[language.Stretch], str]:
    """(the stretches, "") or ([], why there is a gap)."""
    missing = found.gap
    for text in [*([] if found.gap else [wording]), unknown]:
        if not text:
            continue
        try:
            return language.render(text, found.values), ""
        except language.Missing as absent:
            missing = missing or _("The record has no “%(name)s”.") % {"name": absent.name}
    return [], missing


def _states(held: Mapping[str, Value]) -> list[str]:
    found = [code for value in held.values() if isinstance(value, Parties) for code in value.codes]
    return list(dict.fromkeys(found))


def unname(row: Any, template: templates.Template, names: Mapping[str, str]) -> None:
    """Change a kept sentence into its form that counts without naming; what a hand wrote of the names goes."""
    sentence = template.sentence(row.key)
    if sentence is None or not sentence.unnamed or not row.text:
        return
    stretches = language.render(sentence.unnamed, values.read_value(row.values, names))
    row.stretches = [(each.text, each.computed) for each in stretches]
    row.text, row.hand, row.unnamed = language.plain(stretches), "", True
    rows = [list(each) for each in row.rows]
    row.sha256 = fingerprint({"key": row.key, "text": row.text, "values": row.values, "rows": rows})
