"""The call: it goes out as a request for information, parties contribute, and may take back what is theirs."""

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
from apps.access.declared_actions import action, do_also
from apps.access.ids import uuid7
from apps.access.refusal import Refused
from apps.assessments import policy
from apps.assessments.actions import fields, lost_sources
from apps.assessments.actions.event_facts import contacts, emit_assessment_event
from apps.assessments.models import Assessment, Contribution, Section
from apps.assessments.queries import checks, violations
from apps.coedit.actions import rights, section_texts
from apps.exchange.models import Addressee
from apps.rifc.models import Report
from apps.rifc.queries import reports

S = Assessment.State
LINE = "jta"


@action(
    "assessment.open_call",
    model=Assessment,
    label=_("Open the call for contributions"),
    done=_("Called for contributions"),
    policy=policy.may_lead,
    starts={S.TERMS_AGREED},
    ends=S.CALL_OPEN,
)
def open_call_for_contributions(actor: Actor, row: Assessment) -> Assessment:
    """Ask every party that takes part for its contribution (J-accepted: two at least)."""
    if len(row.accepted) < 2:
        raise violations.broken([("J-accepted", "")])
    now = timezone.now()
    fields.started(row, S.CALL_OPEN, now.date())
    row.state_since = now
    row.request = _ask(row).pk
    emit_assessment_event("jta.step", row, contacts(row.accepted), step=f"{S.CALL_OPEN} {row.version}")
    return row


def _ask(row: Assessment) -> Any:
    """The request for information by which the call goes out."""
    due = datetime.datetime.combine(
        datetime.date.fromisoformat(row.due[S.CALL_OPEN]), datetime.time(23, 59), datetime.UTC
    )
    asked = do_also(
        "rfi.draft",
        None,
        line=LINE,
        subject=f"{row.number}: {row.title}"[:200],
        questions=[row.question],
        classification=row.level,
        tlp=row.tlp,
        purpose=_now("Contribution to the joint threat assessment %(number)s") % {"number": row.number},
        legal_basis=_now("Terms of reference of %(number)s") % {"number": row.number},
        due=due,
        variants=[{"to": list(row.accepted), "text": f"{row.scope}\n\n{row.out_of_scope}"[:20_000]}],
    )
    return do_also("rfi.send", asked)


@action(
    "assessment.reopen_call",
    model=Assessment,
    label=_("Reopen the call"),
    done=_("Reopened the call for contributions"),
    policy=policy.may_lead,
    starts={S.DRAFTING},
    ends=S.CALL_OPEN,
    takes={
        "reason": fields.reason_field(pgettext_lazy("field, assessments", "Reason")),
        "due": fields.day(pgettext_lazy("field, assessments", "Contributions due")),
    },
)
def reopen_call_for_contributions(
    actor: Actor, row: Assessment, *, reason: str, due: datetime.date | None = None
) -> Assessment:
    """Ask again; the text stays, and nobody writes until the call is closed."""
    row.reason, row.state_since = reason, timezone.now()
    row.due = {name: day for name, day in row.due.items() if name != S.CALL_OPEN}
    if due is not None:
        row.due[S.CALL_OPEN] = due.isoformat()
    fields.started(row, S.CALL_OPEN, row.state_since.date())
    row.request = _ask(row).pk
    rights.changed(row.pk)
    emit_assessment_event("jta.step", row, contacts(row.accepted), step=f"{S.CALL_OPEN} {row.version}")
    return row


@action(
    "assessment.close_call",
    model=Assessment,
    label=_("Close the call and start drafting"),
    done=_("Closed the call for contributions"),
    policy=policy.may_lead,
    starts={S.CALL_OPEN},
    ends=S.DRAFTING,
)
def close_call_for_contributions(actor: Actor, row: Assessment) -> Assessment:
    """Begin to draft when every party has contributed, or the last day is over (J-contributions)."""
    now = timezone.now()
    found = checks.find_missing_contributions(row, now.date())
    if found:
        raise violations.broken(found)
    fields.started(row, S.DRAFTING, now.date())
    row.state_since = now
    rights.changed(row.pk)
    emit_assessment_event("jta.step", row, contacts(row.accepted), step=f"{S.DRAFTING} {row.version}")
    return row


