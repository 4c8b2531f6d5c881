"""Assessments and their parts as programs are shown them."""

from collections import defaultdict
from typing import Any

from django.db.models import Exists, OuterRef

from apps.access.actor import Actor
from apps.access.database_context import beyond
from apps.access.refusal import Refused
from apps.assessments import policy
from apps.assessments.models import Assessment, Comment, Participant
from apps.assessments.queries import pages, parts, released_judgements
from apps.assessments.rules import yardsticks
from apps.rifc.models import Report
from apps.rifc.queries import vocabulary

Plain = dict[str, Any]


def prepared(rows: list[Any], *, whole: bool) -> list[Any]:
    """Rows with what the answer shows; the fingerprint and the signatures of one row only."""
    answers: dict[Any, list[Participant]] = defaultdict(list)
    for one in Participant.objects.filter(assessment__in=[row.pk for row in rows]).order_by("party_id"):
        answers[one.assessment_id].append(one)
    for row in rows:
        row.shown_parties = [{"party": one.party_id, "answer": one.answer} for one in answers[row.pk]]
        row.shown_sha256, row.shown_judgements, row.shown_signatures = None, None, []
        if whole:
            row.shown_sha256 = parts.content_sha256(row)
            row.shown_judgements = len(parts.judgements(row))
            row.shown_signatures = pages.signed(row, parts.signatures(row), row.shown_sha256, {})
    return rows


def exported(actor: Actor, key: Any) -> Assessment:
    """An assessment that the actor takes part in, or a released one whose report they see; Refused for none."""
    found: Assessment | None = Assessment.objects.visible_to(actor).filter(pk=key).first()
    if found is None:
        seen = Report.objects.visible_to(actor).filter(thread=OuterRef("report"))
        out = beyond(Assessment.objects.all(), "assessment").filter(
            Exists(seen), pk=key, state__in=Assessment.OUT, level__lte=actor.clearance
        )
        found = out.first()
    if found is None:
        raise Refused("not-visible")
    return found


def text(row: Assessment, key: Any) -> parts.Text:
    """A section of the assessment with its text; Refused for none."""
    found = parts.section_of(row, key)
    if found is None:
        raise Refused("not-visible")
    return parts.text_of(found)


def section(actor: Actor, row: Assessment, shown: parts.Text) -> Plain:
    """A section with what the caller may do with its text."""
    one = shown.section
    mode = policy.text_right(actor.user_id, row.lead_id, row.drafters, row.state)
    return {
        "id": one.pk,
        "title": one.title,
        "order": one.order,
        "epoch": shown.epoch,
        "seq": shown.seq,
        "text_sha256": shown.sha256,
        "mode": mode if actor.may_write else "read",
    }


def judgements(actor: Actor, row: Assessment) -> list[Plain]:
    """Judgements with positions and the citations that the caller sees."""
    seen, said = parts.seen_citations(actor, row), parts.positions(row)
    found, judged = [], parts.judgements(row)
    earlier = [one.predecessor_id for one in judged if one.predecessor_id]
    mine = (
        set(released_judgements.judgements(actor).filter(pk__in=earlier).values_list("pk", flat=True))
        if earlier
        else set()
    )
    for one in judged:
        sha256 = parts.judgement_sha256(one)
        band = yardsticks.band_of(row.yardstick, one.likelihood)
        columns = (
            *("order", "text", "likelihood", "confidence", "confidence_basis", "timeframe_from", "timeframe_to"),
            *("threat_category", "alternatives", "indicators"),
        )
        found.append(
            {
                "id": one.pk,
                **{name: getattr(one, name) for name in columns},
                "portion": vocabulary.portion_mark(one.level),
                "band": {"low": band.low, "high": band.high} if band else None,
                "predecessor": one.predecessor_id if one.predecessor_id in mine else None,
                "citations": [{"report": cite.report, "para": cite.para} for cite in seen.get(one.pk, [])],
                "judgement_sha256": sha256,
                "positions": [
                    {
                        "party": each.party_id,
                        "position": each.kind,
                        "text": each.text,
                        "at": each.at,
                        "current": each.judgement_sha256 == sha256,
                    }
                    for each in said
                    if each.judgement_id == one.pk
                ],
            }
        )
    return found


def comment(one: Comment) -> Plain:
    """A comment."""
    return {
        "id": one.pk,
        "section": one.section_id,
        "judgement": one.judgement_id,
        "pid": one.pid,
        "party": one.party_id,
        "kind": one.kind,
        "text": one.text,
        "at": one.at,
        "outcome": one.outcome,
        "answer": one.answer,
    }


def contributions(actor: Actor, row: Assessment) -> list[Plain]:
    """Contributions as far as the caller may read them; a report's id only where they see it."""
    return [
        {
            "id": one.pk,
            "party": one.party_id,
            "nil": one.nil,
            "text": "" if one.withdrawn_at else one.text,
            "report": one.report if one.seen else None,
            "release": one.release,
            "at": one.at,
            "withdrawn_at": one.withdrawn_at,
        }
        for one in pages.list_read_contributions(actor, row)
    ]
