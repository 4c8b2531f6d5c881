"""Funds, budget lines, and the money that leaves them: promised and paid, never above what is free."""

import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.grants import share
from apps.council.papers.actions.fields import Narrowed
from apps.impacs.models import BudgetLine, Commitment, Expenditure, Fund, Programme, SpendingCategory, Task
from apps.impacs.plan.actions import fields
from apps.impacs.plan.actions.progress import today
from apps.impacs.plan.policy import tasks as policy
from apps.impacs.plan.queries import choices
from apps.impacs.queries import money as queries
from apps.people.queries import desk_ids

CODE = r"^[A-Z0-9][A-Z0-9-]{1,18}[A-Z0-9]$"
CODE_SENTENCE = _("Enter 3 to 20 capital letters, digits and hyphens, for example EDF-11.")
AGENCY = ("IMPACS.secretariat", "IMPACS.automation")
PLAN_DESKS = (*AGENCY, "JRCC.watch", "RIFC.analysis", "CCS.ministry")


def _code(label: Any) -> forms.RegexField:
    return forms.RegexField(CODE, label=label, max_length=20, error_messages={"invalid": CODE_SENTENCE})


@action(
    "programme.create",
    model=Programme,
    label=pgettext_lazy("button, impacs", "New programme"),
    done=_("Created a programme"),
    policy=policy.may_direct,
    ends=Programme.State.OPEN,
    takes={
        "code": _code(pgettext_lazy("field, impacs", "Code")),
        "title": forms.CharField(label=pgettext_lazy("field, impacs", "Title"), max_length=160),
        "valid_from": fields.day(pgettext_lazy("field, impacs", "From"), required=True),
        "valid_to": fields.day(_("First day after it ends")),
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
        raise ValidationError({"code": _now("A programme with this code already exists. Enter another code.")})
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
    label=pgettext_lazy("button, impacs", "New fund"),
    done=_("Created a fund"),
    policy=policy.may_direct,
    ends=Fund.State.OPEN,
    takes={
        "code": _code(pgettext_lazy("field, impacs", "Code")),
        "name": forms.CharField(label=pgettext_lazy("field, impacs", "Name"), max_length=160),
        "kind": forms.ChoiceField(label=pgettext_lazy("field, impacs", "Kind"), choices=Fund.Kind.choices),
        "donor": forms.CharField(label=pgettext_lazy("field, impacs", "Donor"), required=False, max_length=160),
        "currency": fields.currency(required=True),
        "valid_from": fields.day(pgettext_lazy("field, impacs", "From"), required=True),
        "valid_to": fields.day(_("First day after commitments close")),
        "eligible": forms.MultipleChoiceField(
            label=pgettext_lazy("field, impacs", "Pays for"),
            required=False,
            choices=queries.category_choices,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("If none is chosen: everything"),
        ),
        "earmark": forms.CharField(
            label=pgettext_lazy("field, impacs", "Earmarked for"), required=False, max_length=300
        ),
    },
)
def create_fund(actor: Actor, _row: None, **given: Any) -> Fund:
    """Record assessed contributions or a donor's grant with its period and its conditions."""
    _ask_for_period(given["valid_from"], given.get("valid_to"))
    if given["kind"] == Fund.Kind.GRANT and not given.get("donor", "").strip():
        raise ValidationError({"donor": _now("Enter who gives the grant.")})
    if Fund.objects.filter(code=given["code"]).exists():
        raise ValidationError({"code": _now("A fund with this code already exists. Enter another code.")})
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
    done=_("Created a budget line"),
    policy=policy.may_direct,
    ends=BudgetLine.State.OPEN,
    takes={
        "year": forms.IntegerField(label=pgettext_lazy("field, impacs", "Year"), min_value=2006, max_value=2100),
        "programme": fields.Chosen(choices.programmes, label=pgettext_lazy("field, impacs", "Programme")),
        "fund": fields.Chosen(choices.funds, label=pgettext_lazy("field, impacs", "Fund")),
        "title": forms.CharField(label=pgettext_lazy("field, impacs", "Title"), max_length=160),
        "approved": fields.money(_("Approved, in the fund's currency"), required=True),
    },
)
def create_budget_line(
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
        raise ValidationError(
            {"title": _now("A line with this title already exists in that year and programme. Enter another title.")}
        )
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
        "amount": fields.money(pgettext_lazy("words, impacs", "Amount"), required=True),
        "currency": fields.currency(),
        "on": fields.day(pgettext_lazy("words, impacs", "Day"), required=True),
        "category": fields.Chosen(choices.categories, label=pgettext_lazy("field, impacs", "Purpose")),
        "text": forms.CharField(label=_("Document and purpose"), max_length=200),
        "task": fields.Chosen(choices.tasks, label=pgettext_lazy("field, impacs", "Task"), required=False),
        "rate": forms.DecimalField(
            label=pgettext_lazy("field, impacs", "Exchange rate"),
            required=False,
            min_value=Decimal("0.00000001"),
            max_digits=18,
            decimal_places=8,
            help_text=_("Amount in the line's currency for one unit; leave empty for the recorded rate"),
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
    label=pgettext_lazy("button, impacs", "Commit"),
    done=_("Committed money of a budget line"),
    policy=policy.may_spend,
    starts={BudgetLine.State.OPEN},
    ends=BudgetLine.State.OPEN,
    takes=_amount_fields(),
)
def commit_budget(actor: Actor, line: BudgetLine, **given: Any) -> BudgetLine:
    """Promise money of the line: within the fund's period and categories, and not more than is free."""
    columns = _columns(actor, line, given)
    _ask_whether_free(line, columns["line_minor"])
    Commitment.objects.create(line=line, **columns)
    return line


@action(
    "budget_line.spend",
    model=BudgetLine,
    label=_("Record a payment"),
    done=_("Recorded a payment from a budget line"),
    policy=policy.may_spend,
    starts={BudgetLine.State.OPEN},
    ends=BudgetLine.State.OPEN,
    takes={
        **_amount_fields(),
        "commitment": Commitments(label=pgettext_lazy("field, impacs", "From commitment"), required=False),
    },
)
def spend_budget(actor: Actor, line: BudgetLine, *, commitment: str = "", **given: Any) -> BudgetLine:
    """Record a payment, out of a commitment or without one; never more than was promised, or than is free."""
    promised = _commitment(line, commitment)
    columns = _columns(actor, line, given, paid=promised is not None)
    if promised is None:
        _ask_whether_free(line, columns["line_minor"])
    else:
        left = queries.left_of(promised)
        if columns["line_minor"] > left:
            sentence = _now("Only %(left)s of this commitment is left. Commit the rest first.")
            raise ValidationError({"amount": sentence % {"left": queries.write_amount(left, line.fund.currency)}})
    Expenditure.objects.create(line=line, commitment=promised, **columns)
    return line


def _commitment(line: BudgetLine, key: str) -> Commitment | None:
    if not key:
        return None
    found = Commitment.objects.filter(line=line, pk=fields.key_of(key)).first()
    if found is None:
        raise ValidationError({"commitment": _now("This line has no commitment with this ID.")})
    return found


def _columns(actor: Actor, line: BudgetLine, given: dict[str, Any], *, paid: bool = False) -> dict[str, Any]:
    """The columns of an amount, with what it is in the line's currency; ValidationError at the field at fault."""
    if not given["amount"]:
        raise ValidationError({"amount": _now("Enter an amount above 0, for example 12500.50.")})
    category = SpendingCategory.objects.filter(pk=given["category"]).first()
    if category is None:
        raise ValidationError({"category": _now("There is no category %(code)s.") % {"code": given["category"]}})
    _ask_for_conditions(line.fund, given["on"], category, paid=paid)
    rows = Task.objects.visible_to(actor, "work")
    task = fields.seen(
        rows, actor, given.get("task", ""), "task", _now("There is no task with this ID that you can see.")
    )
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
        sentence = _now("Fund %(fund)s begins on %(day)s. Enter that day or a later one.")
        raise ValidationError({"on": sentence % {"fund": fund.code, "day": _shown(fund.valid_from)}})
    if ends is not None and day >= ends and not paid:
        sentence = _now("Fund %(fund)s ended on %(day)s. No new commitments are possible.")
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
        sentence = _now("There is no rate from %(base)s to %(quote)s on that day. Enter your bank's rate.")
        raise ValidationError({"rate": sentence % {"base": currency, "quote": into}})
    return found


def _ask_whether_free(line: BudgetLine, minor: int) -> None:
    free = queries.free_of(line)
    if minor > free:
        sentence = _now("Only %(free)s is available on this line; this needs %(wanted)s.")
        told = {
            "free": queries.write_amount(free, line.fund.currency),
            "wanted": queries.write_amount(minor, line.fund.currency),
        }
        raise ValidationError({"amount": sentence % told})
