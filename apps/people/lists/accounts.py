"""Lists of people and their accounts, as they are declared."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy, pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import offers
from apps.access.marking import OFFICIAL
from apps.access.templatetags.names import as_function, as_role, seconded_in_words
from apps.access.templatetags.portal import ago
from apps.pages.cells import Cell, Press, Small, stack
from apps.pages.columns import HIDE, RIGHT, Act, Col, Day, Moment, Status, Title
from apps.pages.filters import Choice, Words
from apps.pages.lists import Blank, Button, List
from apps.pages.tables import Table
from apps.people import policy
from apps.people.models import AccountProposal, Invitation, Seat, User
from apps.people.queries import own_desks, register_of
from apps.people.templatetags.proposals import STATES as PROPOSAL_STATES
from apps.people.templatetags.proposals import asked_for

ACCOUNT_STATES = {"active": ("ok", "check"), "invited": ("info", "mail"), "suspended": ("bad", "lock")}
FACTORS = [
    ("yes", pgettext_lazy("words, people", "Set up")),
    ("no", pgettext_lazy("words, people", "Missing")),
]


def factor_chip(it: Any) -> tuple[str, str, Any]:
    """Whether a person of the register has a second factor."""
    if it.second_factor:
        return "ok", "key", pgettext("words, people", "Set up")
    return "warn", "alert", pgettext("words, people", "Missing")


def account_chip(it: Any) -> tuple[str, str, Any]:
    """Where an account is in its life."""
    return (*ACCOUNT_STATES.get(it.state, ("mute", "log-out")), it.get_state_display())


def _seats(line: dict[str, Any]) -> Cell:
    """Where a person sits, and since when."""
    return Cell(more=tuple(_seat(*seat) for seat in line["seats"])) if line["seats"] else _no_seat()


def _no_seat() -> Cell:
    return Cell(pgettext("words, people", "No appointment"), tone="q")


def _seat(seat: Any, day: date) -> Cell:
    since = Small(f"{pgettext('words, people', 'since')} {Day.in_words(day)}")
    here = (
        (Small(seat.desk.code, "ref"), Small(seconded_in_words(seat.seconded_from), "", "user-check"))
        if seat.seconded_from
        else ()
    )
    return Cell(f"{as_function(seat.desk.function.name)}, {as_role(seat.role)}", (*here, since))


def _at_desk(people: Any, code: str, actor: Actor | None) -> Any:
    there = Seat.objects.visible_to(actor).filter(desk__code=code, state="current")
    return people.filter(pk__in=there.values("user_id"))


def _desks(actor: Actor) -> list[tuple[str, Any]]:
    here = [desk for desk in own_desks(actor) if desk.party_id == actor.party_code]
    return [(desk.code, as_function(desk.function.name)) for desk in here]


class People(List):
    """People of one's own party with their accounts and seats, by user name."""

    of, address, opens, key = "people.user", "people:register", "people:person", "it.uid"
    title = pgettext_lazy("words, people", "Accounts")
    name = pgettext_lazy("words, people", "People")
    noun = ngettext_lazy("%(n)d person", "%(n)d people", "n")
    columns = (
        Title(
            "name",
            pgettext_lazy("column, people", "Person"),
            value=lambda line: line["it"].get_full_name(),
            code="it.username",
            sort="username",
        ),
        Col("seats", _("Appointments and roles"), value=_seats),
        Status(
            "second_factor",
            pgettext_lazy("column, people", "Second factor"),
            value=lambda line: factor_chip(line["it"]),
        ),
        Moment(
            "it.last_login",
            pgettext_lazy("column, people", "Last sign-in"),
            distance=True,
            sort="last_login",
            empty=pgettext_lazy("words, people", "Never"),
            name="last_login",
        ),
        Status(
            "state",
            pgettext_lazy("column, people", "Account"),
            value=lambda line: account_chip(line["it"]),
            phone=RIGHT,
        ),
    )
    search = Words("q", _("Name or user name"), columns=("full_name", "username"), longest=80)
    filters = (
        Choice("desk", pgettext_lazy("field, people", "Desk"), by=_at_desk, choices=_desks),
        Choice("state", pgettext_lazy("field, people", "Account"), choices=User.State.choices),
        Choice(
            "factor",
            pgettext_lazy("field, people", "Second factor"),
            choices=FACTORS,
            by=lambda people, factor, _actor: people.filter(second_factor=factor == "yes"),
        ),
    )
    order = "username"
    page = 50
    note = _("Sorted by user name. Only appointments decide what a person may do.")
    template = "people/register.html"
    banner = OFFICIAL
    empty = Blank(_("No one matches these filters"), _("Only people of your own party are listed here."), "users")

    @staticmethod
    def read(actor: Actor) -> Any:
        """People whose accounts are the party's."""
        return register_of(actor).filter(home_party_id=actor.party_code)

    def lines(self, rows: list[Any]) -> list[dict[str, Any]]:
        """Each with the seats that the reader sees: (seat, its first day here)."""
        seats = Seat.objects.visible_to(self.actor).filter(user__in=rows, state="current")
        found: dict[int, list[Any]] = {}
        known = {person.pk: person for person in rows}
        for seat in seats.select_related("desk__function").order_by("desk__code"):
            seat.user = known[seat.user_id]
            day = seat.valid_from.astimezone(ZoneInfo(self.around.zone)).date()
            found.setdefault(seat.user_id, []).append((seat, day))
        return [{"it": person, "seats": found.get(person.pk, [])} for person in rows]

    def heading(self) -> str:
        """Whose accounts."""
        return pgettext("heading, people", "Accounts of %(party)s") % {"party": self.actor.party_name}

    def subtitle(self) -> str:
        """What the reader does here."""
        if policy.may_appoint(self.actor, None) is not True:
            return _now("You can read the register. An account administrator can change it.")
        words = _now("You create accounts for people of %(party)s, appoint them to its desks and end appointments.")
        return words % {"party": self.actor.party_name}

    def primary(self) -> Button | None:
        """Inviting somebody."""
        if policy.may_open_account(self.actor, None) is not True:
            return None
        return Button(_("Invite a person"), reverse("people:invitation_new"), "plus")

    def more(self) -> list[Button]:
        """Opening an account without an invitation."""
        if policy.may_open_account(self.actor, None) is not True:
            return []
        return [Button(_("Open an account"), reverse("people:account_new"), "user")]


