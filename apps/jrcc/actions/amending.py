"""Correcting what is held on a traveller: the former value stays, who had received it is told, he is compared anew."""

import datetime
import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, change_also, emit
from apps.access.refused import Refused
from apps.jrcc import identities, policy, queries
from apps.jrcc.actions import screening, wholeness
from apps.jrcc.actions.rule_changes import day_field
from apps.jrcc.models import Amendment, Document, Hit, Journey, Traveller
from apps.screening.matching import probe_keys

COLUMNS = ("surname", "given_names", "birth_date", "nationality", "sex")
PAPER = "document"


@action(
    "amendment.make",
    model=Amendment,
    label=_("Correct what is held"),
    policy=policy.may_amend,
    ends=Amendment.State.MADE,
    takes={
        "traveller": forms.UUIDField(widget=forms.HiddenInput),
        "surname": forms.CharField(label=_("Surname"), max_length=120, required=False),
        "given_names": forms.CharField(label=_("Given names"), max_length=120, required=False),
        "birth_date": day_field(_("Date of birth"), required=False),
        "nationality": forms.RegexField(
            r"\A[A-Za-z]{1,3}\Z", label=_("Nationality"), required=False, help_text=_("three letters, as JAM")
        ),
        "sex": forms.ChoiceField(
            label=_("Sex"), choices=[("", "–"), ("F", "F"), ("M", "M"), ("X", "X")], required=False
        ),
        "document": forms.CharField(label=_("Document number"), max_length=40, required=False),
        "proof": forms.ChoiceField(label=_("Known by"), choices=Amendment.Proof.choices),
        "request": forms.CharField(
            label=_("Number of the lawful request"), max_length=30, required=False, help_text=_("as DS-JAM-2026-0001")
        ),
        "seen": forms.CharField(widget=forms.HiddenInput, max_length=64, required=False),
    },
)
def make(
    actor: Actor,
    _row: None,
    *,
    traveller: uuid.UUID,
    proof: str,
    request: str = "",
    document: str = "",
    seen: str = "",
    **wanted: Any,
) -> Amendment:
    """Correct names, birth date, nationality, sex or the one document of a traveller; what is left empty stays.

    Those who had received the former value are told, he is compared with the lists again at once, and counts among the
    complete ones or not by what is held now. Nothing is undone: a further correction sets it right. `seen` is what the
    form was shown for (`as_held`); Refused("stale") where something else is held by now.
    """
    one = Traveller.objects.visible_to(actor).filter(pk=traveller).select_related("journey").first()
    if one is None or one.masked_at is not None:
        raise ValidationError({"traveller": _now("This traveller is not here, or his data are erased already.")})
    journey = Journey.objects.select_for_update().get(pk=one.journey_id)
    one = Traveller.objects.select_for_update().get(pk=one.pk)
    if seen and seen != as_held(one):
        raise Refused("stale")
    was, now = _columns_changed(one, wanted)
    paper = _paper_changed(one, document, was, now) if document else None
    if not now:
        raise ValidationError(_now("Nothing differs from what is held. Write what is right."))
    for name in set(COLUMNS) & set(now):
        setattr(one, name, now[name])
    if "birth_date" in now:
        one.birth_date_other = ""
    if paper is not None:
        paper.save(update_fields=["number"])
    _compared_anew(one)
    desks = _received(one, journey)
    made = Amendment(journey=journey, traveller=one, was=was, now=now, proof=proof, request=request.strip().upper())
    made.told, made.by, made.desk = sorted(desks - {actor.desk_code}), actor.person, actor.desk_code
    made.save(force_insert=True)
    journey.complete = wholeness.count_whole(journey)
    change_also("journey.amend", journey, "complete")
    emit("traveller.amended", made)
    return made


def as_held(one: Traveller) -> str:
    """SHA-256 of what is held on a traveller and can be corrected, in hexadecimal. One query."""
    papers = Document.objects.filter(traveller=one).order_by("pk").values_list("number", flat=True)
    return hashlib.sha256(json.dumps([*(getattr(one, name) for name in COLUMNS), *papers]).encode()).hexdigest()


