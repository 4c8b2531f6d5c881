"""What stands in the frame of every page: the rail by function, the seats, the look."""

from functools import partial
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.access.templatetags.names import as_function, as_role
from apps.entrance.policy import DIRECTORY_READERS, RULE_READERS
from apps.notices import queries as notices
from apps.operations import queries as operations
from apps.operations.policy import OPERATORS
from apps.oversight.policy import ANCHOR_READERS
from apps.people import desks, explaining
from apps.protection.policy import BOARD, HANDLERS, HOLDERS, REGISTER
from apps.rifc.policy import CISNET, READERS, RELEASES

COUNCIL = frozenset({"ministry", "secretariat"})
PLAN = COUNCIL | {"watch", "analysis"}
LISTS = frozenset({"JRCC.watch", "border", "intelligence", "analysis"})
GATEWAY = frozenset({"JRCC.watch", "JRCC.oversight", "IMPACS.platform"})
FLOOR = frozenset({"JRCC.watch", "border"})

# section: (label, view, icon, functions or single desks; None = every seat)
RAIL: dict[Any, list[tuple[Any, str, str, frozenset[str] | None]]] = {
    "": [(gettext_lazy("My desk"), "people:desk", "inbox", None)],
    gettext_lazy("Council"): [
        (gettext_lazy("Council"), "council:official", "building", COUNCIL),
        (gettext_lazy("Decisions"), "council:decisions", "landmark", COUNCIL),
        (gettext_lazy("Meetings"), "council:meetings", "calendar", COUNCIL),
        (gettext_lazy("Papers"), "council:papers", "file-text", COUNCIL),
        (gettext_lazy("Written procedures"), "council:procedures", "clock", COUNCIL),
        (gettext_lazy("Bodies and rules"), "council:bodies", "scale", COUNCIL),
    ],
    gettext_lazy("Implementation"): [
        (gettext_lazy("Decisions and States"), "impacs:matrix", "grid", COUNCIL),
        (gettext_lazy("Obligations"), "impacs:obligations", "list-checks", frozenset({"ministry"})),
        (gettext_lazy("Evidence and requests"), "impacs:verification", "circle-check", frozenset({"secretariat"})),
        (gettext_lazy("IMPACS tasks"), "impacs:tasks", "panel", PLAN),
        (gettext_lazy("Mandates"), "impacs:mandates", "flag", PLAN - {"ministry"}),
        (gettext_lazy("Budget"), "impacs:budget", "scale", frozenset({"secretariat"})),
        (gettext_lazy("Escalations"), "impacs:escalations", "trending-up", COUNCIL),
    ],
    gettext_lazy("Region"): [
        (gettext_lazy("Participation"), "region:map", "globe", PLAN),
        (gettext_lazy("Instruments"), "region:instruments", "signature", PLAN),
        (gettext_lazy("Laws"), "region:laws", "shield-check", PLAN),
        (gettext_lazy("Indicators"), "region:indicators", "sort-up", PLAN),
    ],
    gettext_lazy("Reports out"): [
        (gettext_lazy("Reports"), "reports:reports", "file-text", COUNCIL),
        (gettext_lazy("Scorecards"), "reports:scorecards", "scale", COUNCIL),
        (gettext_lazy("Facts"), "reports:facts", "list", COUNCIL),
    ],
    gettext_lazy("Intelligence"): [
        (gettext_lazy("Search and alerts"), "search:saved", "search", CISNET | READERS),
        (gettext_lazy("Shared reports"), "rifc:reports", "file-text", CISNET | READERS),
        (gettext_lazy("Requests for information"), "exchange:requests", "message", CISNET),
        (gettext_lazy("Requests for release"), "rifc:requests", "send", CISNET | READERS),
        (gettext_lazy("Threat assessments"), "assessments:assessments", "scale", CISNET),
        (gettext_lazy("Threat outlook"), "assessments:outlook", "grid", CISNET | READERS),
        (gettext_lazy("Watch log"), "watch:desk", "clock", frozenset({"RIFC.watch", "JRCC.watch"})),
        (gettext_lazy("Bulletins"), "watch:bulletins", "flag", CISNET),
        (gettext_lazy("Weekly digests"), "watch:digests", "calendar", CISNET | READERS),
        (gettext_lazy("Give and take"), "rifc:statistics", "scale", RELEASES | {"RIFC.watch"}),
        (gettext_lazy("Persons and things"), "entities:things", "users", CISNET),
        (gettext_lazy("STIX intake"), "taxii:intakes", "inbox", CISNET),
    ],
    gettext_lazy("Borders"): [
        (gettext_lazy("Watch floor"), "jrcc:floor", "radar", FLOOR),
        (gettext_lazy("Border desk"), "jrcc:border", "shield-check", frozenset({"border"})),
        (gettext_lazy("Journeys"), "jrcc:journeys", "plane", FLOOR),
        (gettext_lazy("Expected journeys"), "jrcc:expected", "calendar", FLOOR | {"carrier"}),
        (gettext_lazy("Schedules"), "jrcc:schedules", "clock", frozenset({"JRCC.watch", "carrier"})),
        (gettext_lazy("Hits"), "jrcc:hits", "alert", LISTS),
        (gettext_lazy("Searches for people"), "jrcc:lookups", "search", FLOOR),
        (gettext_lazy("Hits on our entries"), "jrcc:owned", "flag", frozenset({"border", "intelligence", "analysis"})),
        (gettext_lazy("Manifests"), "jrcc:submissions", "file", frozenset({"JRCC.watch", "carrier"})),
        (gettext_lazy("Deadlines"), "jrcc:regimes", "clock", FLOOR | {"carrier", "ministry"}),
        (gettext_lazy("Carriers"), "jrcc:carriers", "scale", FLOOR | {"carrier", "ministry"}),
        (
            gettext_lazy("Cases against carriers"),
            "jrcc:cases",
            "landmark",
            frozenset({"border", "ministry", "carrier"}),
        ),
        (gettext_lazy("Intake at work"), "jrcc:operations", "trending-up", frozenset({"JRCC.watch"})),
        (gettext_lazy("Retention"), "jrcc:retention", "history", frozenset({"JRCC.watch"})),
        (gettext_lazy("Rules of retention"), "jrcc:retention_rules", "history", frozenset({"border", "ministry"})),
        (gettext_lazy("Watchlists"), "screening:lists", "list", LISTS),
        (gettext_lazy("INTERPOL"), "gateway:sources", "globe", GATEWAY),
    ],
    gettext_lazy("Administration"): [
        (gettext_lazy("Accounts"), "people:register", "users", frozenset({"administration", "oversight"})),
        (gettext_lazy("How the portal stands"), "operations:status", "panel", frozenset({OPERATORS})),
        (gettext_lazy("Keys of programs"), "people:tokens", "key", frozenset({OPERATORS})),
        (gettext_lazy("Signing in"), "entrance:rules", "key", RULE_READERS),
        (gettext_lazy("Directories of States"), "entrance:directories", "user-check", DIRECTORY_READERS),
        (gettext_lazy("Audit trail"), "audit:records", "history", None),
        (gettext_lazy("Cases"), "oversight:cases", "alert", frozenset({"oversight"})),
        (gettext_lazy("Anchors"), "oversight:anchors", "shield-check", ANCHOR_READERS),
        (gettext_lazy("Requests of persons"), "protection:requests", "user-check", HANDLERS | HOLDERS),
        (gettext_lazy("Data protection"), "protection:board", "lock", BOARD | REGISTER),
        (gettext_lazy("What was searched"), "search:log", "search", frozenset({"oversight"})),
    ],
}


