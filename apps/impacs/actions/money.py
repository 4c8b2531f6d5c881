"""Funds, budget lines, and the money that leaves them: promised and paid, never above what is free."""

import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.access.sharing import share
from apps.council.actions.paper_fields import Narrowed
from apps.impacs.actions import task_fields as fields
from apps.impacs.actions.task_progress import today
from apps.impacs.models import BudgetLine, Commitment, Expenditure, Fund, Programme, SpendingCategory, Task
from apps.impacs.policy import tasks as policy
from apps.impacs.queries import money as queries
from apps.people.queries import desk_ids

CODE = r"^[A-Z0-9][A-Z0-9-]{1,18}[A-Z0-9]$"
CODE_SENTENCE = _("Write 3 to 20 capital letters, digits and hyphens, for example EDF-11.")
AGENCY = ("IMPACS.secretariat", "IMPACS.automation")
PLAN_DESKS = (*AGENCY, "JRCC.watch", "RIFC.analysis", "CCS.ministry")


def _code(label: Any) -> forms.RegexField:
    return forms.RegexField(CODE, label=label, max_length=20, error_messages={"invalid": CODE_SENTENCE})


@action(
    "programme.create",
    model=Programme,
    label=_("New programme"),
    policy=policy.may_direct,
    ends=Programme.State.OPEN,
    takes={
        "code": _code(_("Code")),
        "title": forms.CharField(label=_("Title"), max_length=160),
        "valid_from": fields.day(_("From"), required=True),
        "valid_to": fields.day(_("First day on which it no longer runs")),
    },
)
def create_programme(
    actor: Actor,
    _row: None,
    *,
    code: str,
    title: str,
    valid_from: datetime.date,
    valid_to: datetime.date | None = None,
) -> Programme:
    """Begin a strand of the agency's work; the Member States see its name on tasks under their mandates."""
    _ask_for_period(valid_from, valid_to)
    if Programme.objects.filter(code=code).exists():
        raise ValidationError({"code": _now("There is a programme of this code. Choose another one.")})
    row = Programme.objects.create(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        code=code,
        title=title,
        valid_from=valid_from,
        valid_to=valid_to,
        changed_by_seat_id=actor.seat_id,
    )
    share(actor, row, {*desk_ids(*PLAN_DESKS), *queries.ministries(today(actor))})
    return row


def _ask_for_period(first: datetime.date, end: datetime.date | None) -> None:
    if end is not None and end <= first:
        raise ValidationError({"valid_to": _now("This is not after the first day. Enter a later one.")})


@action(
    "fund.create",
    model=Fund,
    label=_("New fund"),
    policy=policy.may_direct,
    ends=Fund.State.OPEN,
    takes={
        "code": _code(_("Code")),
        "name": forms.CharField(label=_("Name"), max_length=160),
        "kind": forms.ChoiceField(label=_("Kind"), choices=Fund.Kind.choices),
        "donor": forms.CharField(label=_("Donor"), required=False, max_length=160),
        "currency": fields.currency(required=True),
        "valid_from": fields.day(_("From"), required=True),
        "valid_to": fields.day(_("First day on which nothing can be committed any more")),
        "eligible": forms.MultipleChoiceField(
            label=_("Pays for"),
            required=False,
            choices=queries.category_choices,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("none chosen: everything"),
        ),
        "earmark": forms.CharField(label=_("Earmarked for"), required=False, max_length=300),
    },
)
def create_fund(actor: Actor, _row: None, **given: Any) -> Fund:
    """Record assessed contributions or a donor's grant with its period and its conditions."""
    _ask_for_period(given["valid_from"], given.get("valid_to"))
    if given["kind"] == Fund.Kind.GRANT and not given.get("donor", "").strip():
        raise ValidationError({"donor": _now("Write who gives the grant.")})
    if Fund.objects.filter(code=given["code"]).exists():
        raise ValidationError({"code": _now("There is a fund of this code. Choose another one.")})
    eligible = given.pop("eligible", [])
    row = Fund.objects.create(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        changed_by_seat_id=actor.seat_id,
        eligible_categories=eligible,
        **given,
    )
    share(actor, row, desk_ids(*AGENCY))
    return row


