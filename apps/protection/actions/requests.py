"""A person's request: recorded, looked for by each desk, answered by two persons, forgotten when its time is over."""

import datetime
from collections.abc import Collection

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, emit
from apps.access.references import next_in
from apps.access.refused import Refused
from apps.access.sharing import share
from apps.jrcc.actions.rule_changes import day_field
from apps.people.queries import desk_ids
from apps.protection import policy
from apps.protection.actions.fields import PlacesField
from apps.protection.models import RequestSection, SubjectRequest
from apps.protection.models.registers import Right
from apps.protection.queries import answering, gathering, registers

S = SubjectRequest.State
BLANK = dict.fromkeys(("surname", "given_names", "birth_date", "document", "asked_by", "answer", "said"), "")


@action(
    "subject_request.record",
    model=SubjectRequest,
    label=_("Record a request"),
    policy=policy.may_record_request,
    ends=S.RECEIVED,
    takes={
        "right": forms.ChoiceField(label=_("What is asked for"), choices=Right.choices),
        "surname": forms.CharField(label=_("Surname"), max_length=120),
        "given_names": forms.CharField(label=_("Given names"), max_length=120, required=False),
        "birth_date": day_field(_("Date of birth"), help_text=_("as 1977-04-19")),
        "document": forms.CharField(label=_("Document number"), max_length=40, required=False),
        "asked_by": forms.CharField(
            label=_("Who asks"), max_length=200, help_text=_("the person, or who asks for him, with an address")
        ),
        "identity": forms.ChoiceField(label=_("How it was checked who asks"), choices=SubjectRequest.Identity.choices),
        "ground": forms.CharField(label=_("Legal ground"), max_length=300, help_text=_("as the request names it")),
        "received_on": day_field(_("Received on"), help_text=_("as 2026-11-26")),
    },
)
def record(
    actor: Actor, _row: None, *, right: str, birth_date: datetime.date, received_on: datetime.date, **fields: str
) -> SubjectRequest:
    """Record a request; its last day follows from the rule of the party on the day it came. All desks are asked."""
    today = timezone.now().date()
    if received_on > today:
        raise ValidationError({"received_on": _now("This day is still to come.")})
    rule = registers.request_rule(actor.party_code, right, received_on)
    if rule is None:
        raise ValidationError({"received_on": _now("No rule says by when a request of that day is answered.")})
    series = f"DS-{actor.party_code}-{received_on.year}"
    row: SubjectRequest = SubjectRequest.objects.create(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        changed_by_seat_id=actor.seat_id,
        number=f"{series}-{next_in(series):04}",
        right=right,
        rule=rule,
        birth_date=birth_date.isoformat(),
        received_on=received_on,
        due_on=received_on + datetime.timedelta(days=rule.days),
        **{name: value.strip() for name, value in fields.items()},
    )
    desks = registers.asked(row)
    share(actor, row, sorted({actor.desk_id, *desk_ids(*desks, policy.CLOCK)}), basis=row.number)
    emit("subject_request.recorded", row, {"desks": desks})
    return row


@action(
    "subject_request.gather",
    model=SubjectRequest,
    label=_("Note what my desk holds"),
    policy=policy.may_gather,
    starts=SubjectRequest.OPEN,
    ends=S.GATHERED,
    takes={
        "places": PlacesField(
            label=_("Texts and files that are about this person"),
            required=False,
            help_text=_("Look at each: another person may have the same name. What you tick is told in the answer."),
        )
    },
)
def gather(actor: Actor, row: SubjectRequest, *, places: Collection[str] = ()) -> SubjectRequest:
    """Note what one's own desk holds on the person and may be told, book by book; what it found before is replaced.

    Of texts and files those that the officer says are about him. Of what the law keeps back nothing is noted, not even
    that there is none. Raises ValidationError at `places` for one that was not shown or may not be told.
    """
    RequestSection.objects.filter(request=row, desk=actor.desk_code).delete()
    RequestSection.objects.bulk_create(
        [
            RequestSection(
                request=row,
                desk=actor.desk_code,
                kind=kind,
                count=len(lines),
                lines=[line.text for line in lines],
                by=actor.person,
            )
            for kind, lines in gathering.told(actor, row, places).items()
        ]
    )
    return row