def areas_of(actor: Any) -> list[str]:
    """The entries of the rail that a seat has, in words."""
    return [
        str(label)
        for rows in RAIL.values()
        for label, _view, _icon, functions in rows
        if functions is None or {actor.function, actor.desk_code} & functions
    ]


explaining.name_areas(areas_of)


def frame(request: Any) -> dict[str, Any]:
    """Context of base.html."""
    actor = getattr(request, "actor", None)
    user = getattr(request, "user", None)
    person: Any = user if user is not None and user.is_authenticated else None
    counted = _counted(request, actor)
    return {
        "frame": {
            "nav": rail(request, actor, counted or []) if actor else [],
            "fresh": counted is not None,
            "seats": _seats(getattr(request, "seats", []), actor),
            "theme": person.theme if person else "auto",
            "density": "compact" if person and person.compact else "normal",
            "live": actor is not None,
            "languages": settings.LANGUAGES,  # as they stand there: Django's own tag would translate their names
            "maintenance": getattr(request, "maintenance", ""),
            "emergency": _emergency(request, actor),
            "bell": partial(_bell, actor),  # counted only by pages that show it, never for a fragment
        }
    }


def _counted(request: Any, actor: Any) -> desks.Counted | None:
    """What waits for the seat, as this request or one of the last half minute found it; None: the page asks anew."""
    if actor is None:
        return None
    found: desks.Counted | None = getattr(request, "waiting", None)
    return desks.remembered(actor) if found is None else found


