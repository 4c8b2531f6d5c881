"""Navigation by job: the places of each function in the order of the rail, and the tabs inside each. Data alone.

A function lands on the first tab of its first place. A tab is the address that an app's manifest declares; what a
manifest says is not for a seat is left out, so that functions may share a row. Where a function calls a tab otherwise
than its app does, the name stands beside it. At most eight places fit without scrolling, and seven tabs beside each
other: what is beyond the seventh stands in the menu *More*.

A new page is a `Tab` in the manifest of its app. It names the `place` to which it is added, or a row here names it,
where it stands elsewhere or before others; a test names the pages that a function whose work they are has nowhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext_lazy

MOST_PLACES, MOST_TABS = 8, 7


@dataclass(frozen=True, slots=True)
class Place:
    """What a place is called, and its picture."""

    label: Any
    icon: str


PLACES: Mapping[str, Place] = {
    "my_work": Place(pgettext_lazy("navigation, portal", "My work"), "inbox"),
    "our_office": Place(pgettext_lazy("navigation, portal", "Our office"), "building"),
    "council": Place(pgettext_lazy("navigation, portal", "Council"), "landmark"),
    "implementation": Place(pgettext_lazy("navigation, portal", "Implementation"), "list-checks"),
    "region": Place(pgettext_lazy("navigation, portal", "Region"), "globe"),
    "reporting": Place(pgettext_lazy("navigation, portal", "Reporting"), "chart"),
    "intelligence": Place(pgettext_lazy("navigation, portal", "Intelligence"), "shield"),
    "borders": Place(pgettext_lazy("navigation, portal", "Borders"), "plane"),
    "border_desk": Place(pgettext_lazy("navigation, portal", "Border desk"), "shield-check"),
    "watch_floor": Place(pgettext_lazy("navigation, portal", "Watch floor"), "radar"),
    "watch_log": Place(pgettext_lazy("navigation, portal", "Watch log"), "book"),
    "journeys": Place(pgettext_lazy("navigation, portal", "Journeys"), "plane"),
    "hits": Place(pgettext_lazy("navigation, portal", "Hits"), "alert"),
    "screening": Place(pgettext_lazy("navigation, portal", "Screening"), "alert"),
    "watchlists": Place(pgettext_lazy("navigation, portal", "Watchlists"), "list"),
    "reports": Place(pgettext_lazy("navigation, portal", "Reports"), "file-text"),
    "requests": Place(pgettext_lazy("navigation, portal", "Requests"), "message"),
    "assessments": Place(pgettext_lazy("navigation, portal", "Assessments"), "scale"),
    "entities": Place(pgettext_lazy("navigation, portal", "Entities"), "users"),
    "accounts": Place(pgettext_lazy("navigation, portal", "Accounts"), "users"),
    "sign_in": Place(pgettext_lazy("navigation, portal", "Sign-in"), "key"),
    "data_protection": Place(pgettext_lazy("navigation, portal", "Data protection"), "lock"),
    "audit_trail": Place(pgettext_lazy("navigation, portal", "Audit trail"), "history"),
    "cases": Place(pgettext_lazy("navigation, portal", "Cases"), "alert"),
    "carrier_cases": Place(pgettext_lazy("navigation, portal", "Cases"), "landmark"),
    "interpol": Place(pgettext_lazy("navigation, portal", "INTERPOL"), "globe"),
    "manifests": Place(pgettext_lazy("navigation, portal", "Manifests"), "upload"),
    "schedule": Place(pgettext_lazy("navigation, portal", "Schedule"), "calendar"),
    "performance": Place(pgettext_lazy("navigation, portal", "Performance"), "trending-up"),
    "system_status": Place(pgettext_lazy("navigation, portal", "System status"), "panel"),
    "connections": Place(pgettext_lazy("navigation, portal", "Connections"), "link"),
    "api_keys": Place(pgettext_lazy("navigation, portal", "API keys"), "key"),
    "search": Place(pgettext_lazy("navigation, portal", "Search"), "search"),
    "notifications": Place(pgettext_lazy("navigation, portal", "Notifications"), "bell"),
}


@dataclass(frozen=True, slots=True)
class Called:
    """A tab under another name than its app gives it."""

    view: str
    label: Any


Tabs = Sequence[str | Called]
Arrangement = Mapping[str, Tabs]
"""{place: its tabs}, both in their order."""


WORK: Tabs = (
    "people:desk",
    "people:desk?mine=on",
    "people:desk?show=waiting",
    "people:desk?show=done",
    "people:desk?team=on",
)
OFFICE: Tabs = (
    "protection:requests",
    "audit:records",
    "protection:board",
    "jrcc:retention_rules",
    "sealing:keys",
)
COUNCIL: Tabs = (
    "council:official",
    "council:meetings",
    "council:decisions",
    "council:procedures",
    "council:papers",
    "council:bodies",
)
REGION: Tabs = ("region:map", "region:instruments", "region:laws", "region:indicators", "region:initiatives")
REGION_AND_TASKS: Tabs = ("impacs:tasks", "impacs:mandates", *REGION)
REPORTING: Tabs = ("reports:reports", "reports:scorecards", "reports:facts")
INTELLIGENCE: Tabs = (
    "rifc:reports",
    "exchange:requests",
    "assessments:assessments",
    "assessments:outlook",
    "watch:bulletins",
    "watch:digests",
    "entities:things",
    "rifc:requests",
    "rifc:openings",
    "taxii:intakes",
)
REPORTS: Tabs = (
    "rifc:reports?box=inbox",
    "rifc:reports?box=sent",
    "rifc:reports?box=drafts",
    "rifc:reports?box=community",
    "rifc:requests",
    "rifc:openings",
    "rifc:statistics",
)
REQUESTS: Tabs = ("exchange:requests?box=received", "exchange:requests?box=asked")
ASSESSMENTS: Tabs = ("assessments:assessments", "assessments:outlook", "watch:bulletins", "watch:digests")
ENTITIES: Tabs = ("entities:things", "entities:matrix", "entities:silent", "taxii:intakes")
SIGN_IN: Tabs = ("entrance:rules", "entrance:directories")
DATA_PROTECTION: Tabs = ("protection:requests", "protection:board", "sealing:keys")
PEOPLE: Tabs = (
    "people:register",
    "people:invitations",
    "people:approvals",
    "people:reviews",
    "people:secondments",
    "oversight:leavers",
    "people:emergencies",
    "people:tokens",
)
RECORDS = Called("audit:records", pgettext_lazy("navigation, portal", "Records"))

BY_FUNCTION: Mapping[str, Arrangement] = {
    "ministry": {
        "my_work": WORK,
        "council": COUNCIL,
        "implementation": ("impacs:obligations", "impacs:matrix", "impacs:tasks", "impacs:escalations"),
        "region": REGION,
        "reporting": REPORTING,
        "intelligence": ("rifc:reports", "rifc:requests", "rifc:openings", "assessments:outlook", "watch:digests"),
        "borders": ("jrcc:carriers", "jrcc:cases", "jrcc:regimes"),
        "our_office": OFFICE,
    },
    "border": {
        "border_desk": ("jrcc:border", "jrcc:lookups", "jrcc:numbers"),
        "my_work": WORK,
        "journeys": (
            "jrcc:journeys",
            "jrcc:expected",
            Called("jrcc:floor", pgettext_lazy("navigation, portal", "Live floor")),
            "jrcc:carriers",
            "jrcc:cases",
            "jrcc:regimes",
        ),
        "hits": ("jrcc:hits?state=referred", "jrcc:hits", "jrcc:owned"),
        "watchlists": ("screening:entries", "screening:lists"),
        "intelligence": INTELLIGENCE,
        "our_office": OFFICE,
    },
    "JRCC.watch": {
        "watch_floor": ("jrcc:floor", "watch:desk", "jrcc:numbers"),
        "my_work": WORK,
        "journeys": (
            "jrcc:journeys",
            "jrcc:submissions",
            "jrcc:expected",
            "jrcc:schedules",
            "jrcc:carriers",
            "jrcc:regimes",
        ),
        "hits": ("jrcc:hits?state=open", "jrcc:hits", "jrcc:lookups"),
        "watchlists": ("screening:entries", "screening:lists", "gateway:sources"),
        "intelligence": INTELLIGENCE,
        "region": REGION_AND_TASKS,
        "our_office": (*OFFICE, "jrcc:operations", "jrcc:retention"),
    },
    "RIFC.watch": {
        "watch_log": (
            Called("watch:desk", pgettext_lazy("navigation, portal", "Log")),
            "watch:bulletins",
            "watch:digests",
        ),
        "my_work": WORK,
        "reports": REPORTS,
        "requests": REQUESTS,
        "assessments": ("assessments:assessments", "assessments:outlook"),
        "entities": ENTITIES,
        "region": REGION_AND_TASKS,
        "our_office": OFFICE,
    },
    "intelligence": {
        "my_work": WORK,
        "reports": REPORTS,
        "requests": REQUESTS,
        "assessments": ASSESSMENTS,
        "entities": ENTITIES,
        "watchlists": ("screening:entries", "screening:lists"),
        "hits": ("jrcc:owned", "jrcc:hits"),
        "our_office": OFFICE,
    },
    "analysis": {
        "my_work": WORK,
        "reports": REPORTS,
        "requests": REQUESTS,
        "assessments": ASSESSMENTS,
        "entities": ENTITIES,
        "screening": (
            Called("jrcc:hits", pgettext_lazy("navigation, portal", "Hits")),
            "jrcc:owned",
            Called("screening:lists", pgettext_lazy("navigation, portal", "Watchlists")),
            Called("screening:entries", pgettext_lazy("navigation, portal", "Watchlist entries")),
        ),
        "region": REGION_AND_TASKS,
        "our_office": OFFICE,
    },
    "contact": {
        "my_work": WORK,
        "reports": REPORTS,
        "requests": REQUESTS,
        "assessments": ASSESSMENTS,
        "entities": ENTITIES,
        "our_office": OFFICE,
    },
    "customs": {
        "my_work": WORK,
        "intelligence": INTELLIGENCE,
        "our_office": OFFICE,
    },
    "secretariat": {
        "implementation": (
            "impacs:matrix",
            "impacs:verification",
            "impacs:escalations",
            "impacs:mandates",
            "impacs:tasks",
            "impacs:budget",
        ),
        "my_work": WORK,
        "council": (
            Called("council:official", pgettext_lazy("navigation, portal", "Preparation")),
            *COUNCIL[1:],
        ),
        "region": REGION,
        "reporting": REPORTING,
        "our_office": OFFICE,
    },
    "administration": {
        "accounts": PEOPLE,
        "my_work": WORK,
        "sign_in": SIGN_IN,
        "data_protection": DATA_PROTECTION,
        "audit_trail": (RECORDS, "oversight:anchors"),
    },
    "carrier": {
        "manifests": ("jrcc:submissions",),
        "my_work": WORK,
        "schedule": ("jrcc:expected", "jrcc:schedules"),
        "performance": (
            Called("jrcc:carriers", pgettext_lazy("navigation, portal", "Our month")),
            "jrcc:regimes",
        ),
        "carrier_cases": ("jrcc:cases",),
        "our_office": ("audit:records",),
    },
    "oversight": {
        "cases": ("oversight:cases",),
        "my_work": WORK,
        "audit_trail": (RECORDS, "search:log", "oversight:sight", "oversight:anchors"),
        "accounts": PEOPLE,
        "sign_in": SIGN_IN,
        "data_protection": DATA_PROTECTION,
        "interpol": ("gateway:sources",),
    },
    "platform": {
        "system_status": ("operations:status", "kit"),
        "my_work": WORK,
        "connections": ("gateway:sources", "entrance:directories", "notices:webhooks"),
        "api_keys": ("people:tokens",),
        "data_protection": ("protection:board",),
        "audit_trail": (RECORDS, "oversight:anchors"),
    },
    "automation": {
        "my_work": WORK,
        "our_office": OFFICE,
    },
}
"""{function, or a single desk (`JRCC.watch`) whose work is another than that of its function: its places}."""

OUTSIDE: Arrangement = {
    "search": ("search", "search:saved"),
    "notifications": (
        "notices:inbox",
        "notices:settings",
        "notices:webhooks",
        "notices:holidays",
        "notices:alarms",
    ),
}
"""Places of every seat that are not in the rail: the head and the account menu lead there."""


def arrangement_for(function: str, desk: str) -> Arrangement:
    """The places of a seat's function, or of its desk; those of a seat without work where none is arranged."""
    return BY_FUNCTION.get(desk) or BY_FUNCTION.get(function) or BY_FUNCTION["automation"]
