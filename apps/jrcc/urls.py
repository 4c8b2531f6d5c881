"""Addresses of the JRCC's room."""

from django.urls import path

from apps.jrcc import waiting  # noqa: F401  (importing it tells My desk what of ours waits)
from apps.jrcc.views import floor, hits, journeys, submissions

app_name = "jrcc"
urlpatterns = [
    path("floor/", floor.floor, name="floor"),
    path("floor/flights/", floor.flights_pane, name="floor_flights"),
    path("floor/queue/", floor.queue_pane, name="floor_queue"),
    path("floor/hits/<uuid:pk>/", floor.hit_pane, name="floor_hit"),
    path("hits/", hits.hits, name="hits"),
    path("hits/<uuid:pk>/", hits.hit, name="hit"),
    path("hits/<uuid:pk>/do/<slug:verb>/", hits.do, name="hit_do"),
    path("entries/<uuid:entry>/hits/", hits.entry_hits, name="entry_hits"),
    path("journeys/", journeys.journeys, name="journeys"),
    path("journeys/<uuid:pk>/", journeys.journey, name="journey"),
    path("travellers/<uuid:pk>/", journeys.traveller, name="traveller"),
    path("deadlines/", journeys.regimes, name="regimes"),
    path("manifests/", submissions.submissions, name="submissions"),
    path("manifests/send/", submissions.upload, name="upload"),
    path("manifests/<uuid:pk>/", submissions.submission, name="submission"),
    path("manifests/<uuid:pk>/message/", submissions.raw, name="submission_raw"),
    path("manifests/<uuid:pk>/answer/", submissions.answer, name="submission_answer"),
]
