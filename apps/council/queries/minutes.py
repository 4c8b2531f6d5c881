"""The draft minutes of a meeting as Markdown, made from what was recorded: sittings, presence, items, decisions."""

import datetime
from collections.abc import Iterator
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.council.models import Decision, Delegation, Meeting, MinutesCorrection, PresenceEvent, Sitting, Statement
from apps.council.queries.agenda import in_order
from apps.council.rules.titles import meeting_name, ordinal

CAME = (PresenceEvent.Event.ARRIVE, PresenceEvent.Event.CONNECT)
DECIDED = ("adopted", "rejected", "deferred", "pending_ad_referendum", "sealed", "in_force", "superseded", "lapsed")


def drafted(meeting: Meeting) -> str:
    """Headings and numbered paragraphs, each on one line. Restricted items are recorded with themselves alone."""
    name = f"{meeting_name(meeting.number, meeting.kind)}, {meeting.organ.name}"
    numbers = count(1)
    lines = [f"# {_('Minutes of the')} {name}", "", f"{meeting.place}, {_days(meeting)}", ""]
    for heading, paragraphs in (
        (pgettext("words, council", "Attendance"), _attendance(meeting)),
        (pgettext("words, council", "Sittings"), _sittings(meeting)),
        (pgettext("words, council", "Items"), _items(meeting)),
        (pgettext("words, council", "Decisions"), _decisions(meeting)),
        (pgettext("words, council", "Statements"), _statements(meeting)),
    ):
        lines += [f"## {heading}", ""]
        for text in paragraphs:
            lines += [f"{next(numbers)}. {' '.join(text.split())}", ""]
    return "\n".join([*lines, _("What was said on restricted items is recorded with those items."), ""])


def blocks(text: str) -> Iterator[tuple[str, str, str]]:
    """(kind, number, text) of each line for a page: "title", "heading", "paragraph" with its number, or "line"."""
    for line in filter(None, text.splitlines()):
        mark, _blank, rest = line.partition(" ")
        if mark in {"#", "##"}:
            yield ("title" if mark == "#" else "heading"), "", rest
        elif mark[:-1].isdecimal() and mark.endswith("."):
            yield "paragraph", mark, rest
        else:
            yield "line", "", line.removeprefix("- ")


def annexed(meeting: Meeting) -> str:
    """The annex of corrections that were not taken over; empty without any."""
    paragraph = pgettext("words, council", "paragraph")
    rows = MinutesCorrection.objects.filter(meeting=meeting, disposition=MinutesCorrection.Disposition.ANNEXED)
    lines = [
        f"- {row.party.short_name}, {paragraph} {row.paragraph}: {' '.join(row.text.split())}"
        for row in rows.select_related("party").order_by("at")
    ]
    return "\n".join(["", f"## {_('Annex: corrections by States')}", "", *lines, ""]) if lines else ""


def _days(meeting: Meeting) -> str:
    place = ZoneInfo(meeting.time_zone)
    first, last = (date_format(at.astimezone(place), "j F Y") for at in (meeting.starts_at, meeting.ends_at))
    return first if first == last else f"{first} – {last}"


def _hour(meeting: Meeting, at: datetime.datetime | None) -> str:
    return date_format(at.astimezone(ZoneInfo(meeting.time_zone)), "j F Y, H:i") if at else "–"


def _attendance(meeting: Meeting) -> Iterator[str]:
    came = set(PresenceEvent.objects.filter(meeting=meeting, event__in=CAME).values_list("party_id", flat=True))
    rows = list(Delegation.objects.filter(meeting=meeting).select_related("party"))
    rows.sort(key=lambda row: (row.party.roll_call_order or 0, row.party.name))
    for title, votes in ((_("Member States present"), True), (_("Associate Members present"), False)):
        yield f"{title}: {_listed([_who(row) for row in rows if row.votes == votes and row.party_id in came])}."
    away = [row.party.short_name for row in rows if row.votes and row.party_id not in came]
    yield f"{_('Member States absent')}: {_listed(away)}."


def _who(row: Delegation) -> str:
    return f"{row.party.short_name} ({row.head})" if row.head else row.party.short_name


def _listed(names: list[str]) -> str:
    return ", ".join(names) or pgettext("words, council", "none")


def _sittings(meeting: Meeting) -> Iterator[str]:
    for row in Sitting.objects.filter(meeting=meeting).order_by("number"):
        words = {
            "nth": ordinal(row.number),
            "opened": _hour(meeting, row.opened_at),
            "closed": _hour(meeting, row.closed_at),
            "present": len(row.present),
            "quorum": row.quorum_required,
        }
        yield (
            _(
                "%(nth)s sitting, from %(opened)s to %(closed)s: %(present)s Member States present at the opening,"
                " quorum %(quorum)s."
            )
            % words
        )


def _items(meeting: Meeting) -> Iterator[str]:
    for item in in_order(meeting):
        if item.position and not item.restricted:
            ending = f" {item.outcome or item.reason}" if item.outcome or item.reason else ""
            number = f"{pgettext('words, council', 'Item')} {item.position}"
            yield f"{number}, {item.title}: {item.get_state_display().lower()}.{ending}"


def _open_decisions(meeting: Meeting) -> Any:
    rows = Decision.objects.filter(meeting=meeting, state__in=DECIDED, level__lte=meeting.level)
    return rows.exclude(item__restricted=True)


def _decisions(meeting: Meeting) -> Iterator[str]:
    for row in _open_decisions(meeting).order_by("number", "working_no"):
        said = (row.result or {}).get("sentence", "")
        yield f"{row}, {row.title}: {row.get_state_display().lower()}. {said}".strip()


def _statements(meeting: Meeting) -> Iterator[str]:
    rows = Statement.objects.filter(decision__in=_open_decisions(meeting)).select_related("party", "decision")
    for row in rows.order_by("at"):
        kind = f"{row.get_kind_display().lower()} {pgettext('relation, council', 'to')}"
        yield f"{row.party.short_name}, {kind} {row.decision}: {row.text}"
