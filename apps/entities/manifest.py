"""What persons and things join to the other apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Event, Every, Tab, Texts, Work
from apps.rifc.policy import CISNET, RELEASES

OWN_PLACE = RELEASES | {"RIFC.watch"}
"""Whose daily work they are: to these they are a place with tabs, to others one tab among many."""

app = App(
    "entities",
    urls={"rifc/entities/": "urls"},
    collections=[
        Collection("rifc/entities", "api.collections.EntityViewSet"),
        Collection("rifc/entity-facts", "api.collections.FactViewSet"),
        Collection("rifc/entity-links", "api.collections.LinkEvidenceViewSet"),
        Collection("rifc/entity-sightings", "api.collections.SightingViewSet"),
        Collection("rifc/twins", "api.collections.TwinViewSet"),
        Collection("rifc/silent-hits", "api.collections.SilentHitViewSet"),
    ],
    tabs=[
        Tab(
            pgettext_lazy("navigation, portal", "Entities"),
            "entities:things",
            CISNET,
            once=_("Persons and things"),
        ),
        Tab(pgettext_lazy("navigation, portal", "Who was where"), "entities:matrix", OWN_PLACE),
        Tab(
            pgettext_lazy("navigation, portal", "Duplicates"),
            "entities:silent",
            OWN_PLACE,
            under=["rifc/entities/twins/"],
            once=_("Held by another party"),
        ),
    ],
    clock=[
        Every("1h", "entities.tick", lane="clock"),
    ],
    events=[
        Event(
            "entities.silent_hit",
            "shared_reports",
            "Another party holds material",
            "Another party holds material on the same",
            kind="needs",
        ),
    ],
    reference="loaders.reference.load_entities_reference",
    stream_pages={"entities.silenthit": "entities:silent_one"},
    offers={
        "search.kinds": ["queries.search.list_entities_kinds"],
        "search.labels": {"thing": "queries.search.name_things"},
    },
    work=[
        Work("twins", pgettext_lazy("words, entities", "Possible duplicates"), ["queries.work.twins"]),
        Work("silent", _("Same identifier at two parties"), ["queries.work.silent"]),
    ],
    texts=[
        Texts(
            pgettext_lazy("words, protection", "Silent hits"),
            False,
            {
                "entities.silenthit": "note",
            },
        ),
    ],
)
