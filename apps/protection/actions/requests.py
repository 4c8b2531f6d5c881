"""A person's request: recorded, looked for by each desk, answered by two persons, forgotten when its time is over."""

import datetime
from collections.abc import Collection

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.grants import share
from apps.access.references import next_in
from apps.access.refusal import Refused
from apps.carriers.actions.rule_changes import day_field
from apps.people.queries import desk_ids
from apps.protection import policy
from apps.protection.actions.fields import PlacesField
from apps.protection.models import RequestSection, SubjectRequest
from apps.protection.models.registers import Right
from apps.protection.queries import answers, held_data, registers
from apps.protection.refusals import Refusals

S = SubjectRequest.State
BLANK = dict.fromkeys(("surname", "given_names", "birth_date", "document", "asked_by", "answer", "said"), "")


@action(
    "subject_request.record",
    model=SubjectRequest,
    label=_("Record a request"),
    done=_("Recorded a data subject request"),
    policy=policy.may_record_request,
    ends=S.RECEIVED,
    takes={
        "right": forms.ChoiceField(label=_("What is requested"), choices=Right.choices),
        "surname": forms.CharField(label=pgettext_lazy("field, protection", "Surname"), max_length=120),
        "given_names": forms.CharField(
            label=pgettext_lazy("field, protection", "Given names"), max_length=120, required=False
        ),
        "birth_date": day_field(
            _("Date of birth"), help_text=pgettext_lazy("field, protection", "for example 1977-04-19")
        ),
        "document": forms.CharField(
            label=pgettext_lazy("field, protection", "Document number"), max_length=40, required=False
        ),
        "asked_by": forms.CharField(
            label=pgettext_lazy("field, protection", "Requester"),
            max_length=200,
            help_text=_("the person, or who asks on their behalf, with an address"),
        ),
        "identity": forms.ChoiceField(label=_("How identity was checked"), choices=SubjectRequest.Identity.choices),
        "ground": forms.CharField(
            label=pgettext_lazy("field, protection", "Legal ground"),
            max_length=300,
            help_text=_("as given in the request"),
        ),
        "received_on": day_field(
            pgettext_lazy("field, protection", "Received on"),
            help_text=pgettext_lazy("field, protection", "for example 2026-11-26"),
        ),
    },
)
def record_subject_request(
    actor: Actor, _row: None, *, right: str, birth_date: datetime.date, received_on: datetime.date, **fields: str
) -> SubjectRequest:
    """Record a request; its last day follows from the rule of the party on the day it came. All desks are asked."""
    today = timezone.now().date()
    if received_on > today:
        raise ValidationError({"received_on": _now("This date is in the future. Enter today or earlier.")})
    rule = registers.request_rule(actor.party_code, right, received_on)
    if rule is None:
        raise ValidationError({"received_on": _now("No rule sets the deadline for a request received on that day.")})
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
    label=_("Record what my desk holds"),
    done=_("Noted what the desk holds about a person"),
    policy=policy.may_gather,
    starts=SubjectRequest.OPEN,
    ends=S.GATHERED,
    takes={
        "places": PlacesField(
            label=_("Texts and files that are about this person"),
            required=False,
            help_text=_("Check each one: another person may have the same name. The answer discloses what you tick."),
        )
    },
)
def gather_subject_data(actor: Actor, row: SubjectRequest, *, places: Collection[str] = ()) -> SubjectRequest:
    """Note what one's own desk holds on the person and may be told, book by book; what it found before is replaced.

    Of texts and files those that the officer says are about them. Of what the law keeps back nothing is noted, not even
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
            for kind, lines in held_data.told(actor, row, places).items()
        ]
    )
    return row


@action(
    "subject_request.prepare",
    model=SubjectRequest,
    label=_("Prepare the answer"),
    done=_("Prepared the answer to a data subject request"),
    policy=policy.may_record_request,
    starts={S.GATHERED},
    ends=S.PREPARED,
    takes={
        "outcome": forms.ChoiceField(
            label=pgettext_lazy("field, protection", "Outcome"), choices=SubjectRequest.Outcome.choices
        ),
        "note": forms.CharField(
            label=_("Note with the data"),
            max_length=2000,
            required=False,
            widget=forms.Textarea,
            help_text=_("what was corrected or deleted, or the ground for refusal"),
        ),
    },
)
def prepare_subject_answer(actor: Actor, row: SubjectRequest, *, outcome: str, note: str = "") -> SubjectRequest:
    """Put the answer into words: what the desks noted, and the sentence on what can be neither confirmed nor denied."""
    if outcome == SubjectRequest.Outcome.REFUSED and not note.strip():
        raise ValidationError({"note": _now("Enter the ground for refusal.")})
    row.outcome, row.said = outcome, ""
    noted = list(RequestSection.objects.filter(request=row).order_by("kind", "desk"))
    row.answer = answers.write_answer(row, noted, registers.asked(row), note.strip())
    row.prepared_by_user_id, row.prepared_by = actor.user_id, actor.person
    return row


@action(
    "subject_request.release",
    model=SubjectRequest,
    label=_("Release the answer"),
    done=_("Released the answer to a data subject request"),
    policy=policy.may_release_answer,
    starts={S.PREPARED},
    ends=S.RELEASED,
    danger=True,
)
def release_subject_answer(actor: Actor, row: SubjectRequest) -> SubjectRequest:
    """Let the answer go out as it stands, as a second person."""
    now = timezone.now()
    row.released_by, row.released_at = actor.person, now
    row.forget_on = now.date() + datetime.timedelta(days=row.rule.keep_days)
    return row


@action(
    "subject_request.give_back",
    model=SubjectRequest,
    label=pgettext_lazy("button, protection", "Send back"),
    done=_("Gave back the answer to a data subject request"),
    policy=policy.may_release_answer,
    starts={S.PREPARED},
    ends=S.GATHERED,
    takes={"said": forms.CharField(label=pgettext_lazy("field, protection", "Reason"), max_length=300)},
    danger=True,
)
def give_back_subject_request(actor: Actor, row: SubjectRequest, *, said: str) -> SubjectRequest:
    """Say as a second person that the answer does not go out like this."""
    row.said, row.answer, row.outcome = said, "", ""
    row.prepared_by_user_id, row.prepared_by = None, ""
    return row


@action(
    "subject_request.withdraw",
    model=SubjectRequest,
    label=pgettext_lazy("button, protection", "Withdraw"),
    done=_("Ended a data subject request"),
    policy=policy.may_record_request,
    starts=SubjectRequest.OPEN,
    ends=S.WITHDRAWN,
    takes={
        "said": forms.CharField(
            label=pgettext_lazy("field, protection", "Reason"), max_length=300, help_text=_("in the person's words")
        )
    },
    danger=True,
)
def withdraw_subject_request(actor: Actor, row: SubjectRequest, *, said: str) -> SubjectRequest:
    """End a request that the person has taken back."""
    row.said = said
    row.forget_on = timezone.now().date() + datetime.timedelta(days=row.rule.keep_days)
    return row


@action(
    "subject_request.forget",
    model=SubjectRequest,
    label=_("Erase the person's data"),
    done=_("Erased the personal data of a request"),
    policy=policy.may_keep_time,
    starts={S.RELEASED, S.WITHDRAWN},
    ends={S.RELEASED, S.WITHDRAWN},
    automatic=True,
)
def delete_subject_request(actor: Actor, row: SubjectRequest, *, today: datetime.date) -> SubjectRequest:
    """Take the person out of a request whose time is over; number, days, right, outcome and counts stay."""
    if row.forget_on is None or row.forget_on > today:
        raise Refused("wrong-state", Refusals.NOT_DUE_TO_FORGET, record=row)
    for name, value in BLANK.items():
        setattr(row, name, value)
    RequestSection.objects.filter(request=row).update(lines=[])
    return row
