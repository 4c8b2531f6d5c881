"""Lists of the watchlists, as they are declared."""

from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import quote

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy, pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.marking import CONFIDENTIAL, Banner
from apps.access.middleware import note_read
from apps.pages.bulk import Bulk
from apps.pages.cells import Cell, Small
from apps.pages.columns import HIDE, RIGHT, Col, Count, Day, Moment, Party, Status, Title, When
from apps.pages.filters import Before, Choice, Words
from apps.pages.lists import Blank, Button, List
from apps.screening import policy, queries
from apps.screening.models import Entry, Instruction, ListImport, Rule, Thresholds, TravellerClearance, WatchList
from apps.screening.queries import calibration_curves, identities, rules
from apps.screening.queries.state_chips import (
    CLEARANCE_STATES,
    IMPORT_STATES,
    INSTRUCTIONS,
    RULE_STATES,
    STATES,
    THRESHOLD_STATES,
)

OWNERS: Banner = {"level": 2, "caveat": _("Owner's desks and the JRCC only")}
CLEARED: Banner = {"level": 2, "caveat": _("Only the States it applies to and the JRCC")}
SOON = timedelta(days=14)
ANY_STATE = pgettext_lazy("words, screening", "Any status")


def _state_of_list(row: WatchList) -> tuple[str, str, Any]:
    if row.state == WatchList.State.OPEN:
        return "ok", "circle-check", pgettext("status, screening", "Open")
    return "mute", "lock", pgettext("words, screening", "Closed")


def _page_of_list(row: Any) -> str:
    return reverse("screening:list", args=[row.pk])


def _review_of_list(row: Any) -> Cell:
    """How many entries are due for review, as the way to them; else the first day of review."""
    if row.review_due:
        words = ngettext("%(n)d due", "%(n)d due", row.review_due) % {"n": row.review_due}
        return Cell(words, url=f"{_page_of_list(row)}?state=review")
    if row.review_next:
        return Cell(Day.in_words(row.review_next))
    return Cell(pgettext("words, screening", "None"), tone="q")


class Watchlists(List):
    """The lists that a desk may see, with how many entries are in use."""

    of, address, opens = "screening.watchlist", "screening:lists", "screening:list"
    title = pgettext_lazy("heading, screening", "Watchlists")
    sub = _("Every traveller on a manifest is screened against the entries available to the States on the route.")
    noun = ngettext_lazy("%(n)d list", "%(n)d lists", "n")
    read = queries.lists
    order = ""
    columns = (
        Title("name", pgettext_lazy("column, screening", "List"), code="code"),
        Party("originator", pgettext_lazy("column, screening", "Kept by"), small="owner.code"),
        Col("kind", pgettext_lazy("column, screening", "Kind")),
        Count("active", _("Entries in use"), link=_page_of_list),
        Day("created_at", pgettext_lazy("column, screening", "Opened"), phone=HIDE, narrow=True),
        Day("touched_at", pgettext_lazy("column, screening", "Last change"), phone=HIDE),
        Col(
            "review_due",
            pgettext_lazy("column, screening", "Review"),
            value=_review_of_list,
            file=lambda row: row.review_due,
            nowrap=True,
        ),
        Status("state", pgettext_lazy("column, screening", "Status"), value=_state_of_list, phone=RIGHT),
    )
    filters = (
        Choice("kind", pgettext_lazy("field, screening", "Kind"), choices=WatchList.Kind.choices),
        Choice("state", pgettext_lazy("field, screening", "Status"), choices=WatchList.State.choices),
    )
    creates = ("entry.create", "screening:entry_new")
    banner: ClassVar[Banner | None] = {**OWNERS, "level": 1}
    """Which lists there are is less than what is on them."""
    empty = Blank(_("No watchlists yet"), _("Your desk sees the watchlists of its own party."), "list-checks")

    def more(self) -> list[Button]:
        """What else is kept with the lists."""
        found = [
            Button(pgettext("button, screening", "Targeting rules"), reverse("screening:rules"), "list-checks"),
            Button(pgettext("button, screening", "False matches"), reverse("screening:clearances"), "user-check"),
        ]
        if policy.decides_about_lists(self.actor):
            found.append(Button(pgettext("button, screening", "Thresholds"), reverse("screening:thresholds"), "scale"))
            found.append(Button(pgettext("button, screening", "Report"), reverse("screening:report"), "trending-up"))
        if policy.may_keep_lists(self.actor, None):
            found.append(Button(_("Open a watchlist"), reverse("screening:list_new"), "plus"))
        return found


def _told_apart(line: Any) -> tuple[Small, ...]:
    """What tells two people of one name apart: birth, nationality, document; and a warning where a page has both."""
    facts = identities.telling_facts(line.subject)
    twin = (Small(_("Two entries share this name"), "warn", "users"),) if line.twin else ()
    return (*((Small(facts),) if facts else ()), *twin)


def _screeners(row: Entry) -> Cell:
    if row.screen_for is None:
        return Cell(pgettext("noun, screening", "All States"))
    return Cell(" ".join(row.screen_for), mono=True)