@action(
    "subject_request.prepare",
    model=SubjectRequest,
    label=_("Prepare the answer"),
    policy=policy.may_record_request,
    starts={S.GATHERED},
    ends=S.PREPARED,
    takes={
        "outcome": forms.ChoiceField(label=_("Outcome"), choices=SubjectRequest.Outcome.choices),
        "note": forms.CharField(
            label=_("What is said beside the data"),
            max_length=2000,
            required=False,
            widget=forms.Textarea,
            help_text=_("what was corrected or erased, or on which ground it is refused"),
        ),
    },
)
def prepare(actor: Actor, row: SubjectRequest, *, outcome: str, note: str = "") -> SubjectRequest:
    """Put the answer into words: what the desks noted, and the sentence on what can be neither confirmed nor denied."""
    if outcome == SubjectRequest.Outcome.REFUSED and not note.strip():
        raise ValidationError({"note": _now("Say on which ground it is refused.")})
    row.outcome, row.said = outcome, ""
    noted = list(RequestSection.objects.filter(request=row).order_by("kind", "desk"))
    row.answer = answering.words(row, noted, registers.asked(row), note.strip())
    row.prepared_by_user_id, row.prepared_by = actor.user_id, actor.person
    return row


@action(
    "subject_request.release",
    model=SubjectRequest,
    label=_("Release the answer"),
    policy=policy.may_release_answer,
    starts={S.PREPARED},
    ends=S.RELEASED,
)
def release(actor: Actor, row: SubjectRequest) -> SubjectRequest:
    """Let the answer go out as it stands, as a second person."""
    now = timezone.now()
    row.released_by, row.released_at = actor.person, now
    row.forget_on = now.date() + datetime.timedelta(days=row.rule.keep_days)
    return row


@action(
    "subject_request.give_back",
    model=SubjectRequest,
    label=_("Give back"),
    policy=policy.may_release_answer,
    starts={S.PREPARED},
    ends=S.GATHERED,
    takes={"said": forms.CharField(label=_("Why"), max_length=300)},
)
def give_back(actor: Actor, row: SubjectRequest, *, said: str) -> SubjectRequest:
    """Say as a second person that the answer does not go out like this."""
    row.said, row.answer, row.outcome = said, "", ""
    row.prepared_by_user_id, row.prepared_by = None, ""
    return row


@action(
    "subject_request.withdraw",
    model=SubjectRequest,
    label=_("Withdraw"),
    policy=policy.may_record_request,
    starts=SubjectRequest.OPEN,
    ends=S.WITHDRAWN,
    takes={"said": forms.CharField(label=_("Why"), max_length=300, help_text=_("as the person says it"))},
)
def withdraw(actor: Actor, row: SubjectRequest, *, said: str) -> SubjectRequest:
    """End a request that the person has taken back."""
    row.said = said
    row.forget_on = timezone.now().date() + datetime.timedelta(days=row.rule.keep_days)
    return row


@action(
    "subject_request.forget",
    model=SubjectRequest,
    label=_("Erase the person's data"),
    policy=policy.may_keep_time,
    starts={S.RELEASED, S.WITHDRAWN},
    ends={S.RELEASED, S.WITHDRAWN},
    automatic=True,
)
def forget(actor: Actor, row: SubjectRequest, *, today: datetime.date) -> SubjectRequest:
    """Take the person out of a request whose time is over; number, days, right, outcome and counts stay."""
    if row.forget_on is None or row.forget_on > today:
        raise Refused("wrong-state", "not-due-to-forget", record=row)
    for name, value in BLANK.items():
        setattr(row, name, value)
    RequestSection.objects.filter(request=row).update(lines=[])
    return row
