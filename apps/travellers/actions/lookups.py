"""Searching for people: each search is a record with its purpose, reviewed by who decides at the desk."""

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
from apps.access.grants import share
from apps.access.references import next_in
from apps.jrcc.models import Hit
from apps.manifests import policy as manifests_policy
from apps.people.queries import desk_ids
from apps.travellers import policy
from apps.travellers.models import Lookup
from apps.travellers.queries import dated, lookups

L = Lookup.State
REVIEWED = {L.IN_ORDER, L.QUESTIONED, L.NOT_IN_ORDER}
TERMS = ("surname", "given_names", "birth_date", "nationality", "document", "flight", "day")


class PurposeField(forms.ChoiceField):
    """The purposes in force today."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer them."""
        today = dated.purposes(timezone.now().date())
        self.choices = [("", _("One of my open cases")), *((one.code, _(one.words)) for one in today)]


def _text(label: Any, most: int, said: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, help_text=said)


@action(
    "lookup.make",
    model=Lookup,
    label=pgettext_lazy("button, travellers", "Traveller search"),
    done=_("Searched for travellers"),
    policy=policy.may_look_up,
    ends={L.KEPT, L.DUE},
    takes={
        "surname": _text(
            pgettext_lazy("field, jrcc", "Surname"),
            120,
            _("finds other spellings if you add a given name or date of birth"),
        ),
        "given_names": _text(pgettext_lazy("field, jrcc", "Given names"), 120),
        "birth_date": _text(_("Date of birth"), 10, _("for example 1977-04-19, or only the year")),
        "nationality": _text(pgettext_lazy("field, jrcc", "Nationality"), 3, _("three letters, for example JAM")),
        "document": _text(pgettext_lazy("field, jrcc", "Document number"), 40),
        "flight": _text(_("Flight or voyage"), 8, pgettext_lazy("field, jrcc", "for example BW600")),
        "day": forms.DateField(
            label=pgettext_lazy("field, travellers", "Departure date"),
            required=False,
            input_formats=["%Y-%m-%d"],
            help_text=pgettext_lazy("field, jrcc", "for example 2026-11-26"),
            error_messages={"invalid": _("Enter the date as 2026-11-26.")},
        ),
        "purpose": PurposeField(label=pgettext_lazy("field, jrcc", "Purpose"), required=False),
        "case": _text(_("Hit or case number"), 80, _("for an open case, the hit number, for example H-2026-00042")),
    },
)
def search_people(
    actor: Actor, _row: None, *, purpose: str = "", case: str = "", day: datetime.date | None = None, **fields: str
) -> Lookup:
    """Search for people, documents, journeys and entries among what you may see; the search is kept with its purpose.

    It belongs to an open case where the hit of that number is yours to work on and its traveller is found by it. Any
    other search needs a purpose, and is reviewed by who decides at your desk.
    """
    terms = {name: value.strip() for name, value in fields.items() if value.strip()}
    terms |= {"day": day.isoformat()} if day else {}
    if lookups.identity(terms) is None and not terms.keys() & {"flight", "day"}:
        raise ValidationError({"surname": _now("Enter a name, document number, flight or date.")})
    if terms.keys() <= {"day"}:
        raise ValidationError({"flight": _now("A date is not enough. Add a flight or a name.")})
    found = lookups.look_up(actor, terms)
    hit = lookups.open_case(actor, case) if case and not purpose else None
    inside = hit is not None and hit.traveller_id in {one.it.pk for one in found.people}
    if not inside:
        _check(purpose, case, hit)
    now = timezone.now()
    series = f"Q-{now.year}"
    made: Lookup = Lookup.objects.create(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        reference=f"{series}-{next_in(series):05}",
        user_id=actor.user_id,
        seat_id=actor.seat_id,
        person=actor.person,
        terms=terms,
        purpose=purpose,
        case=case.strip(),
        hit=hit if inside else None,
        found=len(found),
        forget_on=now.date() + datetime.timedelta(days=dated.days_lookups_are_kept(now.date())),
        state=L.KEPT if inside else L.DUE,
        changed_by_seat_id=actor.seat_id,
    )
    share(actor, made, sorted({actor.desk_id, *desk_ids("JRCC.automation")}))
    return made


def _check(purpose: str, case: str, hit: Hit | None) -> None:
    """A search outside of one's open cases states its purpose, and the case where the purpose has one."""
    known = {one.code: one for one in dated.purposes(timezone.now().date())}
    if purpose not in known:
        text = (
            _now("This search is not for the traveller in that hit. Choose a purpose.")
            if hit
            else _now("Choose a purpose: this search is in none of your open cases.")
        )
        raise ValidationError({"purpose": text})
    if known[purpose].needs_case and not case.strip():
        raise ValidationError({"case": _now("Enter the case number: this purpose needs one.")})


@action(
    "lookup.review",
    model=Lookup,
    label=pgettext_lazy("button, jrcc", "Review"),
    done=_("Reviewed a search for people"),
    policy=policy.may_review_lookup,
    starts=Lookup.WAITING,
    ends=REVIEWED,
    takes={
        "outcome": forms.ChoiceField(
            label=pgettext_lazy("field, jrcc", "Outcome"),
            choices=[
                (L.IN_ORDER, pgettext_lazy("choice, jrcc", "Justified")),
                (L.QUESTIONED, pgettext_lazy("field, travellers", "Explanation needed")),
                (L.NOT_IN_ORDER, pgettext_lazy("field, travellers", "Not justified")),
            ],
        ),
        "said": forms.CharField(
            label=pgettext_lazy("field, jrcc", "Reason"),
            required=False,
            max_length=300,
            help_text=_("required unless “Justified”; no names"),
        ),
    },
)
def review_lookup(actor: Actor, row: Lookup, *, outcome: str, said: str = "") -> Lookup:
    """Say whether a search was in order, or ask who made it to explain it; never one's own."""
    if outcome != L.IN_ORDER and not said.strip():
        raise ValidationError({"said": _now("Enter a reason, so that the person who searched can answer.")})
    row.state, row.said = outcome, said.strip()
    row.reviewed_by_user_id, row.reviewed_by, row.reviewed_at = actor.user_id, actor.person, timezone.now()
    if outcome != L.IN_ORDER:
        emit("lookup.reviewed", row)
    return row


@action(
    "lookup.explain",
    model=Lookup,
    label=pgettext_lazy("button, jrcc", "Explain"),
    done=_("Explained a search for people"),
    policy=policy.may_explain_lookup,
    starts={L.QUESTIONED},
    ends=L.EXPLAINED,
    takes={
        "answer": forms.CharField(
            label=_("Purpose of the search"),
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("no travellers' names"),
        )
    },
)
def explain_lookup(actor: Actor, row: Lookup, *, answer: str) -> Lookup:
    """Explain a search that the reviewer has asked about."""
    row.answer = answer
    return row


@action(
    "lookup.forget",
    model=Lookup,
    label=_("Delete expired search terms"),
    done=_("Deleted what a search asked for"),
    policy=manifests_policy.may_process,
    starts=L.values,
    ends=L.values,
    automatic=True,
)
def delete_lookup(actor: Actor, row: Lookup, *, today: datetime.date) -> Lookup:
    """Let go what was asked for, and what was written about it; who, when, purpose and outcome stay."""
    if row.forget_on <= today:
        row.terms, row.said, row.answer = {}, "", ""
    return row
