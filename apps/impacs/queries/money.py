"""What is free on a budget line, per donor and per clause. Computed, never stored; whole minor units."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from apps.access.actor import Actor
from apps.council.queries.audience import members
from apps.impacs.models import BudgetLine, Commitment, ExchangeRate, Expenditure, SpendingCategory

ministries = members


def category_choices() -> list[tuple[str, str]]:
    """(code, name) of what money is spent on."""
    return [(row.code, row.name) for row in SpendingCategory.objects.order_by("name")]


def rate_on(base: str, quote: str, day: datetime.date) -> tuple[Decimal, datetime.date] | None:
    """(rate, the day from which it holds) on record for a day, either way round; None if there is none."""
    rows = ExchangeRate.objects.filter(valid_from__lte=day).order_by("-valid_from")
    row = rows.filter(Q(base=base, quote=quote) | Q(base=quote, quote=base)).first()
    if row is None:
        return None
    rate = row.rate if row.base == base else (Decimal(1) / row.rate).quantize(Decimal("0.00000001"))
    return rate, row.valid_from


@dataclass(frozen=True, slots=True)
class Standing:
    """A budget line in its fund's currency: approved, promised, paid (of that without a promise), and free."""

    line: Any
    committed: int
    spent: int
    spent_uncommitted: int

    @property
    def free(self) -> int:
        """approved - committed - spent without a commitment (governance notes, 7.1)."""
        return int(self.line.approved_minor) - self.committed - self.spent_uncommitted

    @property
    def currency(self) -> str:
        """ISO 4217."""
        return str(self.line.fund.currency)

    @property
    def used_pct(self) -> int:
        """What is no longer free, in per cent of what was approved."""
        approved = int(self.line.approved_minor)
        return round(100 * (approved - self.free) / approved) if approved else 0


def read_line_standings(lines: Iterable[Any]) -> list[Standing]:
    """How each of the loaded lines stands. Two queries."""
    rows = list(lines)
    committed = _sums(Commitment.objects.filter(line__in=rows))
    paid = Expenditure.objects.filter(line__in=rows).values("line_id")
    spent = {
        row["line_id"]: (row["all"] or 0, row["bare"] or 0)
        for row in paid.annotate(all=Sum("line_minor"), bare=Sum("line_minor", filter=Q(commitment=None)))
    }
    return [Standing(row, committed.get(row.pk, 0), *spent.get(row.pk, (0, 0))) for row in rows]


def _sums(rows: Any) -> dict[Any, int]:
    return {row["line_id"]: row["all"] for row in rows.values("line_id").annotate(all=Sum("line_minor"))}


def find_budget_lines(actor: Actor, year: int | None = None) -> list[Standing]:
    """Lines that the actor sees, newest year first. Three queries."""
    rows = BudgetLine.objects.visible_to(actor).select_related("fund", "programme")
    if year:
        rows = rows.filter(year=year)
    return read_line_standings(rows.order_by("-year", "programme__code", "title"))


def free_of(line: BudgetLine) -> int:
    """What is free on a locked line."""
    return read_line_standings([line])[0].free


def left_of(row: Commitment) -> int:
    """What is left of a commitment."""
    paid = Expenditure.objects.filter(commitment=row).aggregate(all=Sum("line_minor"))["all"] or 0
    return int(row.line_minor) - paid


def commitment_choices(line: BudgetLine) -> list[tuple[str, str]]:
    """(key, words) of the commitments of a line, newest first."""
    rows = Commitment.objects.filter(line=line).order_by("-pk")
    return [(str(row.pk), f"{row.text}, {write_amount(row.line_minor, line.fund.currency)}") for row in rows]


def write_amount(minor: int, currency: str) -> str:
    """ "12 500.50 USD"."""
    whole, cents = divmod(abs(minor), 100)
    sign = "\N{MINUS SIGN}" if minor < 0 else ""
    return f"{sign}{whole:,}.{cents:02} {currency}".replace(",", "\N{NO-BREAK SPACE}")


@dataclass(frozen=True, slots=True)
class Share:
    """What a donor or a clause took, in one currency."""

    name: str
    currency: str
    approved: int
    committed: int
    spent: int


def per_donor(found: Iterable[Standing]) -> list[Share]:
    """The lines by fund, sums in the fund's currency."""
    by: dict[Any, list[Standing]] = {}
    for one in found:
        by.setdefault(one.line.fund, []).append(one)
    return [
        Share(
            f"{fund.name} ({fund.donor})" if fund.donor else fund.name,
            fund.currency,
            sum(one.line.approved_minor for one in ones),
            sum(one.committed for one in ones),
            sum(one.spent for one in ones),
        )
        for fund, ones in sorted(by.items(), key=lambda pair: pair[0].code)
    ]


def per_clause(actor: Actor, year: int | None = None) -> list[Share]:
    """What was promised and paid for tasks under each clause, by currency of the line. Two queries."""
    sums: dict[tuple[str, str], list[int]] = {}
    for place, model in enumerate((Commitment, Expenditure)):
        rows = model.objects.visible_to(actor).exclude(task=None)
        if year:
            rows = rows.filter(line__year=year)
        named = rows.values(
            "task__mandate__decision__number", "task__mandate__clause__number", "line__fund__currency"
        ).annotate(all=Sum("line_minor"))
        for row in named:
            number = row["task__mandate__decision__number"]
            name = f"{number}, {row['task__mandate__clause__number']}" if number else ""
            sums.setdefault((name, row["line__fund__currency"]), [0, 0])[place] += row["all"]
    return [Share(name, currency, 0, *both) for (name, currency), both in sorted(sums.items())]


def years(actor: Actor) -> set[int]:
    """Years that have lines."""
    return set(BudgetLine.objects.visible_to(actor).values_list("year", flat=True))


def names_of(codes: Iterable[str]) -> list[str]:
    """Names of categories of spending."""
    rows = SpendingCategory.objects.filter(pk__in=list(codes)).order_by("name")
    return list(rows.values_list("name", flat=True))


def amounts(actor: Actor, line: BudgetLine) -> list[dict[str, Any]]:
    """Everything that was promised and paid on a line, the latest day first. Two queries."""
    found = []
    for model, kind in ((Commitment, "committed"), (Expenditure, "paid")):
        rows = model.objects.visible_to(actor).filter(line=line).select_related("task", "category")
        found += [{"kind": kind, "row": row} for row in rows]
    return sorted(found, key=lambda one: (one["row"].on, one["row"].at), reverse=True)
