"""Correcting what is held on a traveller: the former value stays, who had received it is told."""

import datetime
import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, change_also, emit
from apps.access.refusal import Refused
from apps.carriers.actions.rule_changes import day_field
from apps.journeys import policy
from apps.journeys.actions.amendments import COLUMNS, PAPER
from apps.journeys.models import Amendment, Document, Journey, Traveller
from apps.journeys.queries import completeness, identities, journeys
from apps.jrcc.models import Hit
from apps.screening.matching import probe_keys


@action(
    "amendment.make",
    model=Amendment,
    label=_("Correct the traveller's data"),
    done=_("Corrected what is held about a traveller"),
    policy=policy.may_amend,
    ends=Amendment.State.MADE,
    takes={
        "traveller": forms.UUIDField(widget=forms.HiddenInput),
        "surname": forms.CharField(label=pgettext_lazy("field, jrcc", "Surname"), max_length=120, required=False),
        "given_names": forms.CharField(
            label=pgettext_lazy("field, jrcc", "Given names"), max_length=120, required=False
        ),
        "birth_date": day_field(_("Date of birth"), required=False),
        "nationality": forms.RegexField(
            r"\A[A-Za-z]{1,3}\Z",
            label=pgettext_lazy("field, jrcc", "Nationality"),
            required=False,
            help_text=_("three letters, for example JAM"),
        ),
        "sex": forms.ChoiceField(
            label=pgettext_lazy("field, jrcc", "Sex"),
            choices=[("", "–"), ("F", "F"), ("M", "M"), ("X", "X")],
            required=False,
        ),
        "document": forms.CharField(
            label=pgettext_lazy("field, jrcc", "Document number"), max_length=40, required=False
        ),
        "proof": forms.ChoiceField(label=pgettext_lazy("field, jrcc", "Basis"), choices=Amendment.Proof.choices),
        "request": forms.CharField(
            label=_("Lawful request number"),
            max_length=30,
            required=False,
            help_text=pgettext_lazy("field, jrcc", "for example DS-JAM-2026-0001"),
        ),
        "seen": forms.CharField(widget=forms.HiddenInput, max_length=64, required=False),
    },
)
def make_amendment(
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

    Those who had received the former value are told, they are compared with the lists again at once, and counts among
    the
    complete ones or not by what is held now. Nothing is undone: a further correction sets it right. `seen` is what the
    form was shown for (`as_held`); Refused("stale") where something else is held by now.
    """
    one = Traveller.objects.visible_to(actor).filter(pk=traveller).select_related("journey").first()
    if one is None or one.masked_at is not None:
        raise ValidationError({"traveller": _now("This traveller was not found, or the data are already deleted.")})
    journey = Journey.objects.select_for_update().get(pk=one.journey_id)
    one = Traveller.objects.select_for_update().get(pk=one.pk)
    if seen and seen != as_held(one):
        raise Refused("stale")
    was, now = _columns_changed(one, wanted)
    paper = _paper_changed(one, document, was, now) if document else None
    if not now:
        raise ValidationError(_now("Nothing has changed. Enter the correct value."))
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
    journey.complete = completeness.count_whole(journey)
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
            {"document": _now("This traveller does not have exactly one document: ask the carrier for a new manifest.")}
        )
    text = number.strip().upper().replace(" ", "")
    if text == papers[0].number:
        return None
    was[PAPER], now[PAPER] = papers[0].number, text
    papers[0].number = text
    return papers[0]


def _compared_anew(one: Traveller) -> None:
    """Give them the keys of what is held now, and mark them as not yet compared."""
    identity = identities.identity_of(identities.record_of(one))
    one.keys = sorted(probe_keys(identity)) if identity else []
    one.screened_at = None
    one.save(update_fields=[*COLUMNS, "birth_date_other", "keys", "screened_at"])


def _received(one: Traveller, journey: Journey) -> set[str]:
    """Desks that had received the former value: borders that see the journey, States with a hit, and the watch."""
    states = set(journeys.states_that_see([journey.pk]).get(journey.pk, set()))
    for referred, _owner in Hit.objects.filter(traveller=one).values_list("referred_to", "list_party_id"):
        states |= set(referred)
    return {"JRCC.watch", *(f"{state}.border" for state in states)}