@action(
    "jta_contribution.give",
    model=Assessment,
    label=pgettext_lazy("button, assessments", "Contribute"),
    done=_("Contributed to an assessment"),
    policy=policy.may_contribute,
    starts={S.CALL_OPEN},
    ends=S.CALL_OPEN,
    takes={
        "text": fields.words(pgettext_lazy("field, assessments", "Contribution"), 20_000, required=False),
        "report": forms.CharField(
            label=_("Report of your State"), required=False, max_length=40, help_text=_("report id, instead of text")
        ),
        "nil": forms.BooleanField(label=_("We have nothing to contribute"), required=False),
        "release": forms.ChoiceField(
            label=_("Who may read it"),
            required=False,
            choices=Contribution.Release.choices,
            initial=Contribution.Release.PARTICIPANTS,
        ),
        "classification": fields.Classification(
            label=pgettext_lazy("field, assessments", "Classification"), required=False
        ),
    },
)
def give_contribution(
    actor: Actor,
    row: Assessment,
    *,
    text: str = "",
    report: str = "",
    nil: bool = False,
    release: str = "",
    classification: Any = None,
) -> Assessment:
    """Contribute for your State: words, one of its reports, or that it has nothing. It answers the request as well."""
    named = _own_report(actor, report) if report else None
    if not (nil or text.strip() or named):
        raise ValidationError(
            {"text": _now("Write a contribution, enter a report, or tick “We have nothing to contribute”.")}
        )
    level = row.level if classification in (None, "") else classification
    level = max(level, named.level) if named else level
    if level > min(row.level, actor.clearance):
        raise ValidationError({"classification": _now("This is marked higher than the assessment allows.")})
    row.made = Contribution.objects.create(
        assessment=row,
        party_id=actor.party_code,
        desk_id=actor.desk_id,
        user_id=actor.user_id,
        nil=nil and not named,
        text=text,
        level=level,
        release=release or Contribution.Release.PARTICIPANTS,
        report=named.thread if named else None,
        at=timezone.now(),
    )
    _answer(actor, row, row.made, named)
    emit_assessment_event("jta.contributed", row, [row.owner_id], step=str(row.made.pk))
    return row


def _own_report(actor: Actor, key: str) -> Report:
    """A report of the actor's party that is in force and that they see; an error at `report`."""
    try:
        found: Report | None = reports.meant(actor, uuid.UUID(key))
    except (ValueError, Refused):
        found = None
    if found is None or found.originator_id != actor.party_code or found.state != Report.State.SHARED:
        raise ValidationError({"report": _now("Enter a shared report from your own State.")})
    return found


def _answer(actor: Actor, row: Assessment, made: Contribution, named: Report | None) -> None:
    """Answer the request with it where it waits at the contributor's own desk."""
    asked = Addressee.objects.filter(request=row.request, owner=actor.desk_id, state__in=sorted(Addressee.LIVE))
    part = asked.order_by("pk").first()
    if part is not None:
        said = made.text or (named.number if named else "")
        answer = {"n": 1, "kind": "nothing_held" if made.nil else "full", "text": said}
        do_also("rfi_addressee.answer", part, answers=[answer], classification=made.level, tlp=row.tlp)


@action(
    "jta_contribution.withdraw",
    model=Assessment,
    label=_("Withdraw a contribution"),
    done=_("Withdrew a contribution"),
    policy=policy.may_take_back,
    starts=lost_sources.RESTING,
    ends=lost_sources.THEN,
    takes={
        "contribution": fields.key_field(pgettext_lazy("field, assessments", "Contribution")),
        "reason": fields.reason_field(pgettext_lazy("field, assessments", "Reason"), 300),
    },
)
def withdraw_contribution(actor: Actor, row: Assessment, *, contribution: uuid.UUID, reason: str) -> Assessment:
    """Take back what your State contributed; signatures are void then, and a released assessment comes under review.

    Who signed is told. What was released is recalled, or the director says why it still holds.
    """
    rows = Contribution.objects.filter(assessment=row, pk=contribution, party=actor.party_code, withdrawn_at=None)
    found = rows.first()
    if found is None:
        raise Refused("not-visible")
    found.withdrawn_at, found.reason = timezone.now(), reason
    found.save(update_fields=["withdrawn_at", "reason"])
    said = _now("%(party)s withdrew its contribution.") % {"party": actor.party_code}
    lost_sources.lost(row, found.pk, said, found.withdrawn_at)
    emit_assessment_event("jta.withdrawn", row, [row.owner_id], step=str(found.pk))
    return row


@action(
    "jta_section.add",
    model=Assessment,
    label=_("Add a section"),
    done=_("Added a section"),
    policy=policy.may_lead,
    starts={S.TERMS_AGREED, S.CALL_OPEN, S.DRAFTING, S.COORDINATION},
    ends={S.TERMS_AGREED, S.CALL_OPEN, S.DRAFTING, S.COORDINATION},
    takes={
        "title": forms.CharField(label=pgettext_lazy("field, assessments", "Title"), max_length=200),
        "order": forms.IntegerField(
            label=pgettext_lazy("field, assessments", "Sort by"), required=False, min_value=1, max_value=999
        ),
        "classification": fields.Classification(label=_("Default marking of paragraphs"), required=False),
    },
)
def add_assessment_section(
    actor: Actor,
    row: Assessment,
    *,
    title: str,
    order: int | None = None,
    classification: Any = None,
    key: uuid.UUID | None = None,
) -> Assessment:
    """Add a section with an empty text."""
    level = row.level if classification in (None, "") else classification
    if level > row.level:
        raise ValidationError({"classification": _now("This is marked higher than the assessment allows.")})
    last = Section.objects.filter(assessment=row, removed_at=None).order_by("-order").first()
    place = order or (last.order + 1 if last else 1)
    row.made = Section.objects.create(id=key or uuid7(), assessment=row, title=title, order=place, level=level)
    section_texts.create(row.made.pk, row.pk)
    return row
