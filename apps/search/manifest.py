"""What search joins to the other apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Event, Every, Page, Tab
from apps.search.policy import OVERSEES

app = App(
    "search",
    urls={"search/": "urls"},
    pages=[
        Page("search/", "views.results", "search"),
    ],
    collections=[
        Collection("search", "api.SearchViewSet"),
        Collection("search/saved", "api.SavedSearchViewSet"),
    ],
    tabs=[
        Tab(
            pgettext_lazy("navigation, portal", "Results"),
            "search",
            once=pgettext_lazy("navigation, portal", "Search"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Saved searches and alerts"),
            "search:saved",
            once=_("Search and alerts"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Searches made"),
            "search:log",
            OVERSEES,
            once=_("What was searched"),
        ),
    ],
    clock=[
        Every("1m", "search.tick", lane="clock"),
    ],
    groups={
        "searches": pgettext_lazy("words, notices", "Saved searches"),
    },
    events=[
        Event("search.found", "searches", "Saved search", "A saved search of {party} has something new", kind="digest"),
    ],
    stream_pages={"search.savedsearch": "search:saved_one"},
    declares=["queries.audit_titles"],
    registers={
        "search.kinds": "kinds of things that search finds",
        "search.labels": "{facet: what its values are called}",
    },
)
