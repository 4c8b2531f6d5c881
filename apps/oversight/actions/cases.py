"""Cases of what looked unusual."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.references import next_in
from apps.access.refusal import Refused
from apps.oversight import policy
from apps.oversight.models import Case, CaseStep, Leaver
from apps.oversight.queries.anomalies import Finding
from apps.oversight.refusals import Refusals
from apps.people.models import User

C = Case.State
NOTE = {"note": forms.CharField(label=_("What you found"), widget=forms.Textarea, max_length=2000)}


@action(
    "conduct.open",
    model=Case,
    label=pgettext_lazy("button, oversight", "Open"),
    done=_("Opened an oversight case"),
    policy=policy.may_keep_time,
    ends=C.OPEN,
    automatic=True,
)
def open_conduct_case(actor: Actor, _row: None, *, finding: Finding) -> Case:
    """Open a case for a finding and tell the oversight of the party and of the region, once for each finding.

    Refused("wrong-state") for a finding that has its case.
    """
    same = {"rule": finding.rule, "user_id": finding.user_id, "person": finding.person, "begins": finding.begins}
    if Case.objects.filter(**same).exists():
        raise Refused("wrong-state", Refusals.CASE_KNOWN)
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
    "conduct.assess",
    model=Case,
    label=pgettext_lazy("button, oversight", "Assess"),
    done=_("Assessed an oversight case"),
    policy=policy.may_assess,
    starts={C.OPEN},
    ends=C.ASSESSED,
    takes=NOTE,
)
def assess_conduct_case(actor: Actor, case: Case, *, note: str) -> Case:
    """Look at it: what was read or tried, and whether it was the person's work."""
    return _step(actor, case, C.ASSESSED, note)


@action(
    "conduct.explain",
    model=Case,
    label=pgettext_lazy("button, oversight", "Explained"),
    done=_("Closed an oversight case as explained"),
    policy=policy.may_assess,
    starts={C.ASSESSED},
    ends=C.EXPLAINED,
    takes=NOTE,
)
def explain_conduct_case(actor: Actor, case: Case, *, note: str) -> Case:
    """Put it down: the person's work explains it."""
    return _step(actor, case, C.EXPLAINED, note)


@action(
    "conduct.close",
    model=Case,
    label=_("Close with an outcome"),
    done=_("Closed an oversight case with an outcome"),
    policy=policy.may_assess,
    starts={C.ASSESSED},
    ends=C.CLOSED,
    takes={
        "outcome": forms.ChoiceField(label=pgettext_lazy("field, oversight", "Outcome"), choices=Case.Outcome.choices),
        **NOTE,
    },
    danger=True,
)
def close_conduct_case(actor: Actor, case: Case, *, outcome: str, note: str) -> Case:
    """End it with what came of it."""
    case.outcome = outcome
    return _step(actor, case, C.CLOSED, note)


@action(
    "conduct.reopen",
    model=Case,
    label=pgettext_lazy("button, oversight", "Reopen"),
    done=_("Reopened an oversight case"),
    policy=policy.may_assess,
    starts={C.EXPLAINED, C.CLOSED},
    ends=C.OPEN,
    takes=NOTE,
)
def reopen_conduct_case(actor: Actor, case: Case, *, note: str) -> Case:
    """Look at it once more."""
    case.outcome = ""
    return _step(actor, case, C.OPEN, note)


@action(
    "leaver.note",
    model=Leaver,
    label=_("Record a leaver"),
    done=_("Noted that a person will leave"),
    policy=policy.may_note_leaver,
    ends=Leaver.State.NOTED,
    takes={
        "user": forms.CharField(label=pgettext_lazy("field, oversight", "Username"), max_length=150),
        "leaves_on": forms.DateField(
            label=pgettext_lazy("field, oversight", "Last day"), widget=forms.DateInput(attrs={"type": "date"})
        ),
    },
)
def note_leaver(actor: Actor, _row: None, *, user: str, leaves_on: datetime.date) -> Leaver:
    """Note that a person of one's own party is about to leave: until then much reading opens a case."""
    account = User.objects.filter(username=user, home_party_id=actor.party_code).first()
    if account is None or account.pk == actor.user_id:
        raise ValidationError({"user": _("No other person in your party has this user name.")})
    with transaction.atomic():
        known = Leaver.objects.select_for_update().filter(user=account, state=Leaver.State.NOTED).first()
        if known is not None:
            raise ValidationError({"user": _("This leaver is already recorded. Close that notice first.")})
        return Leaver.objects.create(user=account, party_id=actor.party_code, leaves_on=leaves_on)


@action(
    "leaver.end",
    model=Leaver,
    label=_("Close this leaver notice"),
    done=_("Ended a notice that a person will leave"),
    policy=policy.may_note_leaver,
    starts={Leaver.State.NOTED},
    ends=Leaver.State.ENDED,
)
def end_leaver(actor: Actor, leaver: Leaver) -> Leaver:
    """The person has left, or stays."""
    return leaver
