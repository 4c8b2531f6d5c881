"""Saying that travellers of several journeys are one person, and that they are not; each act can be taken back."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, also, change_also
from apps.access.references import next_in
from apps.access.refused import Refused
from apps.access.sharing import share
from apps.jrcc import policy
from apps.jrcc.models import Person, PersonChange, PersonMember, Traveller
from apps.people.queries import desk_ids

P, K = Person.State, PersonChange.Kind
FEWEST = 2
"""Appearances of a person."""


class Appearances(forms.MultipleChoiceField):
    """Travellers by their keys; the page offers those who are likely, the action says who is possible."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        """Any key is taken here."""
        return True


def _takes(label: Any, missing: Any) -> dict[str, forms.Field]:
    return {
        "travellers": Appearances(label=label, error_messages={"required": missing}),
        "known_by": forms.ChoiceField(label=_("Known by"), choices=Person.Ground.choices),
        "note": forms.CharField(
            label=_("Note"), required=False, max_length=300, help_text=_("without names of travellers")
        ),
    }


@action(
    "person.join",
    model=Person,
    label=_("One person"),
    policy=policy.may_identify,
    ends=P.KEPT,
    takes=_takes(_("Appearances"), _("Choose the appearances that are one person.")),
)
def join(actor: Actor, _row: None, *, travellers: Collection[str], known_by: str, note: str = "") -> Person:
    """Say that travellers whom you see are one person; nothing about them changes, and nobody else is told."""
    rows = _appearances(actor, travellers)
    if len(rows) < FEWEST:
        raise ValidationError({"travellers": _now("Choose two appearances at least.")})
    if held := _members(actor, rows):
        text = _now("%(person)s holds some of them already. Join the others there.")
        raise ValidationError({"travellers": text % {"person": next(iter(held.values())).person.reference}})
    made = _made(actor)
    _keep(actor, made, K.JOINED, _moves(rows, to=made.pk), known_by, note)
    return made


@action(
    "person.merge",
    model=Person,
    label=_("Join further appearances"),
    policy=policy.may_change_person,
    starts={P.KEPT},
    ends=P.KEPT,
    takes=_takes(_("Further appearances"), _("Choose who is the same person.")),
)
def merge(actor: Actor, row: Person, *, travellers: Collection[str], known_by: str, note: str = "") -> Person:
    """Say that further travellers are this person; those who stand with another person bring all of it along."""
    rows = _appearances(actor, travellers)
    held = {key: one for key, one in _members(actor, rows).items() if one.person_id != row.pk}
    others = Person.objects.select_for_update().filter(pk__in={one.person_id for one in held.values()}).order_by("pk")
    joined = list(others)
    inside = set(PersonMember.objects.filter(person=row).values_list("traveller_id", flat=True))
    fresh = [one for one in rows if one.pk not in held and one.pk not in inside]
    moves = _moves(fresh, to=row.pk)
    for one in PersonMember.objects.filter(person__in=joined).order_by("pk"):
        moves.append({"traveller": str(one.traveller_id), "from": str(one.person_id), "to": str(row.pk)})
    if not moves:
        raise ValidationError({"travellers": _now("They stand with this person already.")})
    _keep(actor, row, K.MERGED, moves, known_by, note)
    for other in joined:
        other.state, other.into = P.MERGED, row
        change_also("person.close", other, "state", "into", before=P.KEPT)
    return row


@action(
    "person.split",
    model=Person,
    label=_("Take apart"),
    policy=policy.may_change_person,
    starts={P.KEPT},
    ends={P.KEPT, P.DISSOLVED},
    takes=_takes(_("Somebody else is"), _("Choose the appearances that are somebody else.")),
)
def split(actor: Actor, row: Person, *, travellers: Collection[str], known_by: str, note: str = "") -> Person:
    """Say that some of the appearances are another person: together one of their own, if they are two or more."""
    wanted = {one.pk for one in _appearances(actor, travellers)}
    inside = list(PersonMember.objects.filter(person=row).order_by("pk").values_list("traveller_id", flat=True))
    leaving, staying = [k for k in inside if k in wanted], [k for k in inside if k not in wanted]
    if not leaving:
        raise ValidationError({"travellers": _now("None of them stands with this person.")})
    if not staying:
        raise ValidationError({"travellers": _now("Leave one at least; or take back what joined them.")})
    other = _made(actor) if len(leaving) >= FEWEST else None
    apart = leaving if len(staying) >= FEWEST else [*leaving, *staying]
    moves = [
        {"traveller": str(key), "from": str(row.pk), "to": str(other.pk) if other and key in wanted else None}
        for key in apart
    ]
    _keep(actor, row, K.SPLIT, moves, known_by, note)
    row.state = P.KEPT if len(staying) >= FEWEST else P.DISSOLVED
    if other:
        also("person.join", other, after=P.KEPT)
    return row


@action(
    "person.undo",
    model=Person,
    label=_("Take back the last change"),
    policy=policy.may_change_person,
    starts={P.KEPT, P.DISSOLVED},
    ends={P.KEPT, P.DISSOLVED},
)
def undo(actor: Actor, row: Person) -> Person:
    """Put everybody back where he stood before the last change of this person; refused once somebody was moved on."""
    last = PersonChange.objects.select_for_update().filter(person=row, undone_at=None).order_by("-pk").first()
    if last is None or not last.moves:
        raise Refused("wrong-state", "nothing-to-undo", record=row)
    _back(actor, row, last.moves)
    last.undone_at, last.undone_by = timezone.now(), actor.person
    last.save(update_fields=["undone_at", "undone_by"])
    named = {move[end] for move in last.moves for end in ("from", "to")} - {None, str(row.pk)}
    for other in Person.objects.select_for_update().filter(pk__in=named).order_by("pk"):
        before = other.state
        other.state, other.into = _state_of(other), None
        change_also("person.reopen" if other.state == P.KEPT else "person.close", other, "state", "into", before=before)
    row.state = _state_of(row)
    return row


def forget(erased: Iterable[Traveller]) -> int:
    """Inside retention: nobody is a person without his names; how many appearances were let go.

    Whoever is left alone stands for himself again, and what was noted on a person so touched goes with it.
    """
    gone = PersonMember.objects.filter(traveller__in=[one.pk for one in erased])
    touched = set(gone.values_list("person_id", flat=True))
    count, _each = gone.delete()
    for row in Person.objects.select_for_update().filter(pk__in=touched).order_by("pk"):
        if _state_of(row) == P.DISSOLVED and row.state == P.KEPT:
            PersonMember.objects.filter(person=row).delete()
            row.state = P.DISSOLVED
            change_also("person.close", row, "state", before=P.KEPT)
    PersonChange.objects.filter(person__in=touched).update(moves=[], note="")
    return count


def _appearances(actor: Actor, keys: Collection[str]) -> list[Traveller]:
    """Travellers whom the actor sees, locked in the order of their keys; ValidationError if one is not there."""
    try:
        wanted = {uuid.UUID(str(key)) for key in keys}
    except ValueError:
        raise ValidationError({"travellers": _now("This is not the key of a traveller.")}) from None
    rows = Traveller.objects.visible_to(actor).filter(pk__in=wanted, masked_at=None).defer("keys")
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if len(found) < len(wanted):
        raise ValidationError({"travellers": _now("Not all of them are here, or their data are erased already.")})
    return found


def _members(actor: Actor, rows: Iterable[Traveller]) -> dict[Any, PersonMember]:
    """{traveller's key: where he stands for the actor's desk}."""
    found = PersonMember.objects.filter(desk_id=actor.desk_id, traveller__in=[one.pk for one in rows])
    return {one.traveller_id: one for one in found.select_related("person")}


def _made(actor: Actor) -> Person:
    year = timezone.now().year
    reference = f"P-{year}-{next_in(f'P-{year}'):05}"
    made: Person = Person.objects.create(
        owner_id=actor.desk_id, originator_id=actor.party_code, reference=reference, changed_by_seat_id=actor.seat_id
    )
    share(actor, made, sorted({actor.desk_id, *desk_ids("JRCC.watch", "JRCC.automation")}))
    return made


def _moves(rows: Iterable[Traveller], *, to: Any) -> list[dict[str, str | None]]:
    return [{"traveller": str(one.pk), "from": None, "to": str(to)} for one in rows]


def _keep(
    actor: Actor, row: Person, kind: str, moves: list[dict[str, str | None]], ground: str, note: str
) -> PersonChange:
    """Carry the moves out and note them."""
    _carry(actor, [(move["traveller"], move["to"]) for move in moves])
    made: PersonChange = PersonChange.objects.create(
        person=row, kind=kind, moves=moves, ground=ground, note=note, by=actor.person
    )
    return made


def _carry(actor: Actor, places: Iterable[tuple[Any, Any]]) -> None:
    """Give each traveller the person named with him, for the actor's desk; None: nobody's."""
    wanted = dict(places)
    PersonMember.objects.filter(desk_id=actor.desk_id, traveller__in=list(wanted)).delete()
    PersonMember.objects.bulk_create(
        [
            PersonMember(person_id=person, desk_id=actor.desk_id, traveller_id=traveller)
            for traveller, person in wanted.items()
            if person is not None
        ]
    )


def _back(actor: Actor, row: Person, moves: Collection[Mapping[str, str | None]]) -> None:
    there = Traveller.objects.filter(pk__in=[move["traveller"] for move in moves], masked_at=None)
    keys = {str(key) for key in there.values_list("pk", flat=True)}
    held = PersonMember.objects.filter(desk_id=actor.desk_id, traveller__in=there)
    now = {str(traveller): str(person) for traveller, person in held.values_list("traveller_id", "person_id")}
    left = [move for move in moves if move["traveller"] in keys]
    if any(now.get(str(move["traveller"])) != move["to"] for move in left):
        raise Refused("wrong-state", "moved-since", record=row)
    _carry(actor, [(move["traveller"], move["from"]) for move in left])


def _state_of(row: Person) -> str:
    return P.KEPT if PersonMember.objects.filter(person=row).count() >= FEWEST else P.DISSOLVED
