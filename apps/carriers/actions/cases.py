"""A State's case against a carrier: notice, explanation, a decision of two persons, payment or waiver, appeal."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.grants import share
from apps.access.references import next_in
from apps.carriers import policy
from apps.carriers.models import ComplianceCase, ExpectedParty, PenaltyRule
from apps.journeys.models import Carrier, JourneyParty
from apps.manifests.models import Submission
from apps.people.queries import desk_ids

C = ComplianceCase.State
MOST_FACTS = 200
LONG = forms.Textarea(attrs={"rows": 4})


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, input_formats=["%Y-%m-%d"], help_text=pgettext_lazy("field, jrcc", "for example 2026-11-26")
    )


@action(
    "case.open",
    model=ComplianceCase,
    label=_("Open a case"),
    done=_("Opened a case against a carrier"),
    policy=policy.may_open_case,
    ends=C.OPEN,
    takes={
        "carrier": forms.CharField(label=pgettext_lazy("field, jrcc", "Carrier"), max_length=3),
        "first": _day(_("First day of travel")),
        "last": _day(_("Last day of travel")),
        "facts": forms.CharField(label=_("Facts alleged against the carrier"), max_length=1000, widget=LONG),
    },
)
def open_carrier_case(
    actor: Actor, _row: None, *, carrier: str, first: datetime.date, last: datetime.date, facts: str
) -> ComplianceCase:
    """Open a case on the late and missing lists of some days; their receipts are frozen into it as evidence."""
    today, state = timezone.now().date(), actor.party_code
    rules = PenaltyRule.objects.filter(party=state, valid_from__lte=last)
    rule = rules.filter(Q(valid_to=None) | Q(valid_to__gt=first)).order_by("-valid_from").first()
    if rule is None:
        raise ValidationError(_("Your State has no law in force for a case on these dates."))
    known = Carrier.objects.filter(pk=carrier.upper()).first()
    if known is None:
        raise ValidationError({"carrier": _("No carrier has this designator.")})
    evidence = _evidence(state, known, first, last)
    if not evidence:
        raise ValidationError(
            {"first": _("This carrier had no late or missing manifest for your State on these dates.")}
        )
    row = ComplianceCase.objects.create(
        owner_id=actor.desk_id,
        originator_id=state,
        party_id=state,
        reference=f"{state}-C-{today.year}-{next_in(f'{state}-C-{today.year}'):03}",
        carrier=known,
        rule=rule,
        evidence=evidence,
        facts=facts,
    )
    share(actor, row, [actor.desk_id, *desk_ids(f"{state}.border", f"{state}.ministry")])
    return row


def _evidence(state: str, carrier: Carrier, first: datetime.date, last: datetime.date) -> list[dict[str, Any]]:
    """Late and missing lists of a State with the receipts that exist, as plain facts."""
    late = JourneyParty.objects.filter(
        party=state, journey__carrier=carrier, journey__date__range=(first, last), received_at__gt=F("deadline_at")
    )
    late = late.select_related("journey").order_by("journey__date", "pk")[:MOST_FACTS]
    receipts: dict[Any, list[dict[str, Any]]] = {}
    columns = ("journey_id", "receipt", "sha256", "created_at", "grade")
    sent = Submission.objects.filter(journey__in=[row.journey_id for row in late]).order_by("created_at")
    for journey, receipt, sha256, at, grade in sent.values_list(*columns):
        one = {"receipt": receipt, "sha256": sha256, "received_at": at.isoformat(), "grade": grade}
        receipts.setdefault(journey, []).append(one)
    facts = [_fact(row.journey, row, row.received_at, receipts.get(row.journey_id, [])) for row in late]
    missing = ExpectedParty.objects.filter(
        party=state, expected__carrier=carrier, expected__date__range=(first, last), expected__state="missing"
    )
    missing = missing.select_related("expected").order_by("expected__date", "pk")[:MOST_FACTS]
    return facts + [_fact(row.expected, row, None, []) for row in missing]


def _fact(journey: Any, row: Any, received: Any, receipts: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "flight": str(journey),
        "date": journey.date.isoformat(),
        "role": row.role,
        "deadline_at": row.deadline_at.isoformat(),
        "received_at": received.isoformat() if received else None,
        "receipts": receipts,
    }


@action(
    "case.notify",
    model=ComplianceCase,
    label=pgettext_lazy("button, jrcc", "Give notice to the carrier"),
    done=_("Gave a carrier notice of a case"),
    policy=policy.may_open_case,
    starts={C.OPEN},
    ends=C.NOTIFIED,
    danger=True,
)
def notify_carrier_of_case(actor: Actor, row: ComplianceCase) -> ComplianceCase:
    """Give the carrier notice of the case: its desk sees facts and evidence from now on, and may explain."""
    if row.carrier.party_id:
        share(actor, row, desk_ids(f"{row.carrier.party_id}.carrier"), basis=row.rule.source[:80])
    return row


@action(
    "case.explain",
    model=ComplianceCase,
    label=pgettext_lazy("button, jrcc", "Explain"),
    done=_("Explained a case as the carrier"),
    policy=policy.may_answer_case,
    starts={C.NOTIFIED},
    ends=C.EXPLAINED,
    takes={
        "explanation": forms.CharField(label=pgettext_lazy("field, jrcc", "Explanation"), max_length=2000, widget=LONG)
    },
)
def explain_carrier_case(actor: Actor, row: ComplianceCase, *, explanation: str) -> ComplianceCase:
    """Say as the carrier how it came about."""
    row.explanation = explanation
    return row


@action(
    "case.decide",
    model=ComplianceCase,
    label=_("Propose a decision"),
    done=_("Proposed the decision of a case"),
    policy=policy.may_open_case,
    starts={C.NOTIFIED, C.EXPLAINED, C.APPEALED},
    ends=C.PROPOSED,
    takes={
        "proposed": forms.ChoiceField(
            label=pgettext_lazy("field, jrcc", "Decision"),
            choices=[
                ("penalty", pgettext_lazy("choice, jrcc", "Penalty")),
                ("waived", _("Waived: good faith accepted")),
            ],
        ),
        "amount": forms.DecimalField(
            label=pgettext_lazy("field, jrcc", "Amount"),
            required=False,
            min_value=1,
            max_digits=9,
            decimal_places=2,
            help_text=_("in the currency of the law"),
        ),
        "grounds": forms.CharField(label=pgettext_lazy("field, jrcc", "Grounds"), max_length=1000, widget=LONG),
    },
)
def decide_carrier_case(
    actor: Actor, row: ComplianceCase, *, proposed: str, grounds: str, amount: Any = None
) -> ComplianceCase:
    """Propose a penalty within the law, or a waiver; a second person of the State confirms it."""
    minor = round(amount * 100) if amount else None
    if proposed == "penalty" and (minor is None or minor > row.rule.most_minor):
        text = _("Enter an amount up to %(most)s %(currency)s.")
        told = text % {"most": row.rule.most_minor // 100, "currency": row.rule.currency}
        raise ValidationError({"amount": told})
    row.proposed, row.grounds = proposed, grounds
    row.amount_minor = minor if proposed == "penalty" else None
    row.decided_by_user_id, row.decided_by, row.confirmed_by = actor.user_id, actor.person, ""
    return row


@action(
    "case.confirm",
    model=ComplianceCase,
    label=pgettext_lazy("button, jrcc", "Confirm"),
    done=_("Confirmed the decision of a case"),
    policy=policy.may_decide_case,
    starts={C.PROPOSED},
    ends={C.PENALTY, C.WAIVED},
    danger=True,
)
def confirm_carrier_case(actor: Actor, row: ComplianceCase) -> ComplianceCase:
    """Set the penalty, or waive it, as the second person."""
    row.confirmed_by, row.state = actor.person, row.proposed
    return row


@action(
    "case.return",
    model=ComplianceCase,
    label=pgettext_lazy("button, jrcc", "Send back"),
    done=_("Gave the decision of a case back"),
    policy=policy.may_decide_case,
    starts={C.PROPOSED},
    ends={C.EXPLAINED, C.NOTIFIED, C.APPEALED},
    danger=True,
)
def return_carrier_case(actor: Actor, row: ComplianceCase) -> ComplianceCase:
    """Say as the second person that it has to be decided otherwise."""
    row.state = C.APPEALED if row.appeal else C.EXPLAINED if row.explanation else C.NOTIFIED
    return row


@action(
    "case.appeal",
    model=ComplianceCase,
    label=pgettext_lazy("button, jrcc", "Appeal"),
    done=_("Appealed against a penalty"),
    policy=policy.may_answer_case,
    starts={C.PENALTY},
    ends=C.APPEALED,
    takes={"appeal": forms.CharField(label=_("Grounds for appeal"), max_length=2000, widget=LONG)},
)
def appeal_carrier_case(actor: Actor, row: ComplianceCase, *, appeal: str) -> ComplianceCase:
    """Appeal as the carrier; the State decides anew, by two persons."""
    row.appeal = appeal
    return row


@action(
    "case.pay",
    model=ComplianceCase,
    label=_("Record the payment"),
    done=_("Recorded the payment of a penalty"),
    policy=policy.may_open_case,
    starts={C.PENALTY},
    ends=C.PAID,
    takes={"paid_on": _day(pgettext_lazy("field, jrcc", "Paid on"))},
)
def record_case_payment(actor: Actor, row: ComplianceCase, *, paid_on: datetime.date) -> ComplianceCase:
    """Record that the penalty was paid."""
    row.paid_on = paid_on
    return row