INVITATION_STATES = {
    "sent": ("info", "mail"),
    "awaits": ("warn", "clock"),
    "accepted": ("ok", "check"),
    "revoked": ("mute", "minus"),
}


def _invitation_chip(row: Invitation) -> tuple[str, str, Any]:
    """Where an invitation is in its life; a link that has run out is told before that it was sent."""
    if row.is_over:
        return "warn", "clock", pgettext("words, people", "Link expired")
    return (*INVITATION_STATES[row.state], row.get_state_display())


def _ends(row: Invitation) -> str:
    """Until when an open invitation's link opens an account."""
    if row.state != Invitation.State.SENT:
        return ""
    words = pgettext("words, people", "ended") if row.is_over else pgettext("words, people", "ends")
    return f"{words} {ago(row.expires_at)}"


def _misses(row: Invitation) -> Small | None:
    """Wrong codes that were tried on an open invitation."""
    if not row.misses or row.state != Invitation.State.SENT:
        return None
    return Small(ngettext("one wrong code", "%(n)s wrong codes", row.misses) % {"n": row.misses}, "warn", "alert")


class Invitations(List):
    """Who of the party was invited, newest first."""

    of, address, opens, key = "people.invitation", "people:invitations", "people:person", "user.uid"
    title = pgettext_lazy("heading, people", "Invitations")
    sub = _(
        "A link goes by mail, a code by the hand of somebody else than who invites; together they open an account once."
    )
    name = pgettext_lazy("words, people", "Invitations")
    noun = ngettext_lazy("%(n)d invitation", "%(n)d invitations", "n")
    related = ("user",)
    export = None  # it says where each code of an account is mailed to
    columns = (
        Title(
            "user",
            pgettext_lazy("column, people", "Person"),
            value=lambda row: row.user.get_full_name(),
            code="user.username",
        ),
        Col("user.email", pgettext_lazy("column, people", "Email address"), phone=HIDE),
        Moment("sent_at", pgettext_lazy("column, people", "Sent"), small=_ends),
        Status("state", pgettext_lazy("column, people", "Status"), value=_invitation_chip, small=_misses),
        Act("acts", pgettext_lazy("words, people", "Actions"), value=lambda row: row.acts),
    )
    search = Words("q", _("Name or user name"), columns=("user__full_name", "user__username"), longest=80)
    filters = (Choice("state", pgettext_lazy("field, people", "Status"), choices=Invitation.State.choices),)
    page = 50
    banner = OFFICIAL
    note = _("A new link replaces the old one. A revoked invitation no longer works.")
    empty = Blank(
        _("No invitations yet"),
        _("Invite a person. They open the account themselves; no password is ever written down."),
        "users",
    )

    @staticmethod
    def read(actor: Actor) -> Any:
        """Those of people whose accounts are the party's."""
        return Invitation.objects.visible_to(actor).filter(user__home_party_id=actor.party_code)

    def lines(self, rows: list[Any]) -> list[Any]:
        """The invitations, with what the seat may do with each."""
        for row in rows:
            row.acts = stack([Cell(press=press) for press in self.presses(row)])
        return rows

    def presses(self, row: Invitation) -> list[Press]:
        """The buttons of an invitation."""
        about = row.user.get_full_name()
        return [
            Press(
                offer.label,
                reverse(f"people:invitation_{offer.verb}", args=[row.uid]),
                about,
                danger=offer.spec.danger,
            )
            for offer in offers(self.actor, row)
            if offer.allowed
        ]

    def invites(self) -> bool:
        """Whether the reader invites people."""
        return policy.may_invite(self.actor, None) is True

    def primary(self) -> Button | None:
        """Inviting somebody."""
        return Button(_("Invite a person"), reverse("people:invitation_new"), "plus") if self.invites() else None

    def more(self) -> list[Button]:
        """Codes to hand over, and many invitations by a file."""
        if not self.invites():
            return []
        return [
            Button(_("Codes to hand over"), reverse("people:handovers"), "key"),
            Button(pgettext("button, people", "Invite several people"), reverse("people:invitation_bulk"), "upload"),
        ]


