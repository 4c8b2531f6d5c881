"""Addresses of persons and things."""

from django.urls import path
from django.views.decorators.http import require_POST

from apps.access.page_functions import work_of
from apps.entities.views import duplicates, entities, lists, proposals, statements
from apps.rifc.policy import CISNET

app_name = "entities"
members = work_of(*CISNET)
urlpatterns = [
    path("", members(lists.things), name="things"),
    path("where/", members(lists.matrix), name="matrix"),
    path("same/", members(lists.silent), name="silent"),
    path("same/choice/", work_of("contact")(lists.choice), name="choice"),
    path("same/<uuid:pk>/", members(lists.silent_one), name="silent_one"),
    path("same/<uuid:pk>/close/", members(lists.silent_close), name="silent_close"),
    path("of/<uuid:thread>/", members(proposals.in_report), name="in_report"),
    path("from/<uuid:thread>/", members(proposals.from_text), name="from_text"),
    path("twins/<uuid:pk>/", members(duplicates.twin), name="twin"),
    path("twins/<uuid:pk>/<slug:verb>/", members(require_POST(duplicates.verbs.answer)), name="twin_do"),
    path("facts/<uuid:pk>/withdraw/", members(statements.withdraw), {"kind": "entity_fact"}, name="withdraw_fact"),
    path("links/<uuid:pk>/withdraw/", members(statements.withdraw), {"kind": "link_evidence"}, name="withdraw_link"),
    path("sightings/<uuid:pk>/withdraw/", members(statements.withdraw), {"kind": "sighting"}, name="withdraw_sighting"),
    path("<uuid:pk>/", members(entities.thing), name="thing"),
    path("<uuid:pk>/chart/", members(entities.chart), name="chart"),
    path("<uuid:pk>/chart.svg", members(entities.chart_file), name="chart_file"),
    path("<uuid:pk>/when/", members(entities.when), name="when"),
    path("<uuid:pk>/same-as/", members(duplicates.propose), name="propose"),
    path("<uuid:pk>/<slug:verb>/", members(statements.verbs.answer), name="do"),
]