class Entries(List):
    """The entries of all lists that a desk may see, newest first."""

    of, address, opens = "screening.entry", "screening:entries", "screening:entry"
    title = pgettext_lazy("heading, screening", "Entries")
    sub = _("Whom and what travellers and their documents are screened against, on all lists that you may see.")
    name = pgettext_lazy("words, screening", "Entries table")
    noun = ngettext_lazy("%(n)d entry", "%(n)d entries", "n")
    related = ("list",)
    columns = (
        Title("display_name", pgettext_lazy("column, screening", "Entry"), code="reference", small=_told_apart),
        Status("instruction", pgettext_lazy("column, screening", "Instruction"), chips=INSTRUCTIONS),
        Col("screen_for", _("Who may screen with it"), value=_screeners, phone=HIDE),
        When(
            "valid_until",
            pgettext_lazy("column, screening", "Valid until"),
            sort="valid_until",
            soon=SOON,
            passes=True,
            empty=pgettext_lazy("words, screening", "no end date"),
        ),
        When("review_on", pgettext_lazy("column, screening", "Review"), sort="review_on", soon=SOON, narrow=True),
        Status("state", pgettext_lazy("column, screening", "Status"), chips=STATES, phone=RIGHT),
        Col("list.name", pgettext_lazy("column, screening", "List"), small="list.code", hidden=True, name="list"),
        Col("kind", pgettext_lazy("column, screening", "Kind"), hidden=True),
        Day("created_at", pgettext_lazy("column, screening", "Added"), hidden=True, name="added"),
    )
    search = Words(
        "q", _("Reference or name"), by=lambda rows, words, _actor: queries.find_entries(rows, words.strip())
    )
    filters = (
        Choice(
            "state",
            pgettext_lazy("field, screening", "Status"),
            choices=[*Entry.State.choices, ("review", pgettext_lazy("words, screening", "Review due"))],
            by=lambda rows, state, _actor: queries.in_state(rows, state),
            default="active",
            every="any",
            any_word=ANY_STATE,
        ),
        Choice(
            "instruction",
            pgettext_lazy("field, screening", "Instruction"),
            choices=Instruction.choices,
        ),
        Before("ends", pgettext_lazy("field, screening", "Ends before"), "valid_until"),
    )
    bulk = (Bulk("entry.review"), Bulk("entry.withdraw"))
    reads = "entry.list"
    creates = ("entry.create", "screening:entry_new")
    banner = OWNERS
    empty = Blank(
        _("No entries in use"),
        _("Use the status filter to see withdrawn and expired entries."),
        "list-checks",
    )

    def lines(self, rows: list[Any]) -> list[Any]:
        """The entries, with whether another one of the page has the same name."""
        names = [row.display_name.casefold() for row in rows]
        for row, name in zip(rows, names, strict=True):
            row.twin = names.count(name) > 1
        return rows


class EntriesOfList(Entries):
    """The entries of one list, `home`."""

    home: WatchList
    address = "screening:list"
    template = "screening/list.html"

    @staticmethod
    def read(actor: Actor | None, home: Any, before: Any = None) -> Any:
        """The entries of the list."""
        return Entry.objects.visible_to(actor, before=before).filter(list=home)

    def heading(self) -> str:
        """What the list is called."""
        return self.home.name

    def noted(self, rows: list[Any]) -> None:
        """The list itself was read."""
        note_read(self.request, "list.read", self.home)

    def primary(self) -> Button | None:
        """Adding an entry to this list, where it is one's own and open."""
        if not self.may_add():
            return None
        return Button(_("Add an entry"), f"{reverse('screening:entry_new')}?list={quote(self.home.code)}", "plus")

    def more(self) -> list[Button]:
        """What can be done with the list."""
        if not self.may_add():
            return []
        found = [Button(_("Import a file"), reverse("screening:import_new", args=[self.home.pk]), "file")]
        if policy.may_close_list(self.actor, self.home):
            place = reverse("screening:list_close", args=[self.home.pk])
            found.append(Button(_("Close the list"), place, "lock", danger=True))
        return found

    def may_add(self) -> bool:
        """Whether the reader's party puts entries on the list."""
        is_own = self.home.state == WatchList.State.OPEN and self.actor.party_code == self.home.originator_id
        return is_own and bool(policy.may_keep_lists(self.actor, None))


