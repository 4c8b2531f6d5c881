"""The work on an assessment: who was asked, what came of it, comments and persons."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags.names import as_party, seconded_person
from apps.access.templatetags.portal import code
from apps.pages.cells import Cell, Press, stack
from apps.pages.columns import WIDE, Act, Col, Moment, Status, Title
from apps.pages.tables import Table

PARTY = pgettext_lazy("column, assessments", "Party")
AT = pgettext_lazy("column, assessments", "Time")


def _named_party(row: Any) -> SafeString:
    return format_html("{} {}", code(row.party_id, as_party(row.party.name)), as_party(row.party.short_name))


def _answer(row: Any) -> tuple[str, str, Any]:
    return {
        "accept": ("ok", "check", pgettext("status, assessments", "Takes part")),
        "decline": ("mute", "x", _now("Does not take part")),
    }.get(row.answer, ("warn", "clock", _now("No answer yet")))


Table(
    "assessments.asked",
    pgettext_lazy("words, assessments", "Invited parties"),
    (
        Title("party", PARTY, value=_named_party),
        Status("answer", pgettext_lazy("column, assessments", "Answer"), value=_answer),
        Moment("answered_at", AT),
    ),
)


def _code(row: Any) -> Cell:
    it = row["it"]
    return Cell(it.party_id, code=True, hover=as_party(it.party.name))


def _contribution(row: dict[str, Any]) -> Cell:
    """A report or words, that there is nothing to give, or why it was taken back."""
    one = row["it"]
    text = Cell(format_html('<span class="pieces">{}</span>', one.text)) if one.text else Cell()
    if one.withdrawn_at:
        return stack([Cell(pgettext("status, assessments", "Withdrawn"), chip=("bad", "undo")), Cell(one.reason)])
    if one.nil:
        return stack([Cell(_now("Nothing to contribute")), text])
    if one.seen:
        return stack([Cell(one.seen.number or one.seen.title, url=reverse("rifc:report", args=[one.report])), text])
    if one.report:
        return stack([Cell(_now("a report that you do not have"), tone="q"), text])
    return text


def _take_back(row: dict[str, Any]) -> Press | None:
    place = reverse("assessments:part_do", args=[row["it"].assessment_id, row["it"].pk, "withdraw"])
    return Press(pgettext("button, assessments", "Withdraw"), place) if row["takes_back"] else None


Table(
    "assessments.contributions",
    _("Contributions of parties"),
    (
        Title("party", PARTY, value=_code),
        Col("what", pgettext_lazy("column, assessments", "Contribution"), value=_contribution, phone=WIDE),
        Col("release", _("Who may read it"), value=lambda row: row["it"].get_release_display()),
        Moment("it.at", AT),
        Act("act", "", value=_take_back),
    ),
)


def _on(row: dict[str, Any]) -> str:
    one = row["it"]
    if one.section:
        return str(one.section.title)
    if one.judgement:
        return pgettext("words, assessments", "Judgement %(n)s") % {"n": one.judgement.order}
    return pgettext("words, assessments", "Whole assessment")


def _comment(row: dict[str, Any]) -> Cell:
    one = row["it"]
    if one.kind == "blocking":
        return stack([Cell(pgettext("status, assessments", "Blocking"), chip=("bad", "alert")), Cell(one.text)])
    return stack([Cell(format_html("<b>{}</b>", one.get_kind_display())), Cell(one.text)])


def _outcome(row: dict[str, Any]) -> Cell:
    """How far a comment is, and what the seat may do with it."""
    one = row["it"]
    return stack(
        [
            Cell(one.get_outcome_display()),
            *(
                Cell(press=Press(label, reverse("assessments:part_do", args=[one.assessment_id, one.pk, verb])))
                for verb, label in row["verbs"]
            ),
        ]
    )


Table(
    "assessments.comments",
    _("Comments and their answers"),
    (
        Title("party", PARTY, value=_code),
        Col("on", pgettext_lazy("column, assessments", "On"), value=_on),
        Col("comment", pgettext_lazy("column, assessments", "Comment"), value=_comment, phone=WIDE),
        Moment("it.at", AT),
        Col("it.answer", pgettext_lazy("column, assessments", "Answer"), phone=WIDE),
        Col("outcome", pgettext_lazy("column, assessments", "Status"), value=_outcome, phone=WIDE),
    ),
)


def _person(row: Any) -> SafeString:
    return format_html("{} {}", row.user.full_name, seconded_person(row.user, row.desk.party_id))


def _desk(row: Any) -> SafeString:
    return format_html("{} {}", code(row.desk.party_id, as_party(row.desk.party.name)), row.desk.code)


Table(
    "assessments.members",
    _("People who work on it"),
    (
        Title("user", pgettext_lazy("column, assessments", "Person"), value=_person, small="user.username"),
        Col("desk", pgettext_lazy("column, assessments", "Desk"), value=_desk),
        Col("role", pgettext_lazy("column, assessments", "Role")),
    ),
)


def contribution_rows(found: Iterable[Any], own: str) -> list[dict[str, Any]]:
    """Contributions; those of the party `own`, which the seat may take back, say so."""
    return [{"it": one, "takes_back": bool(own) and one.party_id == own and not one.withdrawn_at} for one in found]
