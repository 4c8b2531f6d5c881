"""What an act on an account would change, said before it is done: from the fields of its form, saving nothing."""

import copy
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.people.actions import approvals
from apps.people.models import Party, Seat, User
from apps.people.queries import (
    clearance_takes_two,
    own_desks,
    seat_takes_two,
    takes_two,
    two_person_rules,
    unsaved_seat,
)
from apps.people.queries.access_explanations import Change, Effect, Right, right
from apps.people.queries.seat_additions import clearance_additions
from apps.people.rules.account_sheets import Line
from apps.people.rules.registers import REGISTERS


def looks(request: Any) -> bool:
    """Whether the form was sent to see what it changes, and not to change it."""
    return request.method == "POST" and "look" in request.POST


def page(request: Any, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page of the act with its effect; the effect alone for a script that looks while somebody chooses."""
    alone = looks(request) and request.headers.get("HX-Request-Type") == "partial"
    return render(request, "people/_effect.html" if alone else template, context, status=status)


def chosen(form: Any) -> dict[str, Any]:
    """What is right so far in a form that is looked at: what is missing is not complained of."""
    form.is_valid()
    found = dict(form.cleaned_data)
    form.errors.clear()
    return found


def held(actor: Any, **whose: Any) -> list[Right]:
    """Rights of a person's seats in force, as far as the actor may see them. One query."""
    seats = Seat.objects.visible_to(actor).in_force().filter(**whose)
    return [
        right(seat) for seat in seats.select_related("desk__function", "desk__party", "user").order_by("desk__code")
    ]


def at_place(actor: Any, user: User, place: str) -> Any:
    """A seat of a person at one of the actor's own desks, `DESK:role`, that nobody has given yet; None for no place."""
    code, _colon, role = place.partition(":")
    desk = next((one for one in own_desks(actor) if one.code == code), None)
    if desk is None or role not in desk.function.roles:
        return None
    desk.party = Party.objects.visible_to(actor).get(pk=desk.party_id)
    return unsaved_seat(user, desk, role)


def of_invitation(actor: Any, form: Any) -> Effect | None:
    """What an invited person will see; None before desk and role are chosen."""
    fields = chosen(form)
    clearance = fields.get("clearance", 1)
    user = User(username=fields.get("username", ""), home_party_id=actor.party_code, clearance=clearance)
    seat = at_place(actor, user, fields.get("place", ""))
    if seat is None:
        return None
    waits = _seat_waits(actor, "seat.appoint", seat)
    if clearance > 1 and takes_two("account.clear", user, {"clearance": clearance}):
        waits.append(_("This clearance needs second approval. Until then it is Official."))
    return Effect([Change([], right(seat))], waits)


def _seat_waits(actor: Any, verb: str, seat: Any) -> list[str]:
    wanted = {"user": seat.user.username, "desk": seat.desk.code, "role": seat.role}
    two = takes_two(verb, None, wanted, actor.user_id)
    return [_("This appointment needs second approval before it applies.")] if two else []


def of_sheet(actor: Any, lines: list[Line]) -> list[dict[str, Any]]:
    """[{right, names}] of the seats that the right lines of a sheet give, alike ones once; marks what takes two people.

    Four queries, however many lines there are.
    """
    rules = two_person_rules()
    party = Party.objects.visible_to(actor).get(pk=actor.party_code)
    desks = {desk.code: desk for desk in own_desks(actor)}
    found: dict[tuple[str, str, int], dict[str, Any]] = {}
    for line in lines:
        if line.faults:
            continue
        fields = line.fields
        desk, role, clearance = desks[fields["desk"]], fields["role"], fields["clearance"]
        desk.party, rank = party, desk.function.roles.index(role) + 1
        if seat_takes_two(rules, desk.function_id, rank):
            line.two.append(pgettext("words, people", "the appointment"))
        if clearance > 1 and clearance_takes_two(rules, clearance):
            line.two.append(pgettext("words, people", "the clearance"))
        key = (desk.code, role, clearance)
        if key not in found:
            user = User(username=fields["username"], home_party_id=party.pk, clearance=clearance)
            found[key] = {"right": right(Seat(user=user, desk=desk, role=role, rank=rank)), "names": []}
        found[key]["names"].append(fields["name"])
    return list(found.values())


def of_transfer(actor: Any, form: Any, seat: Any) -> Effect | None:
    """What a person sees at the other desk, and what goes with their present one; None before it is chosen."""
    new = at_place(actor, seat.user, chosen(form).get("place", ""))
    if new is None:
        return None
    before = held(actor, user=seat.user_id)
    waits = [_("The new appointment needs two people. Appoint first; once approved, end the old appointment.")]
    wanted = {"user": seat.user.username, "desk": new.desk.code, "role": new.role}
    two = takes_two("seat.appoint", None, wanted, actor.user_id)
    return Effect(
        [Change(before, right(new), _of(before, seat))], waits if two else [], partly=_partly(actor, seat.user)
    )


def of_end(actor: Any, seat: Any) -> Effect | None:
    """What goes with a seat that ends, and what stays; None for one that has not begun."""
    before = held(actor, user=seat.user_id)
    leaves = _of(before, seat)
    return Effect([Change(before, None, leaves)], partly=_partly(actor, seat.user)) if leaves else None


def _partly(actor: Any, user: User) -> bool:
    return actor.function not in REGISTERS or user.home_party_id != actor.party_code


def _of(rights: list[Right], seat: Any) -> Right | None:
    return next((one for one in rights if one.seat.pk == seat.pk), None)


def of_standing_in(actor: Any, form: Any) -> Effect | None:
    """What a person sees from an acting seat; None before person and place are chosen."""
    fields = chosen(form)
    before = held(actor, user__username=fields.get("user", ""))
    user = before[0].seat.user if before else User.objects.visible_to(actor).filter(username=fields.get("user")).first()
    seat = at_place(actor, user, fields.get("place", "")) if user else None
    if seat is None:
        return None
    seat.kind, seat.valid_from = Seat.Kind.ACTING, timezone.now()
    return Effect([Change(before, right(seat))], _seat_waits(actor, "seat.delegate", seat), partly=_partly(actor, user))


def of_clearance(actor: Any, form: Any, it: Any) -> Effect | None:
    """Up to which level a person reads from each of their seats now and then; None before it is chosen."""
    clearance = chosen(form).get("clearance")
    if clearance is None or clearance == it.clearance:
        return None
    cleared = copy.copy(it)
    cleared.clearance = clearance
    rights, seats = held(actor, user=it.pk), []
    for now in rights:
        seat = copy.copy(now.seat)
        seat.user = cleared
        seats.append(seat)
    added = clearance_additions([(now.seat, seat) for now, seat in zip(rights, seats, strict=True)])
    changes = [Change([now], right(seat), added=more) for now, seat, more in zip(rights, seats, added, strict=True)]
    two = approvals.waits(actor, "account.clear", it, {"clearance": clearance})
    waits = [_("This clearance needs second approval before it applies.")] if two else []
    return Effect(changes, waits, clearance=True)
