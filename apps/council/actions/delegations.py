"""Who comes: answers to the invitation, delegations, credentials, and States that join after the call.

All of them are acts on the meeting: a delegation is a part of it.
"""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.grants import share, share_many
from apps.access.refusal import Refused
from apps.council import policy
from apps.council.models import AgendaItem, Decision, Delegation, Meeting, Paper
from apps.council.queries import audience, membership
from apps.council.queries import meetings as queries
from apps.council.queries.choices import DelegationChoice
from apps.council.refusals import Refusals

M = Meeting.State
COMING = {M.CONVENED, M.AGENDA_OPEN, M.AGENDA_CLOSED, M.IN_SESSION, M.SUSPENDED, M.ADJOURNED}
C = Delegation.Credentials
LONGEST_NOTE, MOST_MEMBERS = 300, 60


def _own(actor: Actor, meeting: Meeting) -> Delegation:
    """The delegation of the actor's own State; Refused when it was not called."""
    found = Delegation.objects.filter(meeting=meeting, party_id=actor.party_code).first()
    if found is None:
        raise Refused(Refusals.NOT_INVITED)
    return found


def _until(required: bool, hint: Any) -> forms.DateField:
    return forms.DateField(
        label=pgettext_lazy("field, council", "Valid until"),
        required=required,
        input_formats=["%Y-%m-%d"],
        help_text=hint,
        error_messages={"invalid": _("Enter the day as year, month and day, for example 2026-12-11.")},
    )


@action(
    "meeting.answer_invitation",
    model=Meeting,
    label=_("Answer the invitation"),
    done=_("Answered the invitation to a meeting"),
    policy=policy.may_speak_for_state,
    starts=COMING,
    ends=COMING,
    takes={
        "answer": forms.ChoiceField(
            label=pgettext_lazy("field, council", "Answer"),
            widget=forms.RadioSelect,
            choices=[("accepted", _("We take part")), ("declined", _("We do not take part"))],
        )
    },
    parallel=True,
)
def answer_invitation(actor: Actor, meeting: Meeting, *, answer: str) -> Meeting:
    """Say whether one's State takes part; the answer can be changed until the meeting is over."""
    own = _own(actor, meeting)
    own.answer = answer
    own.save(update_fields=["answer"])
    emit("meeting.invitation_answered", meeting, {"party": actor.party_code})
    return meeting


@action(
    "meeting.name_delegation",
    model=Meeting,
    label=_("Name the delegation"),
    done=_("Named the delegation"),
    policy=policy.may_speak_for_state,
    starts=COMING,
    ends=COMING,
    takes={
        "head": forms.CharField(label=_("Head of the delegation"), max_length=150),
        "members": forms.CharField(
            label=pgettext_lazy("field, council", "Members"),
            required=False,
            max_length=6000,
            widget=forms.Textarea(attrs={"rows": 5}),
            help_text=_("One per line: name, comma, office"),
        ),
    },
    parallel=True,
)
def name_delegation(actor: Actor, meeting: Meeting, *, head: str, members: str = "") -> Meeting:
    """Say who comes for one's State."""
    own = _own(actor, meeting)
    lines = [line.strip() for line in members.splitlines() if line.strip()]
    if len(lines) > MOST_MEMBERS:
        sentence = _now("A delegation has at most %(most)s members; you entered %(n)s.")
        raise ValidationError({"members": sentence % {"most": MOST_MEMBERS, "n": len(lines)}})
    own.head = head
    own.members = [{"name": name.strip(), "office": office.strip()} for name, _c, office in _pairs(lines)]
    own.save(update_fields=["head", "members"])
    return meeting


def _pairs(lines: list[str]) -> list[tuple[str, str, str]]:
    return [line.partition(",") for line in lines]


@action(
    "meeting.present_credentials",
    model=Meeting,
    label=pgettext_lazy("button, council", "Present credentials"),
    done=_("Presented the delegation's credentials"),
    policy=policy.may_bind_state,
    starts=COMING,
    ends=COMING,
    takes={
        "until": _until(True, _("Last day, local to the meeting place, for example 2026-12-11")),
        "note": forms.CharField(
            label=pgettext_lazy("field, council", "Note"),
            required=False,
            max_length=LONGEST_NOTE,
            help_text=_("Who signed them, and when"),
        ),
    },
    parallel=True,
)
def present_credentials(actor: Actor, meeting: Meeting, *, until: datetime.date, note: str = "") -> Meeting:
    """Say until which day one's delegation is empowered; the Secretariat accepts or refuses it."""
    own = _own(actor, meeting)
    _not_over(meeting, until)
    own.credentials, own.credentials_until, own.credentials_note = C.PRESENTED, until, note
    own.save(update_fields=["credentials", "credentials_until", "credentials_note"])
    emit("credentials.presented", meeting, {"party": actor.party_code})
    return meeting


