"""Small tables of the States' dated rules and of changes of them, whatever the rules are about."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags import portal
from apps.carriers.lists.deadlines import list_validity, name_deciders
from apps.pages.cells import Cell, Small
from apps.pages.columns import WIDE, Col, Day, Status, Title
from apps.pages.tables import Table


def _says(line: Any) -> Cell:
    """The rule in words, or that it ends."""
    first, *rest = (value for _word, value in line["facts"])
    ends = line["it"].ends
    return Cell(first, (Small(_("the rule ends") if ends else ", ".join(str(value) for value in rest[:2])),))


Table(
    "carriers.rule_changes",
    pgettext_lazy("heading, jrcc", "Rule changes"),
    (
        Title(
            "state",
            pgettext_lazy("column, jrcc", "State"),
            value=lambda line: line["it"].party or pgettext("link, jrcc", "All others"),
        ),
        Col("rule", pgettext_lazy("column, jrcc", "Rule"), value=_says, phone=WIDE),
        Day("it.valid_from", pgettext_lazy("column, jrcc", "From"), name="from"),
        Status("status", pgettext_lazy("column, jrcc", "Status"), value=lambda line: line["chip"], small=name_deciders),
    ),
    page=lambda line: str(line["url"]),
)


def _whose(line: Any) -> Cell:
    party = line["it"].party
    if party is None:
        return Cell(pgettext("column, jrcc", "All others"))
    return Cell(party.name, (Small(party.code, "ref"),))


def _source(line: Any) -> Cell:
    """How sure the rule is, and where it stands written."""
    source = line["it"].source
    if line["status"] is None:
        return Cell(source)
    return Cell(portal.chip(*line["status"]), (Small(source),) if source else ())


Table(
    "carriers.rules",
    _("Current and future rules"),
    (Title("state", pgettext_lazy("column, jrcc", "State"), value=_whose),),
)


def _fact(n: int) -> Callable[[Any], Any]:
    return lambda line: line["facts"][n][1]


def columns_of_rules(lines: Sequence[Any]) -> list[Col]:
    """What rules of a kind say, as far as they are told apart by it; then since when, and the source."""
    said = enumerate(lines[0]["facts"] if lines else ())
    facts = [Col(f"fact{n}", word, value=_fact(n), phone=WIDE) for n, (word, _value) in said]
    return [
        *facts,
        Day("it.valid_from", pgettext_lazy("column, jrcc", "Since"), small=list_validity, name="since"),
        Col("source", pgettext_lazy("column, jrcc", "Source"), value=_source, phone=WIDE),
    ]
