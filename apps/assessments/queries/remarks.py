"""Remarks of a section for who reads it, and whom a remark may name."""

import base64
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.assessments import policy
from apps.assessments.models import Assessment, Member, Remark, Section
from apps.people.models import Desk, Seat

S = Assessment.State
WORK = (S.DRAFTING, S.COORDINATION)


@dataclass(frozen=True, slots=True)
class Shown:
    """A remark with its answers, and (verb, label) of what the reader may do about it.

    `start` and `end`: its place in the text as Yjs relative positions, base64; empty without one.
    """

    row: Remark
    answers: list[Remark]
    verbs: list[tuple[str, Any]]
    start: str
    end: str


def remark_of(row: Assessment, pk: Any) -> Remark | None:
    """A remark of the assessment; None for none."""
    found: Remark | None = Remark.objects.filter(assessment=row, pk=pk).select_related("section").first()
    return found


def of_section(actor: Actor, row: Assessment, section: Section) -> list[Shown]:
    """Remarks in the order in which they were made, open ones first. One query."""
    rows = Remark.objects.filter(section=section).select_related("user", "desk", "closed_by").order_by("pk")
    found: dict[Any, Shown] = {}
    for one in rows:
        if one.answers_id is None:
            start, end = (base64.b64encode(bytes(data)).decode() for data in (one.anchor_from, one.anchor_to))
            found[one.pk] = Shown(one, [], _verbs(actor, row, one), start, end)
        elif one.answers_id in found:
            found[one.answers_id].answers.append(one)
    return sorted(found.values(), key=lambda shown: shown.row.state != Remark.State.OPEN)


def newest(found: list[Shown]) -> Remark | None:
    """The newest of remarks and their answers."""
    rows = [row for shown in found for row in (shown.row, *shown.answers)]
    return max(rows, key=lambda row: row.pk, default=None)


def of_text(section: Section) -> list[Remark]:
    """Remarks on a section and their answers, in the order in which they were made. One query."""
    return list(Remark.objects.filter(section=section).select_related("user", "desk").order_by("pk"))


def _verbs(actor: Actor, row: Assessment, one: Remark) -> list[tuple[str, Any]]:
    if row.state not in WORK or not policy.may_remark(actor, row):
        return []
    if one.state != Remark.State.OPEN:
        return [("remark-reopen", pgettext("button, assessments", "Reopen"))] if may_close(actor, row, one) else []
    found = [("remark-answer", pgettext("button, assessments", "Answer"))]
    if one.suggests and policy.may_write(actor, row):
        found.append(("remark-accept", _("Accept the suggestion")))
    return (
        [*found, ("remark-resolve", pgettext("words, assessments", "Resolve"))] if may_close(actor, row, one) else found
    )


def may_close(actor: Actor, row: Assessment, one: Remark) -> bool:
    """Who made it, and who writes."""
    return one.user_id == actor.user_id or bool(policy.may_write(actor, row))


def nameable(row: Assessment) -> list[tuple[str, str]]:
    """(key, name) of all whom a remark may name: persons who work on it, desks by which parties take part. Two queries.

    Nobody else: that there is such a text would be told to who may not know it.
    """
    members = Member.objects.filter(assessment=row, ended_at=None).select_related("user", "desk")
    persons = {row.lead_id: f"{row.lead.name_at(row.originator_id)}, {row.originator_id}"}
    persons |= {one.user_id: f"{one.user.name_at(one.desk.party_id)}, {one.desk.party_id}" for one in members}
    desks = Desk.objects.filter(party__in=row.accepted, active=True, function__in=sorted(policy.SIGNS))
    named = [(f"user:{key}", name) for key, name in sorted(persons.items(), key=lambda one: one[1])]
    return named + [(f"desk:{one.pk}", one.code) for one in desks.order_by("code")]


def desks_of(row: Assessment, mentions: list[str]) -> dict[int, list[int]]:
    """{desk: seats of the persons named at it} of whom a remark names; a desk as a whole has no seats. Two queries."""
    persons = [int(one.removeprefix("user:")) for one in mentions if one.startswith("user:")]
    at = dict(Member.objects.filter(assessment=row, user__in=persons, ended_at=None).values_list("user_id", "desk_id"))
    if row.lead_id in persons:
        at[row.lead_id] = row.owner_id
    seats = Seat.objects.current().filter(user__in=list(at)).values_list("user_id", "desk_id", "pk")
    found: dict[int, list[int]] = {desk: [] for desk in at.values()}
    for user, desk, seat in seats:
        if at.get(user) == desk:
            found[desk].append(seat)
    for one in mentions:
        if one.startswith("desk:"):
            found[int(one.removeprefix("desk:"))] = []
    return found