def _not_over(meeting: Meeting, until: datetime.date) -> None:
    if until < membership.day_of(timezone.now(), meeting.time_zone):
        raise ValidationError(
            {"until": _now("This day is past. Enter the last day on which the credentials are valid.")}
        )


@action(
    "meeting.settle_credentials",
    model=Meeting,
    label=pgettext_lazy("button, council", "Decide on credentials"),
    done=_("Settled a delegation's credentials"),
    policy=policy.may_keep,
    starts=COMING,
    ends=COMING,
    takes={
        "party": DelegationChoice(label=pgettext_lazy("field, council", "Delegation of")),
        "credentials": forms.ChoiceField(
            label=pgettext_lazy("field, council", "Credentials"),
            widget=forms.RadioSelect,
            choices=[(C.ACCEPTED, _("In due form")), (C.REFUSED, _("Not in due form"))],
        ),
        "until": _until(False, _("Leave empty for the day presented or, if none, the last day of the meeting")),
        "note": forms.CharField(label=pgettext_lazy("field, council", "Note"), required=False, max_length=LONGEST_NOTE),
    },
    parallel=True,
)
def settle_credentials(
    actor: Actor,
    meeting: Meeting,
    *,
    party: str,
    credentials: str,
    until: datetime.date | None = None,
    note: str = "",
) -> Meeting:
    """Accept or refuse a delegation's credentials; accepted ones hold until midnight of their last day at the place."""
    row = Delegation.objects.filter(meeting=meeting, party_id=party).first()
    if row is None:
        raise ValidationError({"party": _now("This State has no delegation at the meeting. Admit it first.")})
    last = until or row.credentials_until or membership.day_of(meeting.ends_at, meeting.time_zone)
    if credentials == C.ACCEPTED:
        _not_over(meeting, last)
    row.credentials, row.credentials_until = credentials, last
    row.credentials_note = note or row.credentials_note
    row.save(update_fields=["credentials", "credentials_until", "credentials_note"])
    emit(f"credentials.{credentials}", meeting, {"party": party})
    return meeting


@action(
    "meeting.admit",
    model=Meeting,
    label=_("Admit a State"),
    done=_("Admitted a State to a meeting"),
    policy=policy.may_keep,
    starts=COMING,
    ends=COMING,
    takes={"party": DelegationChoice(label=pgettext_lazy("field, council", "State"))},
)
def admit_to_meeting(actor: Actor, meeting: Meeting, *, party: str) -> Meeting:
    """Call a State that joined after the call: it gets its delegation, and sees what all others of its kind see."""
    day = membership.day_of(meeting.starts_at, meeting.time_zone)
    members = {row.code for row in membership.roll(day)}
    if party not in members | {row.code for row in membership.associates(day)}:
        words = {"party": party, "day": day}
        sentence = _now(
            "%(party)s is neither a Member State nor an Associate Member on %(day)s, the day of the opening."
        )
        raise ValidationError({"party": sentence % words})
    votes = party in members
    before = Delegation.objects.filter(meeting=meeting, party_id=party).first()
    if before is not None and before.votes == votes:
        raise ValidationError({"party": _now("This State is already invited.")})
    others = queries.groups_of_delegations(meeting, votes)
    Delegation.objects.update_or_create(meeting=meeting, party_id=party, defaults={"votes": votes})
    groups = audience.ministries([party])
    share(actor, meeting, groups)
    for model in (AgendaItem, Paper, Decision):
        share_many(actor, queries.seen_by_all(model, meeting, others), groups)
    emit("meeting.admitted", meeting, {"parties": [party]})
    return meeting


@action(
    "meeting.remind_of_credentials",
    model=Meeting,
    label=_("Send a reminder about credentials"),
    done=_("Reminded of missing credentials"),
    policy=policy.is_clock,
    starts=COMING,
    ends=COMING,
    automatic=True,
)
def remind_of_credentials(actor: Actor, meeting: Meeting, *, step: str) -> Meeting:
    """Tell States that take part that their credentials are missing, two weeks and three days before the opening."""
    parties = queries.without_credentials(meeting)
    if parties:
        emit("credentials.missing", meeting, {"parties": parties, "step": step})
    return meeting
