"""What watchlists join to the other apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Event, Every, Tab, Texts, Work

app = App(
    "screening",
    urls={"screening/": "urls"},
    collections=[
        Collection("screening/lists", "api.WatchListViewSet"),
        Collection("screening/imports", "api.ListImportViewSet"),
        Collection("screening/clearances", "api.TravellerClearanceViewSet"),
        Collection("screening/rules", "api.RuleViewSet"),
        Collection("screening/thresholds", "api.ThresholdsViewSet"),
        Collection("screening/entries", "api.EntryViewSet"),
    ],
    tabs=[
        Tab(
            pgettext_lazy("navigation, portal", "Lists"),
            "screening:lists",
            {"JRCC.watch", "border", "intelligence", "analysis"},
            under=["screening/"],
            once=pgettext_lazy("navigation, portal", "Watchlists"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Entries"),
            "screening:entries",
            {"JRCC.watch", "border", "intelligence", "analysis"},
        ),
    ],
    acts={
        "entry.create": "screening:entry_new",
        "list.open": "screening:list_new",
        "rule.draft": "screening:rule_new",
        "thresholds.propose": "screening:threshold_new",
    },
    clock=[
        Every("1h", "screening.expire", lane="clock"),
        Every("1h", "screening.reviews", lane="clock"),
    ],
    groups={
        "watchlists": _("Watchlist entries due for review"),
    },
    events=[
        Event(
            "list.reviews_due",
            "watchlists",
            "Entries of a watchlist to look at again",
            "Entries of a watchlist are to be looked at again",
            kind="deadline",
            mail="digest",
        ),
        Event(
            "list.suspended",
            "watchlists",
            "Entries of a watchlist suspended",
            "Entries of a watchlist are suspended",
            kind="needs",
        ),
    ],
    reference="loaders.reference.load_screening_reference",
    stream_pages={
        "screening.watchlist": "screening:list",
        "screening.listimport": "screening:import",
        "screening.thresholds": "screening:threshold",
    },
    offers={
        "search.kinds": ["queries.search.list_screening_kinds"],
    },
    registers={
        "screening.feedback": "what became of the hits on entries; one app tells it",
    },
    enums={
        "WatchListKind": "models.WatchList.Kind",
        "EntryKind": "models.Entry.Kind",
    },
    work=[
        Work("", None, ["queries.work.thresholds_to_decide_on"]),
    ],
    texts=[
        Texts(
            pgettext_lazy("words, protection", "Watchlist entries"),
            False,
            {
                "screening.entry": "reference subject display_name reason",
                "screening.entryversion entry": "subject reason why",
                "screening.travellerclearance": "traveller name reason why_ended",
                "screening.listimport": "file_name fault why",
                "screening.importline source": "reference name changes reason",
                "screening.rule": "name condition why legal_basis said",
                "screening.ruleversion rule": "condition",
                "screening.thresholds": "why said",
            },
        ),
    ],
)
