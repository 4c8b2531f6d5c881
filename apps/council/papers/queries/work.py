"""What of the Council's papers waits for a seat, for My work."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

from apps.access.actor import WORKS, Actor
from apps.council.managers import COUNCIL_FUNCTIONS
from apps.council.papers.queries import papers as queries
from apps.council.queries.work.meetings import brief_of, of_meeting
from apps.people.queries.work import Ask, Facts, WorkRow, moment, same_for_a_seat


def papers(actor: Actor) -> Iterator[Ask]:
    """Papers returned to the desk, to be cleared, handed in to the Secretariat, or for its ministry to read.

    To read are issued papers of every coming meeting that nobody of the State has opened.
    """
    if actor.function not in COUNCIL_FUNCTIONS:
        return
    columns = ("pk", "title", "number", "state", "asked", "reason")
    facts = {name: name for name in columns} | of_meeting()
    rows = queries.waiting(actor)
    yield Ask(rows, ["changed_at", "pk"], facts, lambda facts: [_paper(actor, facts)], most=2 * queries.MOST_WAITING)


def _paper(actor: Actor, facts: Facts) -> WorkRow:
    to_read = facts["state"] == "issued"
    title, kind, act = _title(actor, facts)
    return WorkRow(
        title=title % {"paper": facts["title"]},
        url=reverse("council:paper", args=[facts["pk"]]),
        due=moment(facts["meeting_starts_at"]) if to_read else None,
        detail="" if to_read else facts["reason"],
        kind=kind,
        code=facts["number"],
        act=act,
        together=brief_of(facts) if to_read and actor.function == "ministry" else None,
    )


def _title(actor: Actor, facts: Facts) -> tuple[str, str, str]:
    if facts["state"] == "issued":
        return pgettext("words, council", "Read the paper: %(paper)s"), "file-text", pgettext("button, council", "Read")
    if actor.desk_id in facts["asked"]:
        return pgettext("words, council", "Clear the paper: %(paper)s"), "shield-check", pgettext("a text", "Clear")
    if facts["state"] == "returned":
        return pgettext("words, council", "Revise the paper: %(paper)s"), "undo", pgettext("button, council", "Revise")
    return _("Send the paper for clearance: %(paper)s"), "inbox", pgettext("button, council", "Send")


@same_for_a_seat
def translations_to_renew(actor: Actor) -> Iterator[Ask]:
    """Translations that are of an earlier text, for the Secretariat."""
    if actor.function != "secretariat" or actor.rank < WORKS:
        return
    facts = {"paper": "paper_id", "number": "paper__number", "of": "paper__title"}
    facts |= {"language": "language"}
    yield Ask(queries.out_of_date(actor), ["pk"], facts, lambda facts: [_translation(facts)])


def _translation(facts: Facts) -> WorkRow:
    place = reverse("council:paper_translate", args=[facts["paper"]])
    return WorkRow(
        title=_("Update the translation (%(language)s): %(paper)s")
        % {"language": get_language_info(facts["language"])["name_translated"], "paper": facts["of"]},
        url=f"{place}?language={facts['language']}",
        due=None,
        detail="",
        kind="globe",
        code=facts["number"],
        act=pgettext("button, council", "Translate"),
    )
