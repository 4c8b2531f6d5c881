"""Witnesses, cases and anchors: the lists of oversight."""

from collections.abc import Callable
from typing import Any

from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.marking import OFFICIAL
from apps.access.models import Level
from apps.access.templatetags.portal import in_words
from apps.audit import signatures
from apps.oversight.models import Anchor, Case, Witness
from apps.oversight.queries import cases, walks, witnesses
from apps.pages.cells import Cell, Press, Small
from apps.pages.columns import HIDE, RIGHT, WIDE, Act, Around, Col, Count, Day, Moment, Party, Status, Title
from apps.pages.filters import Choice
from apps.pages.lists import Blank, Button, List
from apps.pages.tables import Table

STATES = {
    Witness.State.PROPOSED: ("warn", "clock", pgettext_lazy("status, oversight", "Awaiting second approval")),
    Witness.State.LIVE: ("ok", "shield-check", pgettext_lazy("status, oversight", "Live")),
    Witness.State.REFUSED: ("bad", "circle-x", pgettext_lazy("status, oversight", "Refused")),
    Witness.State.ENDED: ("mute", "circle", pgettext_lazy("status, oversight", "Ended")),
}
STATUS = Status("state", pgettext_lazy("column, oversight", "Status"), value=lambda row: STATES[row.state])
NAME = Title("code", pgettext_lazy("column, oversight", "Witness"))
PARTY = Party("party", pgettext_lazy("column, oversight", "Party"))
CONTACT = Col("contact", _("Whom to call when it is late"))
KEY = Col("key", _("Public key of the witness"))


class Witnesses(List):
    """Witnesses of the trail: who has one, and how far asking for it is."""

    of, address, opens = "oversight.witness", "oversight:witnesses", "oversight:witness"
    title = _("Witnesses of the audit")
    sub = _(
        "A witness is a program that a party runs on a machine of its own. Each hour it looks whether the audit "
        "only grew, and co-signs the anchor with its own key."
    )
    noun = ngettext_lazy("%(n)d witness", "%(n)d witnesses", "n")
    related = ("party",)
    columns = (NAME, PARTY, CONTACT, Moment("proposed_at", pgettext_lazy("column, oversight", "Asked for")), STATUS)
    filters = (Choice("state", pgettext_lazy("field, oversight", "Status"), choices=Witness.State.choices),)
    creates = ("witness.propose", "oversight:witness_new")
    empty = Blank(
        pgettext_lazy("heading, oversight", "No witness"),
        _(
            "No one outside the portal keeps a copy of its audit seals. An account administrator "
            "can ask for a witness here."
        ),
        "shield-check",
    )


CASE_STATES = {
    "open": ("bad", "alert"),
    "assessed": ("warn", "eye"),
    "explained": ("ok", "check"),
    "closed": ("mute", "circle"),
}


def _usual(row: Case) -> Cell | None:
    return None if row.usual is None else Cell(floatformat(row.usual))


class Cases(List):
    """What looked unusual in the audit, newest first."""

    of, address, opens = "oversight.case", "oversight:cases", "oversight:case"
    title = pgettext_lazy("words, oversight", "Oversight cases")
    sub = _(
        "Unusual activity in the audit trail, found by dated rules. A case is a question, "
        "not a verdict. The person does not see it here."
    )
    name = pgettext_lazy("words, oversight", "Cases")
    noun = ngettext_lazy("%(n)d case", "%(n)d cases", "n")
    related = ("rule",)
    columns = (
        Title("rule.label", pgettext_lazy("column, oversight", "Finding"), code="number"),
        Col(
            "person",
            pgettext_lazy("column, oversight", "Person and desk"),
            small=lambda row: row.desk or row.party_id,
        ),
        Moment("begins", pgettext_lazy("column, oversight", "When")),
        Count("count", pgettext_lazy("column, oversight", "Number"), phone=HIDE),
        Count(
            "usual", pgettext_lazy("column, oversight", "Usual"), value=_usual, file=lambda row: row.usual, phone=HIDE
        ),
        Status("state", pgettext_lazy("column, oversight", "Status"), chips=CASE_STATES, phone=RIGHT),
    )
    filters = (Choice("state", pgettext_lazy("field, oversight", "Status"), choices=Case.State.choices),)
    template = "oversight/cases.html"
    banner = OFFICIAL
    empty = Blank(
        pgettext_lazy("words, oversight", "No cases"),
        _("Nothing unusual found. The audit trail is checked every hour."),
        "shield-check",
    )

    def more(self) -> list[Button]:
        """Who is about to leave: of them much reading opens a case."""
        return [Button(pgettext("button, oversight", "Leavers"), reverse("oversight:leavers"), "log-out")]


