"""Terms of reference: proposed by an analyst, answered by points of contact, agreed by the director."""

import datetime
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.grants import share
from apps.access.ids import uuid7
from apps.access.references import next_in
from apps.assessments import policy
from apps.assessments.actions import fields
from apps.assessments.actions.event_facts import contacts, emit_assessment_event
from apps.assessments.models import Assessment, Participant
from apps.assessments.queries import parts, sources, violations
from apps.assessments.rules.yardsticks import YARDSTICKS
from apps.coedit.actions import rights
from apps.rifc.actions.fields import Parties
from apps.rifc.queries.violations import codes
from apps.rifc.rules.facts import Facts
from apps.rifc.rules.release import invalid

S = Assessment.State
PLAIN = ("title", "question", "scope", "out_of_scope", "audience", "tlp", "yardstick", "period_from", "period_to")
DUE = {
    "call_due": S.CALL_OPEN,
    "draft_due": S.DRAFTING,
    "coordination_due": S.COORDINATION,
    "positions_due": S.POSITIONS,
    "signing_due": S.SIGN_OFF,
}


def dates() -> dict[str, forms.Field]:
    """The timetable: the last day of each step."""
    labels = {
        "call_due": pgettext_lazy("words, assessments", "Contributions due"),
        "draft_due": pgettext_lazy("words, assessments", "Draft due"),
        "coordination_due": pgettext_lazy("words, assessments", "Comments due"),
        "positions_due": pgettext_lazy("words, assessments", "Positions due"),
        "signing_due": pgettext_lazy("words, assessments", "Signatures due"),
    }
    return {name: fields.day(label) for name, label in labels.items()}


@action(
    "assessment.propose",
    model=Assessment,
    label=_("Propose an assessment"),
    done=_("Proposed an assessment"),
    policy=policy.may_propose,
    ends=S.PROPOSED,
    takes={
        "title": forms.CharField(label=pgettext_lazy("field, assessments", "Title"), max_length=200),
        "question": fields.words(
            pgettext_lazy("field, assessments", "Question"), 2000, help_text=_("the question to assess")
        ),
        "scope": fields.words(pgettext_lazy("field, assessments", "Within scope"), 2000),
        "out_of_scope": fields.words(_("Out of scope"), 2000),
        "period_from": fields.day(pgettext_lazy("field, assessments", "Covers from"), required=True),
        "period_to": fields.day(pgettext_lazy("field, assessments", "Covers until"), required=True),
        "area": fields.Codes(
            label=pgettext_lazy("field, assessments", "Area"),
            required=False,
            help_text=pgettext_lazy("field, assessments", "State codes"),
        ),
        "audience": fields.words(pgettext_lazy("field, assessments", "Audience"), 500),
        "classification": fields.Classification(
            label=pgettext_lazy("field, assessments", "Highest classification"), initial="RESTRICTED"
        ),
        "tlp": fields.Label(label=pgettext_lazy("field, assessments", "TLP"), initial="AMBER"),
        "yardstick": forms.ChoiceField(
            label=pgettext_lazy("field, assessments", "Likelihood scale"),
            choices=list(YARDSTICKS.items()),
            initial="phia",
        ),
        "parties": Parties(label=pgettext_lazy("field, assessments", "Invited parties")),
        "review_months": forms.IntegerField(label=_("Months until review"), min_value=1, max_value=24, initial=6),
        **dates(),
    },
)
def propose_assessment(actor: Actor, _row: None, *, key: uuid.UUID | None = None, **given: Any) -> Assessment:
    """Write the terms of reference and ask parties to take part; you lead it."""
    now = timezone.now()
    row = Assessment(
        id=key or uuid7(),
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        level=given["classification"],
        lead_id=actor.user_id,
        area=list(given.get("area") or ()),
        review_months=given["review_months"],
        state_since=now,
        invited=sorted(set(given["parties"]) - {actor.party_code}),
        number=f"JTA-{now.year}-{next_in(f'jta:{now.year}'):02d}",
        **{name: given[name] for name in PLAIN},
    )
    row.due = _timetable({}, given)
    _look(actor, row)
    row.save(force_insert=True)
    Participant.objects.bulk_create(Participant(assessment=row, party_id=party) for party in row.invited)
    share(actor, row, {actor.desk_id, *(desk.pk for desk in sources.desks_of(row.invited))}, basis="parties asked")
    emit_assessment_event("jta.invited", row, contacts(row.invited))
    return row


def _timetable(before: dict[str, str], given: dict[str, Any]) -> dict[str, str]:
    """The last days with those that were given; in the order of the steps, or an error at the first that is not."""
    due = dict(before)
    for name, step in DUE.items():
        if given.get(name):
            due[step] = given[name].isoformat()
    latest = ""
    for name, step in DUE.items():
        if due.get(step, "9999") < latest:
            raise ValidationError({name: _now("This step would end before the previous one. Enter a later date.")})
        latest = due.get(step, latest)
    return due


