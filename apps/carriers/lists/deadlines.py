"""Lists of deadlines, and of changes of them."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext, pgettext_lazy

from apps.access.marking import OFFICIAL
from apps.carriers.queries import deadlines
from apps.pages.cells import Small
from apps.pages.columns import RIGHT, WIDE, Col, Day, Moment, Status, Title
from apps.pages.filters import Choice, Flag
from apps.pages.lists import Blank, List
from apps.pages.tables import Table

CONCERNS = pgettext_lazy("column, jrcc", "Applies to")
WANTED_BY = _("Send the manifest")


def _concerns(line: Any) -> str:
    row = line["it"]
    mode = pgettext("words, jrcc", "Air") if row.mode == "air" else pgettext("words, jrcc", "Sea")
    return f"{mode}, {row.get_direction_display()}, {line['craft']}"


def list_validity(line: Any) -> tuple[Small, ...]:
    """Whether a rule holds yet or no more, and until when."""
    last = line["it"].valid_to
    said = (
        pgettext("words, jrcc", "future") if line["to_come"] else "",
        pgettext("words, jrcc", "ended") if line["over"] else "",
        pgettext("words, jrcc", "until %(day)s") % {"day": Day.in_words(last)} if last else "",
    )
    return tuple(Small(words) for words in said if words)


def _whose_rules(actor: Any) -> list[tuple[str, Any]]:
    rows = deadlines.regimes(actor, timezone.now().date(), past=True)
    return list(dict.fromkeys((row.party_id, row.party.name) for row in rows))


class Deadlines(List):
    """By when each State wants a list: rules in force or to come, with the source of each."""

    of, address, key = "jrcc.regime", "jrcc:regimes", "it.pk"
    title = pgettext_lazy("heading, jrcc", "Deadlines")
    sub = _(
        "When each State requires a passenger or crew manifest. Each rule shows its source and how well it is verified."
    )
    name = _("Current and future rules")
    noun = ngettext_lazy("%(n)d rule", "%(n)d rules", "n")
    order = ""
    ordered = pgettext_lazy("order, jrcc", "by State")
    template = "jrcc/regimes.html"
    live = False
    columns = (
        Title("it.party", pgettext_lazy("column, jrcc", "State"), code="it.party_id", name="state"),
        Col("concerns", CONCERNS, value=_concerns, small="space", phone=WIDE),
        Col("when", WANTED_BY, nowrap=True, phone=WIDE),
        Day(
            "it.valid_from",
            pgettext_lazy("column, jrcc", "Since"),
            small=list_validity,
            sort="valid_from",
            name="since",
        ),
        Status("status", pgettext_lazy("column, jrcc", "Status"), value=lambda line: line["status"], phone=RIGHT),
        Col("it.source", pgettext_lazy("column, jrcc", "Source"), phone=WIDE, name="source"),
    )
    filters = (
        Choice(
            "party",
            pgettext_lazy("field, jrcc", "State"),
            "party_id",
            choices=_whose_rules,
            any_word=pgettext_lazy("choice, jrcc", "All"),
        ),
        Choice(
            "mode",
            pgettext_lazy("field, jrcc", "By"),
            choices=[("air", pgettext_lazy("choice, jrcc", "Air")), ("sea", pgettext_lazy("choice, jrcc", "Sea"))],
            any_word=_("Air and sea"),
        ),
        Choice(
            "direction",
            pgettext_lazy("field, jrcc", "Direction"),
            choices=[
                ("arrival", pgettext_lazy("choice, jrcc", "Arrival")),
                ("departure", pgettext_lazy("choice, jrcc", "Departure")),
            ],
            any_word=pgettext_lazy("choice, jrcc", "Both"),
        ),
        Flag("history", _("Include past rules"), by=lambda rows, _on, _actor: rows),
    )
    creates = ("regime_change.propose", "jrcc:regime_new")
    banner = OFFICIAL
    empty = Blank(_("No rules recorded"), _("Rules are loaded with the reference data."), "clock")

    def rows(self, before: Any = None) -> list[Any]:
        """Rules in force or to come; where the address asks for it, those of the past with them."""
        past = bool(self.asking.form.cleaned_data.get("history"))
        return list(deadlines.regimes(self.actor, timezone.now().date(), past=past))

    def lines(self, rows: list[Any]) -> list[dict[str, Any]]:
        """Rules in words."""
        today = timezone.now().date()
        return [deadlines.regime_line(row, today) for row in rows]


def name_deciders(line: Any) -> str:
    """Who proposed a change, and who decided on it."""
    return ", ".join(filter(None, (line["it"].proposed_by, line["it"].decided_by)))


Table(
    "carriers.regime_changes",
    _("Changes to deadlines"),
    (
        Title("it.party", pgettext_lazy("column, jrcc", "State"), name="state"),
        Col(
            "concerns",
            CONCERNS,
            value=lambda line: (
                f"{line['it'].get_mode_display()}, {line['it'].get_direction_display()}, {line['craft']}"
            ),
            small="space",
            phone=WIDE,
        ),
        Col("when", WANTED_BY, value=lambda line: _("the rule ends") if line["it"].ends else line["when"], nowrap=True),
        Day("it.valid_from", pgettext_lazy("column, jrcc", "From"), name="from"),
        Col("state", _("Status of the change"), value=lambda line: line["it"].get_state_display(), small=name_deciders),
    ),
    page=lambda line: reverse("jrcc:regimechange", args=[line["it"].pk]),
)


JOURNEY = Title("it", pgettext_lazy("column, jrcc", "Journey"), small=lambda one: Day.in_words(one.it.date))
BY_THIS_RULE = _("Under this rule")


def _late_then(one: Any) -> Small | None:
    return Small(pgettext("words, jrcc", "Late"), "bad", "clock") if one.late_after else None


Table(
    "carriers.touched",
    _("Journeys of the last 30 days"),
    (
        JOURNEY,
        Moment("received_at", pgettext_lazy("column, jrcc", "Manifest received"), phone=WIDE),
        Moment("before", pgettext_lazy("column, jrcc", "Deadline then"), phone=WIDE),
        Moment("after", BY_THIS_RULE, small=_late_then, phone=WIDE),
    ),
    page=lambda one: reverse("jrcc:journey", args=[one.it.pk]),
)
Table(
    "carriers.touched_to_come",
    pgettext_lazy("words, jrcc", "Expected journeys"),
    (
        JOURNEY,
        Moment("before", pgettext_lazy("column, jrcc", "Deadline now"), phone=WIDE),
        Moment("after", BY_THIS_RULE, phone=WIDE),
    ),
    page=lambda one: reverse("jrcc:expectedjourney", args=[one.it.pk]),
)
