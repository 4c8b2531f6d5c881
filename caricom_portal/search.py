"""One search box over all rooms: exact references and numbers first, then family names. Reads pass the read door."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.access.middleware import note_read
from apps.council.models import Decision, Paper
from apps.council.queries import decisions as council
from apps.jrcc.models import Hit, Journey, Submission, Traveller
from apps.rifc.models import Report
from apps.rifc.policy import CISNET, READERS
from apps.rifc.queries import reports as rifc
from apps.screening.models import Entry

MOST = 20
COUNCIL = frozenset({"ministry", "secretariat"})
"""Functions whose work is the Council's; for others its records are not there."""
REPORTS = CISNET | READERS
Found = dict[str, Any]


def find(request: Any, words: str) -> list[Found]:
    """Groups of results [{title, rows: [{title, detail, url}]}] that the seat may see; empty groups are left out."""
    actor, text = request.actor, words.upper()
    groups = [
        _group(_("Hits"), "jrcc:hit", Hit.objects.visible_to(actor).filter(reference=text), lambda h: h.list_name),
        _group(
            _("Manifests"),
            "jrcc:submission",
            Submission.objects.visible_to(actor).filter(receipt=text),
            lambda s: s.flight,
        ),
        _group(_("Journeys"), "jrcc:journey", _journeys(actor, text), lambda j: f"{j.origin}–{j.destination} {j.date}"),
        _group(
            _("Travellers"),
            "jrcc:traveller",
            _travellers(actor, text),
            lambda t: f"{t.journey} {t.from_port}–{t.to_port}",
            name,
        ),
        _group(
            _("Watchlist entries"),
            "screening:entry",
            Entry.objects.visible_to(actor).filter(reference=text),
            lambda e: e.display_name,
        ),
        *_council(actor, words),
        *_reports(actor, words),
    ]
    found = [group for group in groups if group["rows"]]
    if any(group["title"] in {_("Travellers"), _("Watchlist entries")} for group in found):
        # criteria name persons: the log says that a search was made and how much it showed
        note_read(request, "traveller.search", Traveller, rows=sum(len(group["rows"]) for group in found))
    return found


def _council(actor: Any, words: str) -> list[Found]:
    """Decisions and papers by number, in any spelling of it, or by the words of title and text."""
    if actor.function not in COUNCIL:
        return []
    decisions = council.found(Decision.objects.visible_to(actor), words)
    papers = council.found(Paper.objects.visible_to(actor), words, "number")
    return [
        _group(
            _("Decisions"),
            "council:decision",
            decisions,
            lambda d: f"{d}, {d.get_state_display()}",
            lambda d: d.title,
        ),
        _group(_("Papers"), "council:paper", papers, str, lambda p: p.title),
    ]


def _reports(actor: Any, words: str) -> list[Found]:
    """Reports by number or by the words of title and text, each in its newest version."""
    if actor.function not in REPORTS:
        return []
    rows = rifc.worded(Report.objects.visible_to(actor).filter(state="shared"), words)
    return [_group(_("Reports"), "rifc:report", rows, lambda r: f"{r.number}, TLP:{r.tlp}", lambda r: r.title)]


def name(traveller: Traveller) -> str:
    """Family name in capitals, then given names."""
    return f"{traveller.surname}, {traveller.given_names}".strip(", ")


def _group(title: str, view: str, rows: Any, detail: Any, words: Any = str) -> Found:
    return {
        "title": title,
        "rows": [
            {"title": words(row), "detail": detail(row), "url": reverse(view, args=[row.pk])}
            for row in rows.order_by("-pk")[:MOST]
        ],
    }


def _journeys(actor: Any, text: str) -> Any:
    """`BW600`, `BW 600` or `600`."""
    compact = text.replace(" ", "")
    rows = Journey.objects.visible_to(actor).select_related("carrier")
    if compact.isdecimal():
        return rows.filter(number=compact.lstrip("0"))
    return rows.filter(carrier_id=compact[:2], number=compact[2:].lstrip("0"))


def _travellers(actor: Any, text: str) -> Any:
    """A family name, or a document number with a digit in it."""
    rows = Traveller.objects.visible_to(actor).filter(withdrawn_at=None).select_related("journey__carrier")
    if any(character.isdecimal() for character in text):
        return rows.filter(documents__number=text.replace(" ", ""))
    return rows.filter(surname=text)