def _columns_changed(one: Traveller, wanted: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """({column: held}, {column: wanted}) of what differs."""
    was, now = {}, {}
    for name in COLUMNS:
        value = wanted.get(name) or ""
        text = value.isoformat() if isinstance(value, datetime.date) else str(value).strip().upper()
        if text and text != getattr(one, name):
            was[name], now[name] = getattr(one, name), text
    return was, now


def _paper_changed(one: Traveller, number: str, was: dict[str, str], now: dict[str, str]) -> Document | None:
    papers = list(Document.objects.select_for_update().filter(traveller=one).order_by("pk"))
    if len(papers) != 1:
        raise ValidationError(
            {"document": _now("The traveller has not exactly one document: have the list sent anew.")}
        )
    text = number.strip().upper().replace(" ", "")
    if text == papers[0].number:
        return None
    was[PAPER], now[PAPER] = papers[0].number, text
    papers[0].number = text
    return papers[0]


def _compared_anew(one: Traveller) -> None:
    """Give him the keys of what is held now, and mark him as not yet compared."""
    identity = identities.identity_of(identities.record_of(one))
    one.keys = sorted(probe_keys(identity)) if identity else []
    one.screened_at = None
    one.save(update_fields=[*COLUMNS, "birth_date_other", "keys", "screened_at"])


def _received(one: Traveller, journey: Journey) -> set[str]:
    """Desks that had received the former value: borders that see the journey, States with a hit, and the watch."""
    states = set(queries.states_that_see([journey.pk]).get(journey.pk, set()))
    for referred, _owner in Hit.objects.filter(traveller=one).values_list("referred_to", "list_party_id"):
        states |= set(referred)
    return {"JRCC.watch", *(f"{state}.border" for state in states)}


@action(
    "journey.compare",
    model=Journey,
    label=_("Compare again"),
    policy=policy.may_process,
    starts=Journey.State.values,
    ends=Journey.State.values,
    automatic=True,
)
def compare_again(actor: Actor, row: Journey, *, traveller: Any) -> Journey:
    """Compare one traveller whose facts were corrected with the entries that his States may use."""
    people = Traveller.objects.filter(pk=traveller, journey=row, screened_at=None, withdrawn_at=None)
    screening.compare_all(actor, list(people.select_related("journey").prefetch_related("documents")))
    row.refresh_from_db()
    return row


def standing(people: Sequence[Mapping[str, Any]], known: Sequence[Traveller]) -> list[Mapping[str, Any]]:
    """The persons of a list with corrected facts in place of former ones that it repeats; a third value is taken.

    So a carrier's next list undoes no correction. What was read stays as sent. One query.
    """
    travellers: dict[Any, Traveller] = {one.pk: one for one in known}
    found: list[Mapping[str, Any]] = list(people)
    for row in Amendment.objects.filter(traveller__in=list(travellers)).order_by("pk"):
        one = travellers[row.traveller_id]
        found = [_mended(person, row) if _is_meant(person, one, row) else person for person in found]
    return found


def _is_meant(person: Mapping[str, Any], one: Traveller, row: Amendment) -> bool:
    """Whether somebody on a list is the traveller as he was held before."""
    numbers = {row.was.get(PAPER), *(paper.number for paper in one.documents.all())} - {None, ""}
    if numbers & {paper.get("number") for paper in person["documents"]}:
        return True
    names = ("surname", "given_names", "birth_date")
    return all((person.get(name) or "") in {row.was.get(name), getattr(one, name)} for name in names)


def _mended(person: Mapping[str, Any], row: Amendment) -> Mapping[str, Any]:
    right = {n: row.now[n] for n in COLUMNS if n in row.now and (person.get(n) or "") == row.was[n]}
    papers = [
        {**paper, "number": row.now[PAPER]} if PAPER in row.now and paper.get("number") == row.was[PAPER] else paper
        for paper in person["documents"]
    ]
    return {**person, **right, "documents": papers}


def forget(erased: Sequence[Traveller]) -> int:
    """Inside retention: take the values from corrections of travellers who lose their names; how many."""
    rows = Amendment.objects.filter(traveller__in=[one.pk for one in erased])
    return int(rows.update(was={}, now={}))
