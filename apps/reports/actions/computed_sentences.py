"""How a draft is written down: computed sentences beside those of the draft before."""

from collections.abc import Iterable, Mapping

from django.utils import translation

from apps.access.actor import Actor
from apps.reports.models import Clearance, RenderedSentence, Report
from apps.reports.queries import compilation
from apps.reports.queries.compilation import Compiled
from apps.reports.queries.drafts import rests_on_fiction, sentences_of
from apps.reports.queries.sources import frame
from apps.reports.rules.edits import carried


def write_draft(actor: Actor, report: Report) -> None:
    """Compile the next draft of a locked report; what hands wrote goes with it where its figures allow."""
    template = compilation.read_record(report.template)
    at = frame(
        actor,
        report.as_of,
        report.known_at,
        party=report.party,
        meeting=report.meeting,
        demonstration=template.demonstration,
    )
    before = {row.key: row for row in sentences_of(report)}
    report.draft += 1
    report.compiled_by_seat_id = actor.seat_id
    # the report is in English, whatever language the person who compiles it reads the portal in
    with translation.override("en"):
        rows = [_row(report, one, before) for one in compilation.compiled(at, template, objecting(report))]
    RenderedSentence.objects.bulk_create(rows)
    report.fictional = report.fictional or (template.demonstration and rests_on_fiction(rows))


def objecting(report: Report) -> list[str]:
    """States that objected to being named in this report, in any of its drafts."""
    rows = Clearance.objects.filter(report=report, state=Clearance.State.OBJECTED)
    return sorted(set(rows.values_list("party_id", flat=True)))


def _row(report: Report, one: Compiled, before: Mapping[str, RenderedSentence]) -> RenderedSentence:
    last = before.get(one.key)
    differs = last is not None and last.text != one.text
    still_moved = last is not None and last.moved
    was = (last.was if still_moved else last.text) if last is not None and (differs or still_moved) else ""
    hand = carried(last.hand, last.stretches, one.stretches) if last is not None and last.hand and one.text else ""
    return RenderedSentence(
        report=report,
        draft=report.draft,
        position=one.position,
        section=one.section,
        key=one.key,
        text=one.text,
        stretches=one.stretches,
        values=one.values,
        rows=one.rows,
        counted=one.counted,
        note=one.note,
        named=one.named,
        sensitive=one.sensitive,
        mandatory=one.mandatory,
        unnamed=one.unnamed,
        gap_reason=one.gap_reason,
        sha256=one.sha256,
        was=was,
        moved=(differs or still_moved) and was != one.text,
        hand=hand,
    )


def leave_names_out(report: Report, keys: Iterable[str], names: Mapping[str, str]) -> None:
    """Write the sentences of the present draft in the form that counts without naming."""
    template = compilation.read_record(report.template)
    for row in sentences_of(report).filter(key__in=list(keys), unnamed=False):
        compilation.unname(row, template, names)
        row.save(update_fields=["text", "stretches", "unnamed", "hand", "sha256"])
