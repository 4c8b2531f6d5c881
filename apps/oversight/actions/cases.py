"""Cases of what looked unusual."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, emit
from apps.access.references import next_in
from apps.access.refused import Refused
from apps.oversight import policy
from apps.oversight.models import Case, CaseStep, Leaver
from apps.oversight.queries.anomalies import Finding
from apps.people.models import User

C = Case.State
NOTE = {"note": forms.CharField(label=_("What you found"), widget=forms.Textarea, max_length=2000)}


@action("conduct.open", model=Case, label=_("Open"), policy=policy.may_keep_time, ends=C.OPEN, automatic=True)
def open_case(actor: Actor, _row: None, *, finding: Finding) -> Case:
    """Open a case for a finding and tell the oversight of the party and of the region, once for each finding.

    Refused("wrong-state") for a finding that has its case.
    """
    same = {"rule": finding.rule, "user_id": finding.user_id, "person": finding.person, "begins": finding.begins}
    if Case.objects.filter(**same).exists():
        raise Refused("wrong-state", "case-known")
    year = finding.begins.year
    case = Case.objects.create(
        **same,
        number=f"OV-{finding.party}-{year}-{next_in(f'OV-{finding.party}-{year}'):04}",
        party_id=finding.party,
        desk=finding.desk,
        ends=finding.ends,
        count=finding.count,
        usual=finding.usual,
    )
    emit("conduct.opened", case, {"number": case.number, "party": case.party_id})
    return case


def _step(actor: Actor, case: Case, state: str, note: str) -> Case:
    CaseStep.objects.create(case=case, by=actor.person, desk=actor.desk_code, state=state, note=note)
    return case


@action(
    "conduct.assess", model=Case, label=_("Assess"), policy=policy.may_assess,
    starts={C.OPEN}, ends=C.ASSESSED, takes=NOTE,
)  # fmt: skip
def assess(actor: Actor, case: Case, *, note: str) -> Case:
    """Look at it: what was read or tried, and whether it was the person's work."""
    return _step(actor, case, C.ASSESSED, note)


@action(
    "conduct.explain", model=Case, label=_("Explained"), policy=policy.may_assess,
    starts={C.ASSESSED}, ends=C.EXPLAINED, takes=NOTE,
)  # fmt: skip
def explain(actor: Actor, case: Case, *, note: str) -> Case:
    """Put it down: the person's work explains it."""
    return _step(actor, case, C.EXPLAINED, note)


@action(
    "conduct.close", model=Case, label=_("Close with an outcome"), policy=policy.may_assess,
    starts={C.ASSESSED}, ends=C.CLOSED,
    takes={"outcome": forms.ChoiceField(label=_("Outcome"), choices=Case.Outcome.choices), **NOTE},
)  # fmt: skip
def close(actor: Actor, case: Case, *, outcome: str, note: str) -> Case:
    """End it with what came of it."""
    case.outcome = outcome
    return _step(actor, case, C.CLOSED, note)


@action(
    "conduct.reopen", model=Case, label=_("Open again"), policy=policy.may_assess,
    starts={C.EXPLAINED, C.CLOSED}, ends=C.OPEN, takes=NOTE,
)  # fmt: skip
def reopen(actor: Actor, case: Case, *, note: str) -> Case:
    """Look at it once more."""
    case.outcome = ""
    return _step(actor, case, C.OPEN, note)


@action(
    "leaver.note", model=Leaver, label=_("Note that somebody leaves"), policy=policy.may_note_leaver,
    ends=Leaver.State.NOTED,
    takes={
        "user": forms.CharField(label=_("User name"), max_length=150),
        "leaves_on": forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"})),
    },
)  # fmt: skip
def note_leaver(actor: Actor, _row: None, *, user: str, leaves_on: datetime.date) -> Leaver:
    """Note that a person of one's own party is about to leave: until then much reading opens a case."""
    account = User.objects.filter(username=user, home_party_id=actor.party_code).first()
    if account is None or account.pk == actor.user_id:
        raise ValidationError({"user": _("There is no other person of this name in your party.")})
    with transaction.atomic():
        known = Leaver.objects.select_for_update().filter(user=account, state=Leaver.State.NOTED).first()
        if known is not None:
            raise ValidationError({"user": _("This is noted already. End that notice first.")})
        return Leaver.objects.create(user=account, party_id=actor.party_code, leaves_on=leaves_on)


@action(
    "leaver.end", model=Leaver, label=_("End this notice"), policy=policy.may_note_leaver,
    starts={Leaver.State.NOTED}, ends=Leaver.State.ENDED,
)  # fmt: skip
def end_leaver(actor: Actor, leaver: Leaver) -> Leaver:
    """The person has left, or stays."""
    return leaver
