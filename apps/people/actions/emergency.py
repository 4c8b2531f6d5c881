"""Break-glass: an emergency seat for an hour, told to everybody concerned at once and judged afterwards."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, emit
from apps.access.refusal import Refused
from apps.people import policy
from apps.people.models import Desk, EmergencyUse, Seat, User
from apps.people.queries import emergency_rank, has_second_factor, rule, working_days_after
from apps.people.refusals import Refusals

SHORTEST = 40
"""Characters of a justification (rules of access, section 7)."""

S = EmergencyUse.State
OUTCOMES = [choice for choice in S.choices if choice[0] != S.DUE]


@action(
    "emergency.take",
    model=EmergencyUse,
    label=_("Use emergency access"),
    done=_("Took emergency access"),
    policy=policy.may_break_glass,
    ends="due",
    step_up=True,
    takes={
        "desk": forms.CharField(label=pgettext_lazy("field, people", "Desk"), max_length=40),
        "cause": forms.ChoiceField(
            label=pgettext_lazy("field, people", "What happened"), choices=EmergencyUse.Cause.choices
        ),
        "why": forms.CharField(
            label=_("Why you need access now"),
            min_length=SHORTEST,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_(
                "At least 40 characters. The desk, your administrators and your oversight desk see it at once."
            ),
        ),
        "case": forms.CharField(label=pgettext_lazy("field, people", "Case reference"), max_length=60, required=False),
    },
)
def take_emergency_seat(actor: Actor, _row: None, *, desk: str, cause: str, why: str, case: str = "") -> EmergencyUse:
    """Sit at a desk of one's own party for an hour, as a reader (the JRCC's and RIFC's watch: as an officer).

    One's own clearance stays. The desk's heads, the administration and the oversight are told at once. It is not
    prolonged; a new one needs a new reason.
    """
    at = Desk.objects.select_related("function", "party").filter(code=desk, active=True).first()
    rank = emergency_rank(at) if at else 0
    if at is None or not rank or at.party_id != actor.party_code:
        raise ValidationError({"desk": _("Choose a desk of your own party that allows emergency access.")})
    user = User.objects.select_for_update().get(pk=actor.user_id)
    if not has_second_factor(user):
        raise Refused(Refusals.NO_SECOND_FACTOR)
    now = timezone.now()
    if Seat.objects.in_force(now).filter(user=user, desk=at).exists():
        raise ValidationError({"desk": _("You already have an appointment at this desk.")})
    seat = Seat.objects.create(
        user=user,
        desk=at,
        role=at.function.roles[rank - 1],
        rank=rank,
        kind=Seat.Kind.EMERGENCY,
        valid_from=now,
        valid_to=now + timedelta(minutes=rule("emergency")),
        reason=cause,
    )
    also("seat.emergency", seat, after=seat.state)
    recent = EmergencyUse.objects.filter(
        seat__user=user, seat__valid_from__gt=now - timedelta(days=rule("emergency_window"))
    )
    use = EmergencyUse.objects.create(
        seat=seat,
        cause=cause,
        why=why,
        case=case,
        frequent=recent.count() + 1 >= rule("emergency_often"),
        due_at=working_days_after(now, rule("emergency_review"), at.party),
    )
    emit("emergency.taken", use)
    return use


@action(
    "emergency.judge",
    model=EmergencyUse,
    label=pgettext_lazy("button, people", "Review the access"),
    done=_("Judged the use of emergency access"),
    policy=policy.may_judge,
    starts={S.DUE},
    ends={S.JUSTIFIED, S.REMARKS, S.UNJUSTIFIED},
    takes={
        "outcome": forms.ChoiceField(label=pgettext_lazy("field, people", "Usefulness"), choices=OUTCOMES),
        "finding": forms.CharField(
            label=_("What you found"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
        ),
    },
)
def judge_emergency_seat(actor: Actor, use: EmergencyUse, *, outcome: str, finding: str) -> EmergencyUse:
    """Say whether an emergency seat was justified: a head of its desk, never the person themselves.

    Once it is overdue the oversight of the party judges it, too.
    """
    use.state, use.finding = outcome, finding
    use.judged_by_id, use.judged_at = actor.seat_id, timezone.now()
    if outcome == S.UNJUSTIFIED:
        emit("emergency.unjustified", use)
    return use


@action(
    "emergency.escalate",
    model=EmergencyUse,
    label=_("Escalate the overdue review"),
    done=_("Warned that emergency access is not yet judged"),
    policy=policy.may_lapse,
    starts={S.DUE},
    ends=S.DUE,
    automatic=True,
)
def escalate_emergency_seat(actor: Actor, use: EmergencyUse) -> EmergencyUse:
    """Tell the oversight that nobody has judged an emergency seat in time."""
    use.told_overdue = True
    emit("emergency.overdue", use)
    return use


@action(
    "emergency.give_back",
    model=EmergencyUse,
    label=_("End emergency access"),
    done=_("Gave emergency access back"),
    policy=policy.may_give_back,
    starts={S.DUE},
    ends=S.DUE,
    in_emergency=True,
)
def give_back_emergency_seat(actor: Actor, use: EmergencyUse) -> EmergencyUse:
    """End one's own emergency seat before its hour is over."""
    seat = Seat.objects.select_for_update().get(pk=use.seat_id)
    if seat.state == "current" and seat.valid_to and seat.valid_to > timezone.now():
        Seat.objects.filter(pk=seat.pk).update(state="ended", valid_to=timezone.now())
        also("seat.end", seat, before="current", after="ended")
    return use
