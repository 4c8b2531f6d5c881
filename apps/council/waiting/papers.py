"""What of the Council's papers waits for a seat, for My desk."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from apps.access.actor import WORKS, Actor
from apps.council.managers import COUNCIL_FUNCTIONS
from apps.council.queries import papers as queries
from apps.people.waiting import Ask, Facts, WorkRow, moment, register_as

PAPERS = gettext_lazy("Papers")


@register_as("papers", PAPERS)
def papers(actor: Actor) -> Iterator[Ask]:
    """Papers returned to the desk, to be cleared, handed in to the Secretariat, or for its ministry to read.

    To read are issued papers of the next meeting that nobody of the State has opened.
    """
    if actor.function not in COUNCIL_FUNCTIONS:
        return
    columns = ("pk", "title", "number", "state", "asked", "reason")
    facts = {name: name for name in columns} | {"starts_at": "meeting__starts_at"}
    rows = queries.waiting(actor)
    yield Ask(rows, ["changed_at", "pk"], facts, lambda facts: [_paper(actor, facts)], most=2 * queries.MOST_WAITING)


def _paper(actor: Actor, facts: Facts) -> WorkRow:
    to_read = facts["state"] == "issued"
    title, kind, act = _title(actor, facts)
    return WorkRow(
        title=title % {"paper": facts["number"] or facts["title"]},
        url=reverse("council:paper", args=[facts["pk"]]),
        due=moment(facts["starts_at"]) if to_read else None,
        detail=facts["title"] if to_read else facts["reason"] or facts["title"],
        kind=kind,
        act=act,
    )


def _title(actor: Actor, facts: Facts) -> tuple[str, str, str]:
    if facts["state"] == "issued":
        return _("Read paper %(paper)s"), "file-text", pgettext("verb", "Read")
    if actor.desk_id in facts["asked"]:
        return _("Clear paper %(paper)s"), "shield-check", pgettext("a text", "Clear")
    if facts["state"] == "returned":
        return _("Revise paper %(paper)s"), "undo", _("Revise")
    return _("Send paper %(paper)s to clearance"), "inbox", _("Send")


@register_as("papers", PAPERS)
def translations_to_renew(actor: Actor) -> Iterator[Ask]:
    """Translations that are of an earlier text, for the Secretariat."""
    if actor.function != "secretariat" or actor.rank < WORKS:
        return
    facts = {"paper": "paper_id", "number": "paper__number", "of": "paper__title"}
    facts |= {"language": "language", "title": "title"}
    yield Ask(queries.out_of_date(actor), ["pk"], facts, lambda facts: [_translation(facts)])


def _translation(facts: Facts) -> WorkRow:
    place = reverse("council:paper_translate", args=[facts["paper"]])
    return WorkRow(
        title=_("Renew the %(language)s translation of %(paper)s")
        % {"language": facts["language"].upper(), "paper": facts["number"] or facts["of"]},
        url=f"{place}?language={facts['language']}",
        due=None,
        detail=facts["title"],
        kind="globe",
        act=_("Translate"),
    )
