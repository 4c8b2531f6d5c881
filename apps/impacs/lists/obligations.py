"""The list of what one's own State has to do, as it is declared."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy, pgettext, pgettext_lazy

from apps.access.marking import OFFICIAL
from apps.impacs.queries.obligations import GROUPS, Obligation, obligations, of_owner, owners
from apps.impacs.templatetags.impacs import status_of
from apps.pages.cells import Cell, Press, Small
from apps.pages.columns import Act, Col, Day, Title, When
from apps.pages.filters import Choice
from apps.pages.lists import Blank, Button, List

LONGEST_CLAUSE = 180


def _due(one: Obligation) -> Any:
    """The due date in force, and how far it is as long as the State itself is to act."""
    if one.due is None or one.group != "others":
        return one.due
    return Cell(Day.in_words(one.due), was_due(one), stamp=one.due.isoformat())


def was_due(one: Obligation) -> tuple[Small, ...]:
    """The original due date, where it was moved."""
    first = one.row.due_on
    if first is None or one.due == first:
        return ()
    return (Small(f"({pgettext('words, impacs', 'originally')} {Day.in_words(first)})"),)


def _status(one: Obligation) -> Cell:
    why = " ".join([*one.at.sentences, *([one.waits_for] if one.waits_for else [])])
    return Cell(status_of(one.look, one.word), (Small(why, "why"),) if why else ())


def _step(one: Obligation) -> Press:
    """Taking note of it, or the page on which to go on."""
    if one.unacknowledged:
        label = pgettext("button, impacs", "Acknowledge")
        return Press(label, reverse("impacs:do", args=[one.row.pk, "acknowledge"]), one.number, posts=True)
    verb, label = one.step
    place = (
        reverse("impacs:do", args=[one.row.pk, verb]) if verb else reverse("impacs:action", args=[one.row.pk]) + "#ev"
    )
    return Press(label, place, one.number)


class Obligations(List):
    """What one's own State has to do, in groups, what is due first on top."""

    of, address, opens, key = "impacs.stateaction", "impacs:obligations", "impacs:action", "row.pk"
    title = _("My State's obligations")
    noun = ngettext_lazy("%(n)d obligation", "%(n)d obligations", "n")
    order = ""
    ordered = _("what is due first on top")
    columns = (
        Title(
            "row.clause_text",
            _("What we must do"),
            value=lambda one: Truncator(one.row.clause_text).chars(LONGEST_CLAUSE),
            file=lambda one: one.row.clause_text,
            code="number",
            small="row.decision_title",
            name="clause",
        ),
        Col("who", pgettext_lazy("field, impacs", "Responsible"), empty=pgettext_lazy("words, impacs", "the ministry")),
        When(
            "due",
            pgettext_lazy("column, impacs", "Due"),
            value=_due,
            small=was_due,
            empty=pgettext_lazy("words, impacs", "no date"),
            file=lambda one: one.due,
            nowrap=True,
        ),
        Col("status", pgettext_lazy("column, impacs", "Status"), value=_status, file=lambda one: one.word),
        Act("step", pgettext_lazy("column, impacs", "Next step"), value=_step),
    )
    empty = Blank(
        _("Your State has no obligations in force"),
        _("An obligation appears here on the day its decision comes into force."),
        "circle-check",
    )
    banner = OFFICIAL

    def __init__(self, request: Any, day: datetime.date) -> None:
        self.found = obligations(request.actor, day)
        named = [(name, name) for name in owners(self.found)]
        whose = Choice(
            "owner",
            pgettext_lazy("field, impacs", "Responsible"),
            choices=named,
            any_word=pgettext_lazy("choice, impacs", "Everyone"),
            by=lambda rows, owner, _actor: of_owner(rows, owner),
        )
        decisions = {
            str(one.row.decision): f"{one.row.decision_number}: {one.row.decision_title}" for one in self.found
        }
        which = Choice(
            "decision",
            pgettext_lazy("field, impacs", "Decision"),
            choices=list(decisions.items()),
            any_word=pgettext_lazy("choice, impacs", "All"),
            by=lambda rows, decision, _actor: [one for one in rows if str(one.row.decision) == decision],
        )
        self.filters = tuple(one for one, has in ((whose, named), (which, decisions)) if has)
        super().__init__(request, day=day)

    def rows(self, before: Any = None) -> list[Obligation]:
        """Open actions of the State."""
        return self.found

    @staticmethod
    def group(one: Obligation) -> tuple[str, Any]:
        """By what is to be done with them."""
        return one.group, GROUPS[one.group][0]

    def subtitle(self) -> str:
        """How many clauses ask something."""
        n = len(self.found)
        words = ngettext(
            "%(party)s has one obligation in force.",
            "%(party)s has %(n)s obligations in force.",
            n,
        )
        return words % {"n": n, "party": self.actor.party_name}

    def more(self) -> list[Button]:
        """On paper, offline, and beside the other States."""
        owner = self.asking.form.cleaned_data.get("owner", "")
        found = [Button(pgettext("button, impacs", "Print view"), self._printed(owner), "printer")]
        if self.actor.function == "ministry":
            found.append(Button(_now("Report by spreadsheet"), reverse("impacs:obligations_filled"), "download"))
            found.append(
                Button(pgettext("button, impacs", "All States"), reverse("impacs:matrix") + "?mine=on", "grid")
            )
        return found

    def _printed(self, owner: str) -> str:
        return reverse("impacs:obligations_print") + (self.asking.url() if owner else "")
