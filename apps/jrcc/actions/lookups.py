"""Searching for people: each search is a record with its purpose, reviewed by who decides at the desk."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, emit
from apps.access.references import next_in
from apps.access.sharing import share
from apps.jrcc import policy, reference
from apps.jrcc.lookups import queries
from apps.jrcc.models import Hit, Lookup
from apps.people.queries import desk_ids

L = Lookup.State
REVIEWED = {L.IN_ORDER, L.QUESTIONED, L.NOT_IN_ORDER}
TERMS = ("surname", "given_names", "birth_date", "nationality", "document", "flight", "day")


class PurposeField(forms.ChoiceField):
    """The purposes in force today."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer them."""
        today = reference.purposes(timezone.now().date())
        self.choices = [("", _("One of my open cases")), *((one.code, _(one.words)) for one in today)]


def _text(label: Any, most: int, said: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, help_text=said)


@action(
    "lookup.make",
    model=Lookup,
    label=_("Search for people"),
    policy=policy.may_look_up,
    ends={L.KEPT, L.DUE},
    takes={
        "surname": _text(_("Family name"), 120, _("however it is spelled, once a given name or birth date is added")),
        "given_names": _text(_("Given names"), 120),
        "birth_date": _text(_("Date of birth"), 10, _("as 1977-04-19, or the year alone")),
        "nationality": _text(_("Nationality"), 3, _("three letters, as JAM")),
        "document": _text(_("Document number"), 40),
        "flight": _text(_("Flight or voyage"), 8, _("as BW600")),
        "day": forms.DateField(
            label=_("Day of departure"), required=False, input_formats=["%Y-%m-%d"], help_text=_("as 2026-11-26"),
            error_messages={"invalid": _("Write the day as 2026-11-26.")},
        ),
        "purpose": PurposeField(label=_("Purpose"), required=False),
        "case": _text(_("Number of the hit or case"), 80, _("of an open case the hit's, as H-2026-00042")),
    },
)  # fmt: skip
def make(
    actor: Actor, _row: None, *, purpose: str = "", case: str = "", day: datetime.date | None = None, **fields: str
) -> Lookup:
    """Search for people, documents, journeys and entries among what you may see; the search is kept with its purpose.

    It belongs to an open case where the hit of that number is yours to work on and its traveller is found by it. Any
    other search needs a purpose, and is reviewed by who decides at your desk.
    """
    terms = {name: value.strip() for name, value in fields.items() if value.strip()}
    terms |= {"day": day.isoformat()} if day else {}
    if queries.identity(terms) is None and not terms.keys() & {"flight", "day"}:
        raise ValidationError({"surname": _now("Give a name, a document number, a flight or a day.")})
    if terms.keys() <= {"day"}:
        raise ValidationError({"flight": _now("A day alone is the board of journeys. Add a flight or a name.")})
    found = queries.look_up(actor, terms)
    hit = queries.open_case(actor, case) if case and not purpose else None
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
        forget_on=now.date() + datetime.timedelta(days=reference.days_lookups_are_kept(now.date())),
        state=L.KEPT if inside else L.DUE,
        changed_by_seat_id=actor.seat_id,
    )
    share(actor, made, sorted({actor.desk_id, *desk_ids("JRCC.automation")}))
    return made


def _check(purpose: str, case: str, hit: Hit | None) -> None:
    """A search outside of one's open cases states its purpose, and the case where the purpose has one."""
    known = {one.code: one for one in reference.purposes(timezone.now().date())}
    if purpose not in known:
        text = (
            _now("This is not a search for the traveller of that hit. State the purpose.")
            if hit
            else _now("State the purpose: this belongs to none of your open cases.")
        )
        raise ValidationError({"purpose": text})
    if known[purpose].needs_case and not case.strip():
        raise ValidationError({"case": _now("Give the number of the case: this purpose has one.")})


@action(
    "lookup.review",
    model=Lookup,
    label=_("Review"),
    policy=policy.may_review_lookup,
    starts=Lookup.WAITING,
    ends=REVIEWED,
    takes={
        "outcome": forms.ChoiceField(
            label=_("Outcome"),
            choices=[
                (L.IN_ORDER, _("In order")),
                (L.QUESTIONED, _("An explanation is needed")),
                (L.NOT_IN_ORDER, _("Not in order")),
            ],
        ),
        "said": forms.CharField(
            label=_("Why"), required=False, max_length=300, help_text=_("for all but “in order”; without names")
        ),
    },
)
def review(actor: Actor, row: Lookup, *, outcome: str, said: str = "") -> Lookup:
    """Say whether a search was in order, or ask who made it to explain it; never one's own."""
    if outcome != L.IN_ORDER and not said.strip():
        raise ValidationError({"said": _now("Say why, so that who searched can answer.")})
    row.state, row.said = outcome, said.strip()
    row.reviewed_by_user_id, row.reviewed_by, row.reviewed_at = actor.user_id, actor.person, timezone.now()
    if outcome != L.IN_ORDER:
        emit("lookup.reviewed", row)
    return row


@action(
    "lookup.explain",
    model=Lookup,
    label=_("Explain"),
    policy=policy.may_explain_lookup,
    starts={L.QUESTIONED},
    ends=L.EXPLAINED,
    takes={
        "answer": forms.CharField(
            label=_("What it was for"),
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("without names of travellers"),
        )
    },
)
def explain(actor: Actor, row: Lookup, *, answer: str) -> Lookup:
    """Explain a search that the reviewer has asked about."""
    row.answer = answer
    return row


@action(
    "lookup.forget",
    model=Lookup,
    label=_("Forget what was asked"),
    policy=policy.may_process,
    starts=L.values,
    ends=L.values,
    automatic=True,
)
def forget(actor: Actor, row: Lookup, *, today: datetime.date) -> Lookup:
    """Let go what was asked for, and what was written about it; who, when, purpose and outcome stay."""
    if row.forget_on <= today:
        row.terms, row.said, row.answer = {}, "", ""
    return row