def _of_state(place: int) -> Callable[[dict[str, Any]], int]:
    return lambda one: int(one["counts"][place])


FINDING = Title("label", pgettext_lazy("column, oversight", "Finding"))
Table(
    "oversight.figures",
    _("Cases by kind"),
    [
        FINDING,
        *(
            Count(state, dict(Case.State.choices)[state], value=_of_state(place))
            for place, state in enumerate(cases.STATES)
        ),
    ],
)
Table(
    "oversight.rules",
    pgettext_lazy("words, oversight", "Rules"),
    [
        FINDING,
        Col("says", pgettext_lazy("column, oversight", "Rule")),
        Day("valid_from", pgettext_lazy("column, oversight", "Since")),
        Col("source", pgettext_lazy("column, oversight", "Source")),
    ],
)


def standing_chip(standing: witnesses.Standing | None) -> tuple[str, str, Any] | None:
    """By how many parties an anchor is witnessed, and whether that is enough; None from before the log."""
    if standing is None:
        return None
    words = pgettext("words, oversight", "%(counted)s of %(needed)s needed")
    words %= {"counted": standing.counted, "needed": standing.needed}
    return ("ok", "shield-check", words) if standing.counts else ("warn", "clock", words)


def _fit(row: Anchor) -> tuple[str, str, Any]:
    """Whether the anchors before it are as they were."""
    if row.faults:
        return "bad", "circle-x", _now("Do not match")
    return "ok", "shield-check", pgettext("words, oversight", "Match")


def _hour(row: Anchor) -> str:
    day = Day.in_words(row.day)
    return f"{day}, {row.hour_of_day}" if row.hour else day


def _file(row: Anchor) -> Press:
    return Press(pgettext("link, oversight", "Keep"), reverse("oversight:anchor_file", args=[row.pk]), _hour(row))


class Anchors(List):
    """Anchors by hour with their witnesses, newest first."""

    of, address, opens = "oversight.anchor", "oversight:anchors", "oversight:anchor"
    title = pgettext_lazy("words, oversight", "Audit anchors")
    sub = _(
        "Each hour the ends of all chains are bound into one root. Print it, or keep the mail or the file outside the "
        "portal: with it everybody can show that nothing before it was rewritten. An anchor counts once the witnesses "
        "of enough parties have co-signed it."
    )
    name = _("Anchors by hour")
    noun = ngettext_lazy("%(n)d anchor", "%(n)d anchors", "n")
    columns = (
        Title("day", pgettext_lazy("column, oversight", "Day (UTC)"), value=_hour, nowrap=True),
        Moment("made_at", pgettext_lazy("column, oversight", "Made"), phone=HIDE),
        Col(
            "root",
            pgettext_lazy("column, oversight", "Root"),
            value=lambda row: Cell(row.root_in_groups, mono=True),
            file=lambda row: row.root,
        ),
        Status(
            "standing",
            pgettext_lazy("column, oversight", "Witnesses"),
            value=lambda row: standing_chip(row.standing),
            empty=_("None: from before the log"),
            nowrap=True,
        ),
        Status("faults", pgettext_lazy("column, oversight", "Earlier anchors"), value=_fit),
        Act("file", pgettext_lazy("column, oversight", "File"), value=_file),
    )
    page = 48
    template = "oversight/anchors.html"
    banner = OFFICIAL
    empty = Blank(_("No anchors yet"), _("The first is created within the hour."), "shield-check")

    @staticmethod
    def read(actor: Actor, before: Any = None) -> Any:
        """The anchors without the ends of chains, which the list does not show."""
        return Anchor.objects.visible_to(actor, before=before).defer("heads")

    def lines(self, rows: list[Any]) -> list[Any]:
        """The anchors, with by how many parties each is witnessed."""
        return list(witnesses.with_standings(rows))

    def footnote(self) -> str:
        """Whose signature it is."""
        words = _now("The portal's signing key has the fingerprint %(fingerprint)s.")
        return words % {"fingerprint": signatures.fingerprint(signatures.public_key())}

    def walk(self) -> Any:
        """The last walk over the chains."""
        return walks.last_walk()

    def watched(self) -> dict[str, Any]:
        """Whether anchors count, and each witness with how far it has come."""
        now = timezone.now()
        return {
            "watches": witnesses.watches(now),
            "rule": witnesses.quorum_on(now.date()),
            "last_witnessed": witnesses.last_witnessed(),
        }