class Rules(List):
    """Targeting rules, those in force first."""

    of, address, opens = "screening.rule", "screening:rules", "screening:rule"
    title = pgettext_lazy("heading, screening", "Targeting rules")
    sub = _(
        "What a traveller does, carries or books that deserves a check. One person writes "
        "and tries a rule; another puts it into force."
    )
    noun = ngettext_lazy("%(n)d rule", "%(n)d rules", "n")
    read = rules.listed
    order = ""
    ordered = _("those in force first")
    columns = (
        Title("name", pgettext_lazy("column, screening", "Rule"), code="reference"),
        Party("originator", pgettext_lazy("column, screening", "Kept by")),
        Status("state", pgettext_lazy("column, screening", "Status"), chips=RULE_STATES),
        Col("instruction", pgettext_lazy("column, screening", "Instruction")),
        When("valid_until", pgettext_lazy("column, screening", "Valid until"), soon=SOON, passes=True),
        Col(
            "tried",
            _("Alerts per 1,000, last trial"),
            value=lambda row: None if row.tried is None else number_format(row.tried, 1),
            empty=pgettext_lazy("words, screening", "not tried"),
        ),
    )
    filters = (Choice("state", pgettext_lazy("field, screening", "Status"), choices=Rule.State.choices),)
    creates = ("rule.draft", "screening:rule_new")
    banner = CONFIDENTIAL
    empty = Blank(
        _("No rules yet"),
        _("A rule is tried on travellers of recent weeks before anyone is stopped because of it."),
        "list-checks",
    )

    def footnote(self) -> str:
        """The alert budget."""
        budget = number_format(round(rules.terms().alerts_per_1000, 1))
        return _("The alert budget is %(budget)s per 1,000 travellers. A rule above it cannot be proposed.") % {
            "budget": budget
        }


class Clearances(List):
    """Who was found to be another person than an entry's, for which State, until when."""

    of, address, opens = "screening.travellerclearance", "screening:clearances", "screening:clearance"
    title = pgettext_lazy("heading, screening", "False matches")
    sub = _("Travellers found not to be the person on an entry. The same hit is not sent to the State again.")
    noun = ngettext_lazy("%(n)d clearance", "%(n)d clearances", "n")
    related = ("entry__list",)
    columns = (
        Title("name", pgettext_lazy("column, screening", "Traveller"), code="hit_reference"),
        Col("entry.list.code", pgettext_lazy("column, screening", "List")),
        Col("holds_for", pgettext_lazy("column, screening", "Applies to"), value=lambda row: " ".join(row.holds_for)),
        When("valid_until", pgettext_lazy("column, screening", "Until"), sort="valid_until", soon=SOON, passes=True),
        Status("state", pgettext_lazy("column, screening", "Status"), chips=CLEARANCE_STATES, phone=RIGHT),
    )
    filters = (
        Choice(
            "state",
            pgettext_lazy("field, screening", "Status"),
            choices=TravellerClearance.State.choices,
            default="active",
            every="any",
            any_word=ANY_STATE,
        ),
    )
    bulk = (Bulk("traveller_clearance.revoke"),)
    reads = "traveller_clearance.list"
    banner = CLEARED
    empty = Blank(
        _("No false matches"),
        _("A false match is recorded on the page of a hit that was dismissed or closed as another person."),
        "user-check",
    )


class Imports(List):
    """The files that were sent for a list (`home`), newest first."""

    of, opens = "screening.listimport", "screening:import"
    title = pgettext_lazy("heading, screening", "Files of this list")
    noun = ngettext_lazy("%(n)d file", "%(n)d files", "n")
    prefix = "sent"
    export = None
    live = False
    columns = (
        Title("file_name", pgettext_lazy("column, screening", "File"), value=str, small="get_form_display"),
        Moment("created_at", pgettext_lazy("column, screening", "Sent")),
        Col("sent_by", pgettext_lazy("column, screening", "By"), phone=HIDE),
        Count("created", pgettext_lazy("column, screening", "New")),
        Count("updated", pgettext_lazy("column, screening", "Changed")),
        Count("withdrawn", pgettext_lazy("column, screening", "Withdrawn")),
        Count("rejected", pgettext_lazy("column, screening", "Rejected")),
        Status("state", pgettext_lazy("column, screening", "Status"), chips=IMPORT_STATES, phone=RIGHT),
    )
    empty = Blank(_("No file yet"), "", "file")

    @staticmethod
    def read(actor: Actor | None, home: Any, before: Any = None) -> Any:
        """The files of a list."""
        return ListImport.objects.visible_to(actor, before=before).filter(list=home)


def _pair(row: Thresholds) -> str:
    return f"{calibration_curves.percent(row.review)}% / {calibration_curves.percent(row.match)}%"


class EarlierThresholds(List):
    """What was in force, and what was not taken."""

    of, opens = "screening.thresholds", "screening:threshold"
    title = _("Past thresholds and proposals")
    order = ""
    export = None
    live = False
    columns = (
        Title("review", pgettext_lazy("column, screening", "Thresholds"), value=_pair),
        Status("state", pgettext_lazy("column, screening", "Status"), chips=THRESHOLD_STATES, phone=RIGHT),
        Moment("starts_at", pgettext_lazy("column, screening", "From")),
        Moment("ends_at", pgettext_lazy("column, screening", "Until")),
        Col("why", pgettext_lazy("column, screening", "Reason"), small="said"),
        Col("proposed_by", pgettext_lazy("column, screening", "By"), small="activated_by"),
    )
    empty = Blank(_("None yet: the matcher's own thresholds have always applied."), "", "history")

    @staticmethod
    def read(actor: Actor | None, listed: list[Any]) -> Any:
        """All that the page has read but what is proposed now."""
        return [row for row in listed if row.state != Thresholds.State.PROPOSED]
