"""Addresses of oversight."""

from django.urls import path

from apps.access.marking import OFFICIAL, marked
from apps.access.page_functions import work_of
from apps.oversight.policy import ANCHOR_READERS, NOTE_LEAVERS
from apps.oversight.views import anchors, cases, openings, sight, walks, witnesses

app_name = "oversight"
keepers, overseers, noters = work_of(*ANCHOR_READERS), work_of("oversight"), work_of(*NOTE_LEAVERS)
urlpatterns = [
    path("anchors/", keepers(anchors.anchors), name="anchors"),
    path("anchors/<uuid:pk>/", keepers(anchors.anchor), name="anchor"),
    path("anchors/<uuid:pk>/file/", keepers(anchors.anchor_file), name="anchor_file"),
    *witnesses.pages.urls(),
    path("receipts/<uuid:pk>/", overseers(anchors.receipt), name="receipt"),
    path("walks/<uuid:pk>/", keepers(walks.walk), name="walk"),
    path("openings/<uuid:pk>/", overseers(openings.opening), name="opening"),
    path("cases/", overseers(cases.cases), name="cases"),
    path("cases/<uuid:pk>/", overseers(cases.case), name="case"),
    path("cases/<uuid:pk>/<slug:verb>/", overseers(marked(OFFICIAL)(cases.verbs.answer)), name="case_do"),
    path("sight/", sight.sight, name="sight"),
    path("leavers/", noters(cases.leavers), name="leavers"),
    path("leavers/<uuid:pk>/end/", noters(cases.leaver_end), name="leaver_end"),
]
