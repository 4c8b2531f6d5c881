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

from apps.access.actor import Actor
from apps.access.doors import action, emit
from apps.access.refused import Refused
from apps.access.sharing import share, share_many
from apps.council import policy
from apps.council.choices import DelegationChoice
from apps.council.models import AgendaItem, Decision, Delegation, Meeting, Paper
from apps.council.queries import audience, membership
from apps.council.queries import meetings as queries

M = Meeting.State
COMING = {M.CONVENED, M.AGENDA_OPEN, M.AGENDA_CLOSED, M.IN_SESSION, M.SUSPENDED, M.ADJOURNED}
C = Delegation.Credentials
LONGEST_NOTE, MOST_MEMBERS = 300, 60


def _own(actor: Actor, meeting: Meeting) -> Delegation:
    """The delegation of the actor's own State; Refused when it was not called."""
    found = Delegation.objects.filter(meeting=meeting, party_id=actor.party_code).first()
    if found is None:
        raise Refused("may-not", "not-invited")
    return found


def _until(required: bool, hint: Any) -> forms.DateField:
    return forms.DateField(
        label=_("Valid until"),
        required=required,
        input_formats=["%Y-%m-%d"],
        help_text=hint,
        error_messages={"invalid": _("Enter the day as year, month and day, for example 2026-12-11.")},
    )


@action(
    "meeting.answer_invitation",
    model=Meeting,
    label=_("Answer the invitation"),
    policy=policy.may_speak_for_state,
    starts=COMING,
    ends=COMING,
    takes={
        "answer": forms.ChoiceField(
            label=_("Answer"),
            widget=forms.RadioSelect,
            choices=[("accepted", _("We take part")), ("declined", _("We do not take part"))],
        )
    },
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
    policy=policy.may_speak_for_state,
    starts=COMING,
    ends=COMING,
    takes={
        "head": forms.CharField(label=_("Head of the delegation"), max_length=150),
        "members": forms.CharField(
            label=_("Members"),
            required=False,
            max_length=6000,
            widget=forms.Textarea(attrs={"rows": 5}),
            help_text=_("one on each line: name, comma, office"),
        ),
    },
)
def name_delegation(actor: Actor, meeting: Meeting, *, head: str, members: str = "") -> Meeting:
    """Say who comes for one's State."""
    own = _own(actor, meeting)
    lines = [line.strip() for line in members.splitlines() if line.strip()]
    if len(lines) > MOST_MEMBERS:
        sentence = _now("A delegation has at most %(most)s members; these are %(n)s.")
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
    label=_("Present credentials"),
    policy=policy.may_bind_state,
    starts=COMING,
    ends=COMING,
    takes={
        "until": _until(True, _("last day at the place of the meeting, for example 2026-12-11")),
        "note": forms.CharField(
            label=_("Note"), required=False, max_length=LONGEST_NOTE, help_text=_("who signed them, and when")
        ),
    },
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
        raise ValidationError({"until": _now("This day is over. Enter the last day on which the credentials hold.")})


@action(
    "meeting.settle_credentials",
    model=Meeting,
    label=_("Settle credentials"),
    policy=policy.may_keep,
    starts=COMING,
    ends=COMING,
    takes={
        "party": DelegationChoice(label=_("Delegation of")),
        "credentials": forms.ChoiceField(
            label=_("Credentials"),
            widget=forms.RadioSelect,
            choices=[(C.ACCEPTED, _("In good form")), (C.REFUSED, _("Not in good form"))],
        ),
        "until": _until(False, _("empty: as presented, or the last day of the meeting")),
        "note": forms.CharField(label=_("Note"), required=False, max_length=LONGEST_NOTE),
    },
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
    policy=policy.may_keep,
    starts=COMING,
    ends=COMING,
    takes={"party": DelegationChoice(label=_("State"))},
)
def admit(actor: Actor, meeting: Meeting, *, party: str) -> Meeting:
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
        raise ValidationError({"party": _now("This State has been called already.")})
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
    label=_("Remind of credentials"),
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
