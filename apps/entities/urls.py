"""Addresses of persons and things."""

from django.urls import path

from apps.access import stream
from apps.access.rooms import work_of
from apps.entities.views import lists, proposing, recording, showing, twins
from apps.rifc.policy import CISNET

app_name = "entities"
stream.PAGES["entities.silenthit"] = "entities:silent_one"
members = work_of(*CISNET)
urlpatterns = [
    path("", members(lists.things), name="things"),
    path("where/", members(lists.matrix), name="matrix"),
    path("same/", members(lists.silent), name="silent"),
    path("same/choice/", work_of("contact")(lists.choice), name="choice"),
    path("same/<uuid:pk>/", members(lists.silent_one), name="silent_one"),
    path("same/<uuid:pk>/close/", members(lists.silent_close), name="silent_close"),
    path("of/<uuid:thread>/", members(proposing.in_report), name="in_report"),
    path("from/<uuid:thread>/", members(proposing.from_text), name="from_text"),
    path("twins/<uuid:pk>/", members(twins.twin), name="twin"),
    path("twins/<uuid:pk>/<slug:verb>/", members(twins.do), name="twin_do"),
    path("facts/<uuid:pk>/withdraw/", members(recording.withdraw), {"kind": "entity_fact"}, name="withdraw_fact"),
    path("links/<uuid:pk>/withdraw/", members(recording.withdraw), {"kind": "link_evidence"}, name="withdraw_link"),
    path("sightings/<uuid:pk>/withdraw/", members(recording.withdraw), {"kind": "sighting"}, name="withdraw_sighting"),
    path("<uuid:pk>/", members(showing.thing), name="thing"),
    path("<uuid:pk>/chart/", members(showing.chart), name="chart"),
    path("<uuid:pk>/chart.svg", members(showing.chart_file), name="chart_file"),
    path("<uuid:pk>/when/", members(showing.when), name="when"),
    path("<uuid:pk>/same-as/", members(twins.propose), name="propose"),
    path("<uuid:pk>/<slug:verb>/", members(recording.do), name="do"),
]
