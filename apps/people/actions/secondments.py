"""A person of another party at a desk of one's own: one administrator asks, the person's own party agrees."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, do_also, emit
from apps.access.forms import form_for_verb
from apps.access.refusal import Refused
from apps.access.throttles import used_up
from apps.people import policy
from apps.people.actions.approvals import ANSWER, SECONDS, S, ask_home, changed_since, made
from apps.people.actions.seats import FIRST_DAY, PLACE, WHY, day_field, given, rank_of, term
from apps.people.models import AccountProposal, Desk, PartyPeriod, Seat, User
from apps.people.queries import asker_of, conflicts_of, rule, second_desk, takes_two
from apps.people.refusals import Refusals

COUNTED_S = 2 * 24 * 3600  # longer than the day that is counted
ASKS = {
    **PLACE,
    "first_day": FIRST_DAY,
    "last_day": day_field(pgettext_lazy("words, people", "Last day")),
    "reason": WHY,
}


@action(
    "proposal.second",
    model=AccountProposal,
    label=_("Request a person from another party"),
    done=_("Asked for a secondment from another party"),
    policy=policy.may_ask_for,
    ends={S.OPEN, S.AWAITED},
    takes=ASKS,
)
def ask_for_person(
    actor: Actor,
    _row: None,
    *,
    user: str,
    desk: str,
    role: str,
    last_day: datetime.date,
    reason: str,
    first_day: datetime.date | None = None,
) -> AccountProposal:
    """Ask another party for one of its people, by their exact user name, for a desk of one's own and some days.

    What takes two people waits for the second one first; then the person's own party is asked. A user name that is
    not there, whose account is not open, or that is of nobody who can be sent is refused in the same words. A party
    asks for so many a day: the rule `secondment_asks`.
    """
    at = Desk.objects.visible_to(actor).filter(code=desk, party=actor.party_code).select_related("party", "function")
    place = at.first()
    if place is None:
        raise ValidationError({"desk": _("Choose a desk of your own party.")})
    rank_of(place, role)
    begin, end = _days(place, first_day, last_day)
    _count(actor.party_code)
    person = _person(actor, user)
    _free(person, place, begin, end)
    if conflict := next(iter(conflicts_of(person, place, within=actor.party_code)), None):
        raise ValidationError({"desk": conflict.why})
    payload = {"user": user, "desk": desk, "role": role, "last_day": last_day, "reason": reason}
    payload |= {"first_day": first_day} if first_day else {}
    two = takes_two(SECONDS, None, payload)
    proposal = made(actor, SECONDS, person, place, payload, hours=rule("proposal"))
    if two:
        emit("proposal.made", proposal, {"desk": second_desk(actor)})
    else:
        ask_home(proposal)
        AccountProposal.objects.filter(pk=proposal.pk).update(home=proposal.home_id, expires_at=proposal.expires_at)
    return proposal


def _days(
    at: Desk, first_day: datetime.date | None, last_day: datetime.date
) -> tuple[datetime.datetime, datetime.datetime]:
    begin, end = term(at, first_day, last_day)
    if end is None or end - begin > datetime.timedelta(days=rule("secondment_longest") + 1):
        raise ValidationError({"last_day": _("A secondment lasts at most one year. A new agreement can follow.")})
    return begin, end


def _count(party: str) -> None:
    """Refuse once the party has named as many people as it may in a day (UTC), found or not."""
    key = f"secondment-asks:{party}:{timezone.localdate(timezone=datetime.UTC)}"
    if used_up(key, rule("secondment_asks"), COUNTED_S):
        raise Refused(Refusals.ASKED_FOR_ENOUGH)


def _person(actor: Actor, user: str) -> User:
    """A person of another State or body whose account is open; Refused in the same words for everybody else."""
    programs = Seat.objects.filter(user=OuterRef("pk"), kind=Seat.Kind.SERVICE)
    carriers = PartyPeriod.objects.filter(party=OuterRef("home_party"), kind="carrier")
    people = User.objects.filter(~Exists(programs), ~Exists(carriers), username=user, state=User.State.ACTIVE)
    person = people.filter(is_active=True).exclude(home_party=None).exclude(home_party=actor.party_code).first()
    if person is None:
        raise Refused(Refusals.NO_SUCH_PERSON)
    if person.pk == actor.user_id:
        raise Refused(Refusals.OWN_SEAT)
    return person


def _free(person: User, at: Desk, begin: datetime.datetime, end: datetime.datetime) -> None:
    if Seat.objects.standing_within(person, at, begin, end).exists():
        raise ValidationError({"desk": _("This person already has an appointment at this desk. End it first.")})


@action(
    "proposal.agree",
    model=AccountProposal,
    label=pgettext_lazy("button, people", "Agree"),
    done=_("Agreed to lend a person to another party"),
    policy=policy.may_agree,
    starts={S.AWAITED},
    ends={S.DONE, S.VOID, S.LAPSED},
    step_up=True,
)
def agree_to_second_person(actor: Actor, proposal: AccountProposal) -> AccountProposal:
    """Agree, for the person's own party, that they sit elsewhere: they are appointed at once, with the rights of both.

    Too late, it lapses. If the person's account, their seats at that party or the asker's own seat have changed, or the
    last day is over, it is void.
    """
    if proposal.approver_seat and proposal.approver_seat.user_id == actor.user_id:
        raise Refused(Refusals.OWN_PROPOSAL)
    proposal.home_seat_id, proposal.decided_at = actor.seat_id, timezone.now()
    subject = User.objects.select_for_update().get(pk=proposal.subject_id)
    asker = asker_of(proposal, request_id=actor.request_id, via=actor.via)
    fields = form_for_verb("proposal.second")(proposal.payload)
    fields.full_clean()  # days are texts in the payload
    given = {name: fields.cleaned_data[name] for name in proposal.payload}
    if proposal.expires_at <= proposal.decided_at:
        proposal.state = S.LAPSED
    elif asker is None:
        proposal.state, proposal.answer = (
            S.VOID,
            _now("The person who made the request no longer has that appointment."),
        )
    elif changed_since(proposal, subject):
        proposal.state, proposal.answer = (
            S.VOID,
            _now("The account or its appointments have changed since the request."),
        )
    elif given["last_day"] < timezone.localdate(timezone=datetime.UTC):
        proposal.state, proposal.answer = S.VOID, _now("Its last day has passed.")
    else:
        do_also(SECONDS, None, in_name_of=asker, approval=proposal, **given)
        also("account.second", subject)
        proposal.state = S.DONE
    emit("secondment.answered", proposal)
    return proposal


@action(
    "proposal.decline",
    model=AccountProposal,
    label=pgettext_lazy("button, people", "Decline"),
    done=_("Declined to lend a person to another party"),
    policy=policy.may_agree,
    starts={S.AWAITED},
    ends=S.REFUSED,
    takes={"answer": ANSWER},
    danger=True,
)
def decline_to_second_person(actor: Actor, proposal: AccountProposal, *, answer: str) -> AccountProposal:
    """Say no for the person's own party; nothing changes, and who asked reads the reason."""
    proposal.home_seat_id, proposal.decided_at, proposal.answer = actor.seat_id, timezone.now(), answer
    emit("secondment.answered", proposal)
    return proposal