def _in_time(watch: witnesses.Watch) -> Small:
    if watch.late:
        return Small(pgettext("status, oversight", "Late"), "bad", "clock")
    return Small(pgettext("status, oversight", "On time"), "ok", "shield-check")


Table(
    "oversight.watches",
    _("Witnesses and how far they have come"),
    [
        Title("witness.code", pgettext_lazy("column, oversight", "Witness")),
        Count("number", pgettext_lazy("column, oversight", "Last anchor")),
        Moment("given_at", pgettext_lazy("column, oversight", "Co-signed"), small=_in_time),
        Col("witness.contact", CONTACT.label),
    ],
    page=lambda watch: reverse("oversight:witness", args=[watch.witness.pk]),
)


GROUNDS = {"owner": _("the desk keeps it"), "shared": _("it was shared with the desk")}
BY_RULE = _("the rule of this kind of record, as it is today")


def _key(row: dict[str, Any]) -> str:
    """With which key a program could have."""
    return f"{pgettext('words, oversight', 'key')} {row['it'].key}…" if row["it"].key else ""


def _ground(row: dict[str, Any], around: Around) -> tuple[Small, ...]:
    """Since when the ground of a sight is there, by whom and on what basis; and where the rule of today is another."""
    held, found = row["it"].held, []
    if held:
        said = [f"{pgettext('words, oversight', 'since')} {in_words(held.since, around.zone)}"]
        said += [f"{pgettext('words, oversight', 'by')} {held.by_desk}"] if held.by_desk else []
        said += [held.basis] if held.basis else []
        found = [Small(", ".join(said))]
        if row["it"].today is False:
            found.append(Small(_("not by the rule of this kind of record, as it is today")))
    return tuple(found)


class Wide(Col):
    """On a telephone it has its line for itself."""

    usual = "c-all"


class Ground(Wide):
    """Why somebody could have seen a record."""

    def read(self, row: Any) -> Any:
        """In words."""
        return GROUNDS.get(row["it"].why, BY_RULE)

    def smalls(self, row: Any, found: Any, around: Around) -> tuple[Small, ...]:
        """Since when, at the reader's own clock."""
        return _ground(row, around)


Table(
    "oversight.sight",
    _("Who could have seen it"),
    [
        Title("it.seat.desk.code", pgettext_lazy("column, oversight", "Desk")),
        Wide("name", pgettext_lazy("column, oversight", "Person"), small=_key),
        Col("it.seat.role", pgettext_lazy("column, oversight", "Role"), small="it.seat.get_kind_display"),
        Col("it.level", _("Reads up to"), value=lambda row: Level(row["it"].level).label),
        Ground("it.why", pgettext_lazy("column, oversight", "Reason")),
    ],
)


def _code(name: str) -> Callable[[Any], Cell]:
    return lambda row: Cell(format_html('<code class="wrap">{}</code>', getattr(row, name)))


Table(
    "oversight.chains",
    pgettext_lazy("words, oversight", "Latest seals"),
    (
        Title("stream", pgettext_lazy("column, oversight", "Chain")),
        Count("seq", pgettext_lazy("of a log", "Entries")),
        Col("hash", _("Last seal (SHA-256)"), value=_code("hash"), phone=WIDE),
    ),
)
Table(
    "oversight.cosignatures",
    _("Witnesses that co-signed it"),
    (
        Title("witness.code", pgettext_lazy("column, oversight", "Witness")),
        Col("seen", pgettext_lazy("column, oversight", "Seen (UTC)"), nowrap=True),
        Col("signature", pgettext_lazy("field, oversight", "Signature"), value=_code("signature"), phone=WIDE),
    ),
)
