"""What travellers join to the other apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Event, Every, Tab, Texts, Work

app = App(
    "travellers",
    urls={"jrcc/": "urls"},
    collections=[
        Collection("jrcc/corrections", "api.amendments.AmendmentViewSet"),
        Collection("jrcc/persons", "api.persons.PersonViewSet"),
        Collection("jrcc/lookups", "api.lookups.LookupViewSet"),
        Collection("jrcc/retention-rules", "api.retention.RetentionRuleViewSet"),
        Collection("jrcc/retention-changes", "api.retention.RetentionChangeViewSet"),
        Collection("jrcc/erasures", "api.retention.ErasureViewSet"),
    ],
    tabs=[
        Tab(
            pgettext_lazy("navigation, portal", "Traveller search"),
            "jrcc:lookups",
            {"JRCC.watch", "border"},
            under=["jrcc/persons/"],
            once=_("Searches for people"),
        ),
        Tab(pgettext_lazy("navigation, portal", "Retention"), "jrcc:retention", {"JRCC.watch"}),
    ],
    acts={
        "lookup.make": "jrcc:lookup_new",
    },
    clock=[
        Every("06:50", "jrcc.forget", lane="slow"),
    ],
    events=[
        Event(
            "lookup.reviewed",
            "hits",
            "A search for people was reviewed",
            "A search of yours needs an answer",
            kind="needs",
        ),
    ],
    reference="loaders.reference.load_travellers_reference",
    offers={
        "carriers.rule_books": {
            "retention": "queries.retention_book.RETENTION",
        },
    },
    work=[
        Work("lookups", pgettext_lazy("words, travellers", "Traveller searches"), ["queries.work.lookups_to_settle"]),
        Work("changes", _("Rule changes to confirm"), ["queries.work.changes_to_confirm"]),
    ],
    texts=[
        Texts(
            pgettext_lazy("words, protection", "Dossiers"),
            False,
            {
                "jrcc.personchange person": "note",
            },
        ),
        Texts(
            _("Searches for the person"),
            False,
            {
                "jrcc.lookup": "terms case said answer",
            },
        ),
    ],
)