@action(
    SECONDS,
    model=Seat,
    label=_("Appoint a person from another party"),
    done=_("Appointed a seconded person"),
    policy=policy.may_ask_for,
    ends="current",
    automatic=True,
)
def appoint_seconded_person(
    actor: Actor,
    _row: None,
    *,
    user: str,
    desk: str,
    role: str,
    last_day: datetime.date,
    reason: str,
    first_day: datetime.date | None = None,
    approval: Any = None,
) -> Seat:
    """Give a person of another party a seat, as a part of their own party's agreement and of nothing else.

    Conflicts count across all parties here: who agrees knows the person's other seats.
    """
    if approval is None or approval.home_seat_id is None or approval.payload["user"] != user:
        raise Refused(Refusals.NEEDS_APPROVAL)
    if approval.approver_seat_id is None and takes_two(SECONDS, None, {"desk": desk, "role": role}):
        raise Refused(Refusals.NEEDS_APPROVAL)
    at = Desk.objects.select_related("party", "function").get(code=desk, party=actor.party_code, active=True)
    person = approval.subject
    rank = rank_of(at, role)
    if conflict := next(iter(conflicts_of(person, at)), None):
        raise ValidationError({"desk": conflict.why})
    today = timezone.localdate(timezone=datetime.UTC)
    # the answer may come after the first day that was asked for: the seat begins with it then
    begin, end = term(at, first_day if first_day and first_day > today else None, last_day)
    columns = {"reason": reason, "valid_from": begin, "valid_to": end}
    seat = Seat.objects.create(user=person, desk=at, role=role, rank=rank, **columns)
    emit("secondment.begun", seat)
    given(actor, seat)
    return seat