def _look(actor: Actor, row: Assessment) -> None:
    if not row.invited:
        raise ValidationError({"parties": _now("Invite at least one other party.")})
    if row.level > actor.clearance:
        raise ValidationError(
            {"classification": _now("You would not be cleared to read it. Choose a lower classification.")}
        )
    if row.period_to < row.period_from:
        raise ValidationError({"period_to": _now("The end is before the start. Correct one of the two.")})
    wrong = invalid(Facts("draft", row.originator_id, "", row.level, row.tlp))
    if wrong:
        raise codes("tlp", wrong)


@action(
    "assessment.invite",
    model=Assessment,
    label=_("Invite another party"),
    done=_("Invited a party to an assessment"),
    policy=policy.may_steer,
    starts=policy.OPEN_TERMS,
    ends=policy.OPEN_TERMS,
    takes={"parties": Parties(label=pgettext_lazy("field, assessments", "Invited parties"))},
)
def invite_to_assessment(actor: Actor, row: Assessment, *, parties: Any) -> Assessment:
    """Ask more parties to take part."""
    new = set(parties) - {*row.invited, *row.accepted, *row.declined, row.originator_id}
    if not new:
        raise ValidationError({"parties": _now("These parties are already invited.")})
    row.invited = sorted({*row.invited, *new})
    Participant.objects.bulk_create(Participant(assessment=row, party_id=party) for party in sorted(new))
    share(actor, row, {desk.pk for desk in sources.desks_of(new)}, basis="parties asked")
    emit_assessment_event("jta.invited", row, contacts(new))
    return row


@action(
    "assessment.respond",
    model=Assessment,
    label=_("Accept or decline to take part"),
    done=_("Answered whether to take part in an assessment"),
    policy=policy.may_respond,
    starts=policy.OPEN_TERMS,
    ends=policy.OPEN_TERMS,
    takes={
        "answer": forms.ChoiceField(
            label=pgettext_lazy("field, assessments", "Your State"),
            choices=[
                ("accept", pgettext_lazy("choice, assessments", "takes part")),
                ("decline", _("does not take part")),
            ],
            widget=forms.RadioSelect,
        )
    },
)
def answer_assessment_invitation(actor: Actor, row: Assessment, *, answer: str) -> Assessment:
    """Say for your State whether it takes part; until drafting begins you may think again."""
    party = {actor.party_code}
    row.invited = sorted(set(row.invited) - party)
    row.accepted, row.declined = sorted(set(row.accepted) - party), sorted(set(row.declined) - party)
    if answer == "accept":
        row.accepted = sorted({*row.accepted, *party})
    else:
        row.declined = sorted({*row.declined, *party})
    Participant.objects.filter(assessment=row, party=actor.party_code).update(
        answer=answer, answered_at=timezone.now(), by_seat_id=actor.seat_id
    )
    rights.changed(row.pk)
    emit_assessment_event("jta.responded", row, [row.owner_id], step=f"{actor.party_code} {row.version}")
    return row


@action(
    "assessment.agree_terms",
    model=Assessment,
    label=_("Agree the terms"),
    done=_("Agreed the terms of reference"),
    policy=policy.may_direct,
    starts={S.PROPOSED},
    ends=S.TERMS_AGREED,
)
def agree_terms_of_reference(actor: Actor, row: Assessment) -> Assessment:
    """Agree the terms of reference, by which at least one State stands (J-sponsor)."""
    if not row.accepted:
        raise violations.broken([("J-sponsor", "")])
    row.terms_sha256, row.state_since = parts.terms_sha256(row), timezone.now()
    emit_assessment_event("jta.step", row, contacts({*row.accepted, *row.invited}), step=S.TERMS_AGREED)
    return row


@action(
    "assessment.set_dates",
    model=Assessment,
    label=_("Change the timetable"),
    done=_("Changed the timetable of an assessment"),
    policy=policy.may_steer,
    starts=Assessment.WORKING,
    ends=Assessment.WORKING,
    takes=dates(),
)
def set_assessment_dates(actor: Actor, row: Assessment, **given: Any) -> Assessment:
    """Give steps another last day; everybody who takes part is told."""
    today = timezone.now().date()
    late = [name for name, day in given.items() if day is not None and day < today]
    if late:
        raise ValidationError({name: _now("This date has passed. Enter a later date.") for name in late})
    row.due = _timetable(row.due, given)
    row.reminded = []
    emit_assessment_event("jta.step", row, contacts(row.accepted), step=f"dates {row.version}", due=_due(row))
    return row


def _due(row: Assessment) -> str:
    day = row.due.get(row.state)
    return (
        datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(23, 59), datetime.UTC).isoformat()
        if day
        else ""
    )