def rail(request: Any, actor: Any, counted: desks.Counted) -> list[dict[str, Any]]:
    """The sections of the rail that this seat has; an area without a grant is absent.

    Numbers are of what waits for the seat, gold when something of it is due today or late.
    """
    closed = operations.now().closes
    own = [
        ((section, label, icon), reverse(view))
        for section, rows in RAIL.items()
        for label, view, icon, functions in rows
        if (functions is None or {actor.function, actor.desk_code} & functions) and not closed(actor.party_code, view)
    ]
    here = _longest(_page(request), own)
    numbers = _numbers(counted, own, actor)
    sections: dict[str, list[dict[str, Any]]] = {}
    for (section, label, icon), url in own:
        count, hot = numbers.get(url, (0, False))
        sections.setdefault(str(section), []).append(
            {"label": str(label), "url": url, "icon": icon, "current": url == here, "count": count, "hot": hot}
        )
    return [{"title": title, "items": items} for title, items in sections.items()]


def _page(request: Any) -> str:
    """The path of the page that shows the rail, also when the rail alone is asked for."""
    shown = request.headers.get("HX-Current-URL", "") if request.headers.get("HX-Request-Type") == "partial" else ""
    return urlsplit(shown).path or request.path


def _longest(path: str, own: list[Any]) -> str:
    """The entry a page belongs to: /council/ is the beginning of /council/papers/ too, so the longest that fits."""
    return max((url for _row, url in own if path.startswith(url)), key=len, default="")


def _numbers(counted: desks.Counted, own: list[Any], actor: Any) -> dict[str, tuple[int, bool]]:
    """{address of an entry: (how many things wait there, is one due today)}; My desk has them all."""
    today = timezone.now().astimezone(ZoneInfo(actor.time_zone)).date()
    home = reverse("people:desk")
    found: dict[str, tuple[int, bool]] = {}
    for place, due in counted:
        hot = due is not None and due.astimezone(ZoneInfo(actor.time_zone)).date() <= today
        for url in {home, _longest(place, own)} - {""}:
            count, before = found.get(url, (0, False))
            found[url] = count + 1, before or hot
    return found


def _bell(actor: Any) -> dict[str, Any] | None:
    """Where the notices are, and how many of them this seat has not read."""
    return {"url": reverse("notices:inbox"), "count": notices.bell(actor)} if actor is not None else None


def _emergency(request: Any, actor: Any) -> Any:
    """Until when the seat lasts, if it is an emergency seat; else None."""
    if actor is None or actor.seat_kind != "emergency":
        return None
    return next((seat.valid_to for seat in getattr(request, "seats", []) if seat.pk == actor.seat_id), None)


def _seats(seats: Any, actor: Any) -> list[dict[str, Any]]:
    return [
        {
            "id": seat.pk,
            "party_code": seat.desk.party_id,
            "party_name": seat.desk.party.short_name,
            "label": _("%(function)s, %(role)s")
            % {"function": as_function(seat.desk.function.name), "role": as_role(seat.role)},
            "current": actor is not None and seat.pk == actor.seat_id,
            "seconded_from": seat.seconded_from,
        }
        for seat in seats
    ]
