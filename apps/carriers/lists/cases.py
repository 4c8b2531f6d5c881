"""Lists of cases against carriers, and of the laws that they rest on."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext, pgettext_lazy

from apps.access.templatetags import portal
from apps.carriers.models import PenaltyRule
from apps.carriers.queries import cases
from apps.pages.cells import Cell, Small, stack
from apps.pages.columns import RIGHT, WIDE, Col, Count, Day, Moment, Status, Title
from apps.pages.lists import Blank, Button, List
from apps.pages.tables import Table


@dataclass(frozen=True)
class Amount(Col):
    """A sum with its currency, at the right."""

    usual = "num"


class Cases(List):
    """Cases against carriers that the seat may see, newest first; and what the law of its State provides for."""

    of, address, opens, key = "jrcc.compliancecase", "jrcc:cases", "jrcc:compliancecase", "it.pk"
    title = _("Cases against carriers")
    noun = ngettext_lazy("%(n)d case", "%(n)d cases", "n")
    related = ("carrier", "party", "rule")
    template = "jrcc/cases.html"
    columns = (
        Title("it", pgettext_lazy("column, jrcc", "Case"), small=lambda line: Day.in_words(line["it"].created_at)),
        Col("it.party", pgettext_lazy("column, jrcc", "State"), name="state"),
        Col(
            "carrier",
            pgettext_lazy("column, jrcc", "Carrier"),
            value=lambda line: f"{line['it'].carrier_id} {line['it'].carrier.name}",
        ),
        Count("lists", pgettext_lazy("column, jrcc", "Manifests"), value=lambda line: len(line["it"].evidence)),
        Status("stands", pgettext_lazy("column, jrcc", "Status"), value=lambda line: line["chip"], phone=RIGHT),
        Amount("amount", pgettext_lazy("column, jrcc", "Penalty")),
    )
    creates = ("case.open", "jrcc:case_new")

    def __init__(self, request: Any, **scope: Any) -> None:
        super().__init__(request, **scope)
        self.rules = list(PenaltyRule.objects.visible_to(self.actor).filter(party=self.actor.party_code))
        self.empty = NO_CASE if self.for_carrier or self.rules else NO_LAW

    @property
    def for_carrier(self) -> bool:
        """Whether the reader is who cases are against."""
        return bool(self.actor.function == "carrier")

    def subtitle(self) -> Any:
        """What cases are, or whose they are."""
        if self.for_carrier:
            return _("Cases notified to your desk.")
        return _("Cases under your State's law on penalties. Two people decide; the carrier explains and can appeal.")

    def lines(self, rows: list[Any]) -> list[dict[str, Any]]:
        """Cases as far as the reader's side is told of them."""
        return [cases.case_line(self.actor, row) for row in rows]

    def primary(self) -> Button | None:
        """A case rests on a law."""
        return super().primary() if self.rules else None

    def more(self) -> list[Button]:
        """The laws of all States."""
        return [Button(_("Laws on penalties"), reverse("jrcc:penalties_rules"), "scale")]


NO_CASE = Blank(pgettext_lazy("words, jrcc", "No cases"), "", "landmark")
NO_LAW = Blank(
    _("No law of your State allows such cases"),
    _("When one does, propose it with its source under Laws on penalties."),
    "landmark",
)
Table(
    "carriers.penalties",
    pgettext_lazy("words, jrcc", "Penalties"),
    (
        Title("who", pgettext_lazy("column, jrcc", "Who")),
        Col("act", pgettext_lazy("column, jrcc", "Actions"), phone=WIDE),
        Col(
            "most",
            pgettext_lazy("column, jrcc", "Maximum fine"),
            value=lambda rule: f"{round(rule.most_minor / 100)} {rule.currency}",
            nowrap=True,
        ),
        Day("valid_from", pgettext_lazy("column, jrcc", "Since")),
        Col("source", pgettext_lazy("column, jrcc", "Source"), phone=WIDE),
    ),
)


def _came(fact: Any) -> Cell:
    """When the list came, or that it is missing."""
    if fact["received_at"]:
        return Cell(portal.local_time(fact["received_at"], fact["zone"]))
    return Cell(pgettext("words, jrcc", "Missing"), chip=("bad", "alert"))


def _receipts(fact: Any) -> Cell:
    return stack([Cell(one["receipt"], (Small(f"{one['sha256'][:16]}…"),), mono=True) for one in fact["receipts"]])


Table(
    "carriers.evidence",
    pgettext_lazy("words, jrcc", "Evidence"),
    (
        Title(
            "flight",
            pgettext_lazy("column, jrcc", "Journey"),
            small=lambda fact: f"{Day.in_words(fact['date'])}, {fact['role']}",
        ),
        Moment("deadline_at", pgettext_lazy("column, jrcc", "Deadline"), zone="zone"),
        Col("received_at", pgettext_lazy("column, jrcc", "Manifest received"), value=_came, nowrap=True),
        Col("receipts", pgettext_lazy("column, jrcc", "Receipts"), value=_receipts, phone=WIDE),
    ),
)