def _sent(result: dict[str, Any]) -> tuple[str, str, Any]:
    if result["made"]:
        return "ok", "check", pgettext("status, people", "Sent")
    return "bad", "x", pgettext("words, people", "Not sent")


Table(
    "people.invited",
    _("Line by line"),
    [
        Title("line.number", pgettext_lazy("column, people", "Line")),
        Col("line.said.name", pgettext_lazy("column, people", "Person"), small="line.said.username"),
        Status(
            "made",
            pgettext_lazy("column, people", "Result"),
            value=_sent,
            small=lambda result: "" if result["made"] else result["fault"],
        ),
    ],
)


def _faults(line: Any) -> Cell:
    """What is wrong with a line, one below the other."""
    if not line.faults:
        return Cell(pgettext("words, people", "None"), chip=("ok", "check"))
    return stack([Cell(fault) for fault in line.faults])


Table(
    "people.invitation_lines",
    pgettext_lazy("heading, people", "Lines"),
    [
        Title("number", pgettext_lazy("column, people", "Line")),
        Col("said.name", pgettext_lazy("column, people", "Person"), small="said.username"),
        Col("said.email", pgettext_lazy("column, people", "Email address")),
        Col(
            "said",
            pgettext_lazy("column, people", "Appointment"),
            value=lambda line: f"{line.said.get('desk', '')}, {line.said.get('role', '')}",
        ),
        Status(
            "two",
            _("Needs second approval"),
            value=lambda line: ("info", "users", ", ".join(map(str, line.two))),
            phone=_("Needs second approval"),
        ),
        Col("faults", _("What is wrong"), value=_faults),
    ],
)


def _full_name(seat: Seat | None) -> str:
    return str(seat.user.get_full_name()) if seat else ""


class Decided(List):
    """What became of that which took a second person, newest first."""

    of, address, opens, key = "people.accountproposal", "people:approvals", "people:approval", "uid"
    title = _("What needs second approval")
    sub = _(
        "One administrator asks, another person approves. If a party has no second "
        "administrator, the platform desk confirms the identity."
    )
    name = pgettext_lazy("words, people", "Decided")
    noun = ngettext_lazy("%(n)d decided", "%(n)d decided", "n")
    related = ("subject", "desk__function", "proposer", "approver_seat__user")
    columns = (
        Title(
            "subject",
            pgettext_lazy("column, people", "Person"),
            value=lambda row: row.subject.get_full_name(),
            code="subject.username",
        ),
        Col("verb", pgettext_lazy("column, people", "Asked for"), value=asked_for),
        Col(
            "proposer", pgettext_lazy("column, people", "Requested by"), value=lambda row: row.proposer.get_full_name()
        ),
        Moment("made_at", pgettext_lazy("column, people", "Asked")),
        Col(
            "approver_seat",
            pgettext_lazy("column, people", "Answered by"),
            value=lambda row: _full_name(row.approver_seat),
        ),
        Status("state", pgettext_lazy("column, people", "Status"), chips=PROPOSAL_STATES),
    )
    search = Words("q", _("Name or user name"), columns=("subject__full_name", "subject__username"), longest=80)
    filters = (
        Choice(
            "state",
            pgettext_lazy("field, people", "Status"),
            choices=[one for one in AccountProposal.State.choices if one[0] not in AccountProposal.WAITING],
        ),
    )
    page = 50
    banner = OFFICIAL
    template = "people/approvals.html"
    empty = Blank(
        _("Nothing is decided yet"), _("What a second person has approved or refused is listed here."), "users"
    )

    @staticmethod
    def read(actor: Actor) -> Any:
        """What waits no more."""
        return AccountProposal.objects.visible_to(actor).exclude(state__in=AccountProposal.WAITING)