@action(
    "budget_line.create",
    model=BudgetLine,
    label=_("New budget line"),
    policy=policy.may_direct,
    ends=BudgetLine.State.OPEN,
    takes={
        "year": forms.IntegerField(label=_("Year"), min_value=2006, max_value=2100),
        "programme": fields.Chosen(fields.choices.programmes, label=_("Programme")),
        "fund": fields.Chosen(fields.choices.funds, label=_("Fund")),
        "title": forms.CharField(label=_("Title"), max_length=160),
        "approved": fields.money(_("Approved, in the fund's currency"), required=True),
    },
)
def create_line(
    actor: Actor, _row: None, *, year: int, programme: str, fund: str, title: str, approved: Decimal
) -> BudgetLine:
    """Record what was approved for a programme in a year from a fund."""
    of = Programme.objects.visible_to(actor).filter(code=programme).first()
    source = Fund.objects.visible_to(actor).filter(code=fund).first()
    if of is None:
        raise ValidationError({"programme": _now("There is no programme %(code)s.") % {"code": programme}})
    if source is None:
        raise ValidationError({"fund": _now("There is no fund %(code)s.") % {"code": fund}})
    if BudgetLine.objects.filter(year=year, programme=of, fund=source, title=title).exists():
        raise ValidationError({"title": _now("There is a line of this title in that year and programme.")})
    row = BudgetLine.objects.create(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        changed_by_seat_id=actor.seat_id,
        year=year,
        programme=of,
        fund=source,
        title=title,
        approved_minor=fields.minor(approved),
    )
    share(actor, row, desk_ids(*AGENCY))
    return row


def _amount_fields() -> dict[str, forms.Field]:
    return {
        "amount": fields.money(_("Amount"), required=True),
        "currency": fields.currency(),
        "on": fields.day(_("Day"), required=True),
        "category": fields.Chosen(fields.choices.categories, label=_("For")),
        "text": forms.CharField(label=_("Document and purpose"), max_length=200),
        "task": fields.Chosen(fields.choices.tasks, label=_("Task"), required=False),
        "rate": forms.DecimalField(
            label=_("Exchange rate"),
            required=False,
            min_value=Decimal("0.00000001"),
            max_digits=18,
            decimal_places=8,
            help_text=_("the line's currency for one unit; empty: the rate on record"),
        ),
    }


class Commitments(Narrowed):
    """A commitment of the line at hand, by key."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer those that the line has."""
        none = _("None: paid without one")
        self.choices = [("", none), *(queries.commitment_choices(row) if row is not None else [])]


@action(
    "budget_line.commit",
    model=BudgetLine,
    label=_("Commit"),
    policy=policy.may_spend,
    starts={BudgetLine.State.OPEN},
    ends=BudgetLine.State.OPEN,
    takes=_amount_fields(),
)
def commit(actor: Actor, line: BudgetLine, **given: Any) -> BudgetLine:
    """Promise money of the line: within the fund's period and categories, and not more than is free."""
    columns = _columns(actor, line, given)
    _ask_whether_free(line, columns["line_minor"])
    Commitment.objects.create(line=line, **columns)
    return line


@action(
    "budget_line.spend",
    model=BudgetLine,
    label=_("Record a payment"),
    policy=policy.may_spend,
    starts={BudgetLine.State.OPEN},
    ends=BudgetLine.State.OPEN,
    takes={
        **_amount_fields(),
        "commitment": Commitments(label=_("Out of the commitment"), required=False),
    },
)
def spend(actor: Actor, line: BudgetLine, *, commitment: str = "", **given: Any) -> BudgetLine:
    """Record a payment, out of a commitment or without one; never more than was promised, or than is free."""
    promised = _commitment(line, commitment)
    columns = _columns(actor, line, given, paid=promised is not None)
    if promised is None:
        _ask_whether_free(line, columns["line_minor"])
    else:
        left = queries.left_of(promised)
        if columns["line_minor"] > left:
            sentence = _now("Only %(left)s of this commitment is left. Commit the rest first.")
            raise ValidationError({"amount": sentence % {"left": queries.in_words(left, line.fund.currency)}})
    Expenditure.objects.create(line=line, commitment=promised, **columns)
    return line


