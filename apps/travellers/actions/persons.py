"""Saying that travellers of several journeys are one person, and that they are not; each act can be taken back."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, change_also
from apps.access.grants import share
from apps.access.references import next_in
from apps.access.refusal import Refused
from apps.journeys import policy as journeys_policy
from apps.journeys.models import Traveller
from apps.people.queries import desk_ids
from apps.travellers import policy
from apps.travellers.models import Person, PersonChange, PersonMember
from apps.travellers.refusals import Refusals

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
        "known_by": forms.ChoiceField(label=pgettext_lazy("field, jrcc", "Basis"), choices=Person.Ground.choices),
        "note": forms.CharField(
            label=pgettext_lazy("field, jrcc", "Note"),
            required=False,
            max_length=300,
            help_text=_("no travellers' names"),
        ),
    }


@action(
    "person.join",
    model=Person,
    label=pgettext_lazy("button, jrcc", "One person"),
    done=_("Found travellers to be one person"),
    policy=journeys_policy.may_identify,
    ends=P.KEPT,
    takes=_takes(pgettext_lazy("field, jrcc", "Traveller records"), _("Choose the records of one person.")),
)
def join_travellers(actor: Actor, _row: None, *, travellers: Collection[str], known_by: str, note: str = "") -> Person:
    """Say that travellers whom you see are one person; nothing about them changes, and nobody else is told."""
    rows = _appearances(actor, travellers)
    if len(rows) < FEWEST:
        raise ValidationError({"travellers": _now("Choose at least two records.")})
    if held := _members(actor, rows):
        text = _now("%(person)s already has some of these records. Link the others there.")
        raise ValidationError({"travellers": text % {"person": next(iter(held.values())).person.reference}})
    made = _made(actor)
    _keep(actor, made, K.JOINED, _moves(rows, to=made.pk), known_by, note)
    return made


@action(
    "person.merge",
    model=Person,
    label=_("Link more records"),
    done=_("Joined further appearances with a person"),
    policy=policy.may_change_person,
    starts={P.KEPT},
    ends=P.KEPT,
    takes=_takes(pgettext_lazy("field, jrcc", "More traveller records"), _("Choose a record of the same person.")),
)
def merge_person(actor: Actor, row: Person, *, travellers: Collection[str], known_by: str, note: str = "") -> Person:
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
        raise ValidationError({"travellers": _now("These records are already linked to this person.")})
    _keep(actor, row, K.MERGED, moves, known_by, note)
    for other in joined:
        other.state, other.into = P.MERGED, row
        change_also("person.close", other, "state", "into", before=P.KEPT)
    return row


@action(
    "person.split",
    model=Person,
    label=pgettext_lazy("button, jrcc", "Separate records"),
    done=_("Took appearances of a person apart"),
    policy=policy.may_change_person,
    starts={P.KEPT},
    ends={P.KEPT, P.DISSOLVED},
    takes=_takes(_("Records of someone else"), _("Choose the records of someone else.")),
    danger=True,
)
def split_person(actor: Actor, row: Person, *, travellers: Collection[str], known_by: str, note: str = "") -> Person:
    """Say that some of the appearances are another person: together one of their own, if they are two or more."""
    wanted = {one.pk for one in _appearances(actor, travellers)}
    inside = list(PersonMember.objects.filter(person=row).order_by("pk").values_list("traveller_id", flat=True))
    leaving, staying = [k for k in inside if k in wanted], [k for k in inside if k not in wanted]
    if not leaving:
        raise ValidationError({"travellers": _now("None of these records is linked to this person.")})
    if not staying:
        raise ValidationError({"travellers": _now("Leave at least one record, or undo the link.")})
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
    label=_("Undo the last change"),
    done=_("Undid the last change of a person"),
    policy=policy.may_change_person,
    starts={P.KEPT, P.DISSOLVED},
    ends={P.KEPT, P.DISSOLVED},
    danger=True,
)
def undo_person_change(actor: Actor, row: Person) -> Person:
    """Put everybody back where they stood before the last change of this person; refused once somebody was moved on."""
    last = PersonChange.objects.select_for_update().filter(person=row, undone_at=None).order_by("-pk").first()
    if last is None or not last.moves:
        raise Refused("wrong-state", Refusals.NOTHING_TO_UNDO, record=row)
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
    """Inside retention: nobody is a person without their names; how many appearances were let go.

    Whoever is left alone stands for themselves again, and what was noted on a person so touched goes with it.
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
        raise ValidationError({"travellers": _now("This is not a traveller record.")}) from None
    rows = Traveller.objects.visible_to(actor).filter(pk__in=wanted, masked_at=None).defer("keys")
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if len(found) < len(wanted):
        raise ValidationError({"travellers": _now("Some records were not found, or their data are already deleted.")})
    return found


def _members(actor: Actor, rows: Iterable[Traveller]) -> dict[Any, PersonMember]:
    """{traveller's key: where they stand for the actor's desk}."""
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
    """Give each traveller the person named with them, for the actor's desk; None: nobody's."""
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
        raise Refused("wrong-state", Refusals.MOVED_SINCE, record=row)
    _carry(actor, [(move["traveller"], move["from"]) for move in left])


def _state_of(row: Person) -> str:
    return P.KEPT if PersonMember.objects.filter(person=row).count() >= FEWEST else P.DISSOLVED
