"""The call: it goes out as a request for information, parties contribute, and may take back what is theirs."""

import datetime
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, do_also
from apps.access.ids import uuid7
from apps.access.refused import Refused
from apps.assessments import policy, wording
from apps.assessments.actions import fields, losing
from apps.assessments.actions.told import contacts, tell
from apps.assessments.models import Assessment, Contribution, Section
from apps.assessments.queries import checks
from apps.coedit import documents, rights
from apps.exchange.models import Addressee
from apps.rifc.models import Report
from apps.rifc.queries import reports

S = Assessment.State
LINE = "jta"


@action(
    "assessment.open_call",
    model=Assessment,
    label=_("Open the call"),
    policy=policy.may_lead,
    starts={S.TERMS_AGREED},
    ends=S.CALL_OPEN,
)
def open_call(actor: Actor, row: Assessment) -> Assessment:
    """Ask every party that takes part for its contribution (J-accepted: two at least)."""
    if len(row.accepted) < 2:
        raise wording.broken([("J-accepted", "")])
    now = timezone.now()
    fields.started(row, S.CALL_OPEN, now.date())
    row.state_since = now
    row.request = _ask(row).pk
    tell("jta.step", row, contacts(row.accepted), step=f"{S.CALL_OPEN} {row.version}")
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
    label=_("Open the call again"),
    policy=policy.may_lead,
    starts={S.DRAFTING},
    ends=S.CALL_OPEN,
    takes={"reason": fields.reason_field(_("Reason")), "due": fields.day(_("Contributions until"))},
)
def reopen_call(actor: Actor, row: Assessment, *, reason: str, due: datetime.date | None = None) -> Assessment:
    """Ask again; the text stays, and nobody writes until the call is closed."""
    row.reason, row.state_since = reason, timezone.now()
    row.due = {name: day for name, day in row.due.items() if name != S.CALL_OPEN}
    if due is not None:
        row.due[S.CALL_OPEN] = due.isoformat()
    fields.started(row, S.CALL_OPEN, row.state_since.date())
    row.request = _ask(row).pk
    rights.changed(row.pk)
    tell("jta.step", row, contacts(row.accepted), step=f"{S.CALL_OPEN} {row.version}")
    return row


@action(
    "assessment.close_call",
    model=Assessment,
    label=_("Close the call and draft"),
    policy=policy.may_lead,
    starts={S.CALL_OPEN},
    ends=S.DRAFTING,
)
def close_call(actor: Actor, row: Assessment) -> Assessment:
    """Begin to draft when every party has contributed, or the last day is over (J-contributions)."""
    now = timezone.now()
    found = checks.contributions(row, now.date())
    if found:
        raise wording.broken(found)
    fields.started(row, S.DRAFTING, now.date())
    row.state_since = now
    rights.changed(row.pk)
    tell("jta.step", row, contacts(row.accepted), step=f"{S.DRAFTING} {row.version}")
    return row


@action(
    "jta_contribution.give",
    model=Assessment,
    label=_("Contribute"),
    policy=policy.may_contribute,
    starts={S.CALL_OPEN},
    ends=S.CALL_OPEN,
    takes={
        "text": fields.words(_("Contribution"), 20_000, required=False),
        "report": forms.CharField(
            label=_("Report of your State"), required=False, max_length=40, help_text=_("its id, in place of words")
        ),
        "nil": forms.BooleanField(label=_("We have nothing to contribute"), required=False),
        "release": forms.ChoiceField(
            label=_("Who may read it"),
            required=False,
            choices=Contribution.Release.choices,
            initial=Contribution.Release.PARTICIPANTS,
        ),
        "classification": fields.Classification(label=_("Classification"), required=False),
    },
)
def give(
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
        raise ValidationError({"text": _now("Write the contribution, name a report, or say that there is nothing.")})
    level = row.level if classification in (None, "") else classification
    level = max(level, named.level) if named else level
    if level > min(row.level, actor.clearance):
        raise ValidationError({"classification": _now("This is marked above the assessment's ceiling.")})
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
    tell("jta.contributed", row, [row.owner_id], step=str(row.made.pk))
    return row


def _own_report(actor: Actor, key: str) -> Report:
    """A report of the actor's party that is in force and that he sees; an error at `report`."""
    try:
        found: Report | None = reports.meant(actor, uuid.UUID(key))
    except (ValueError, Refused):
        found = None
    if found is None or found.originator_id != actor.party_code or found.state != Report.State.SHARED:
        raise ValidationError({"report": _now("Name a report of your own State that is shared.")})
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
    policy=policy.may_take_back,
    starts=losing.RESTING,
    ends=losing.THEN,
    takes={
        "contribution": fields.key_field(_("Contribution")),
        "reason": fields.reason_field(_("Reason"), 300),
    },
)
def withdraw(actor: Actor, row: Assessment, *, contribution: uuid.UUID, reason: str) -> Assessment:
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
    losing.lost(row, found.pk, said, found.withdrawn_at)
    tell("jta.withdrawn", row, [row.owner_id], step=str(found.pk))
    return row


@action(
    "jta_section.add",
    model=Assessment,
    label=_("Add a section"),
    policy=policy.may_lead,
    starts={S.TERMS_AGREED, S.CALL_OPEN, S.DRAFTING, S.COORDINATION},
    ends={S.TERMS_AGREED, S.CALL_OPEN, S.DRAFTING, S.COORDINATION},
    takes={
        "title": forms.CharField(label=_("Title"), max_length=200),
        "order": forms.IntegerField(label=_("Place"), required=False, min_value=1, max_value=999),
        "classification": fields.Classification(label=_("Usual marking of its paragraphs"), required=False),
    },
)
def add_section(
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
        raise ValidationError({"classification": _now("This is marked above the assessment's ceiling.")})
    last = Section.objects.filter(assessment=row, removed_at=None).order_by("-order").first()
    place = order or (last.order + 1 if last else 1)
    row.made = Section.objects.create(id=key or uuid7(), assessment=row, title=title, order=place, level=level)
    documents.create(row.made.pk, row.pk)
    return row