def _commitment(line: BudgetLine, key: str) -> Commitment | None:
    if not key:
        return None
    found = Commitment.objects.filter(line=line, pk=fields.key_of(key)).first()
    if found is None:
        raise ValidationError({"commitment": _now("This line has no commitment of this key.")})
    return found


def _columns(actor: Actor, line: BudgetLine, given: dict[str, Any], *, paid: bool = False) -> dict[str, Any]:
    """The columns of an amount, with what it is in the line's currency; ValidationError at the field at fault."""
    if not given["amount"]:
        raise ValidationError({"amount": _now("Write an amount above nothing, for example 12500.50.")})
    category = SpendingCategory.objects.filter(pk=given["category"]).first()
    if category is None:
        raise ValidationError({"category": _now("There is no category %(code)s.") % {"code": given["category"]}})
    _ask_for_conditions(line.fund, given["on"], category, paid=paid)
    rows = Task.objects.visible_to(actor, "work")
    task = fields.seen(rows, actor, given.get("task", ""), "task", _now("There is no task of this key that you see."))
    currency = given.get("currency") or line.fund.currency
    rate, rate_on = _rate(currency, line.fund.currency, given)
    amount = fields.minor(given["amount"])
    exact = (Decimal(amount) * rate).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return {
        "task": task,
        "on": given["on"],
        "category": category,
        "text": given["text"],
        "amount_minor": amount,
        "currency": currency,
        "rate": rate,
        "rate_on": rate_on,
        "line_minor": int(exact),
        "seat_id": actor.seat_id,
    }


def _ask_for_conditions(fund: Fund, day: datetime.date, category: SpendingCategory, *, paid: bool) -> None:
    """What the donor asks for. What was promised in time can be paid later."""
    ends = fund.valid_to
    if day < fund.valid_from:
        sentence = _now("The fund %(fund)s begins on %(day)s only. Enter that day or a later one.")
        raise ValidationError({"on": sentence % {"fund": fund.code, "day": _shown(fund.valid_from)}})
    if ends is not None and day >= ends and not paid:
        sentence = _now("The fund %(fund)s ended on %(day)s: nothing can be committed any more.")
        raise ValidationError({"on": sentence % {"fund": fund.code, "day": _shown(ends)}})
    if fund.eligible_categories and category.code not in fund.eligible_categories:
        names = SpendingCategory.objects.filter(pk__in=fund.eligible_categories).values_list("name", flat=True)
        sentence = _now("%(fund)s does not pay for: %(category)s. It pays for: %(names)s.")
        told = {"fund": fund.code, "category": category.name, "names": ", ".join(sorted(names))}
        raise ValidationError({"category": sentence % told})


def _shown(day: datetime.date) -> str:
    return f"{day.day} {day:%b %Y}"


def _rate(currency: str, into: str, given: dict[str, Any]) -> tuple[Decimal, datetime.date]:
    """(rate, the day from which it holds)."""
    if currency == into:
        return Decimal(1), given["on"]
    if given.get("rate"):
        return given["rate"], given["on"]
    found = queries.rate_on(currency, into, given["on"])
    if found is None:
        sentence = _now("There is no rate from %(base)s to %(quote)s on that day. Write the rate of your bank.")
        raise ValidationError({"rate": sentence % {"base": currency, "quote": into}})
    return found


def _ask_whether_free(line: BudgetLine, minor: int) -> None:
    free = queries.free_of(line)
    if minor > free:
        sentence = _now("Only %(free)s is free on this line; this would take %(wanted)s.")
        told = {
            "free": queries.in_words(free, line.fund.currency),
            "wanted": queries.in_words(minor, line.fund.currency),
        }
        raise ValidationError({"amount": sentence % told})
