"""What carriers join to the other apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Event, Every, Tab, Texts, Work

app = App(
    "carriers",
    collections=[
        Collection("jrcc/regimes", "api.rules.RegimeViewSet"),
        Collection("jrcc/carriers", "api.registers.CarrierViewSet"),
        Collection("jrcc/scorecards", "api.carriers.ScorecardViewSet"),
        Collection("jrcc/cases", "api.carriers.CaseViewSet"),
        Collection("jrcc/expected-journeys", "api.carriers.ExpectedJourneyViewSet"),
        Collection("jrcc/penalty-rules", "api.rules.PenaltyRuleViewSet"),
        Collection("jrcc/regime-changes", "api.rules.RegimeChangeViewSet"),
        Collection("jrcc/booking-laws", "api.rules.BookingLawViewSet"),
        Collection("jrcc/booking-law-changes", "api.rules.BookingLawChangeViewSet"),
        Collection("jrcc/penalty-changes", "api.rules.PenaltyChangeViewSet"),
    ],
    tabs=[
        Tab(
            pgettext_lazy("navigation, portal", "Expected"),
            "jrcc:expected",
            {"JRCC.watch", "border", "carrier"},
            once=pgettext_lazy("navigation, portal", "Expected journeys"),
        ),
        Tab(pgettext_lazy("navigation, portal", "Schedules"), "jrcc:schedules", {"JRCC.watch", "carrier"}),
        Tab(
            pgettext_lazy("navigation, portal", "Deadlines"),
            "jrcc:regimes",
            {"JRCC.watch", "border", "carrier", "ministry"},
            under=["jrcc/bookings/laws/"],
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Carriers"),
            "jrcc:carriers",
            {"JRCC.watch", "border", "carrier", "ministry"},
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Cases"),
            "jrcc:cases",
            {"border", "ministry", "carrier"},
            once=_("Cases against carriers"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Retention rules"),
            "jrcc:retention_rules",
            {"border", "ministry"},
            once=_("Rules of retention"),
        ),
    ],
    acts={
        "case.open": "jrcc:case_new",
        "schedule.add": "jrcc:schedule_new",
    },
    clock=[
        Every("1m", "jrcc.tick", lane="clock"),
    ],
    groups={
        "lists": _("Passenger and crew lists"),
    },
    events=[
        Event(
            "expected.due",
            "lists",
            "List due soon",
            "A passenger or crew list is due soon",
            kind="deadline",
            since="2007-02-01",
        ),
        Event(
            "expected.missing",
            "lists",
            "List missing",
            "A passenger or crew list has not come",
            kind="needs",
            since="2007-02-01",
        ),
    ],
    offers={
        "notices.bounces": [
            "listeners.note_bounce",
        ],
    },
    registers={
        "carriers.rule_books": "{name: a book of dated rules that a second person confirms}",
    },
    work=[
        Work("missing", pgettext_lazy("words, jrcc", "Missing manifests"), ["queries.work.lists_missing"]),
        Work("carriers", _("Carriers to confirm"), ["queries.work.carriers_to_confirm"]),
    ],
    texts=[
        Texts(
            pgettext_lazy("words, protection", "Carrier compliance"),
            True,
            {
                "jrcc.compliancecase": "evidence facts explanation grounds appeal",
                "jrcc.expectedjourney": "said",
                "jrcc.chase expected": "whom said",
            },
        ),
    ],
)
