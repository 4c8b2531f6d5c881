"""Addresses of joint threat assessments."""

from django.urls import path

from apps.access.page_functions import work_of
from apps.assessments.views import (
    assessments,
    comparisons,
    copies,
    histories,
    judgements,
    outlook,
    sections,
    track,
    verbs,
)
from apps.rifc.policy import CISNET, READERS

app_name = "assessments"
members, readers = work_of(*CISNET), work_of(*CISNET, *READERS)
urlpatterns = [
    path("", members(assessments.assessments), name="assessments"),
    path("outlook/", readers(outlook.outlook), name="outlook"),
    path("outlook/matrix.csv", readers(outlook.outlook_csv), name="outlook_csv"),
    path("outlook/<slug:code>/", readers(outlook.threat), name="threat"),
    path("track-record/", readers(track.track_record), name="track_record"),
    path("new/", members(assessments.show_new_assessment), name="new"),
    path("<uuid:pk>/", members(assessments.assessment), name="assessment"),
    path("<uuid:pk>/work/", members(assessments.work), name="work"),
    path("<uuid:pk>/compare/", members(comparisons.show_comparison), name="compare"),
    path("<uuid:pk>/export.<slug:fmt>", members(copies.copy), name="copy"),
    path("<uuid:pk>/judgements/new/", members(judgements.show_new_judgement), name="judgement_new"),
    path("<uuid:pk>/judgements/<uuid:judgement>/", members(judgements.show_judgement_form), name="judgement"),
    path("<uuid:pk>/judgements/<uuid:judgement>/position/", members(judgements.position), name="position"),
    path("<uuid:pk>/sections/<uuid:section>/", members(sections.section), name="section"),
    path("<uuid:pk>/sections/<uuid:section>/remark/", members(sections.remark), name="remark"),
    path("<uuid:pk>/sections/<uuid:section>/history/", members(histories.history), name="history"),
    path("<uuid:pk>/parts/<uuid:part>/<slug:verb>/", members(verbs.answer_part), name="part_do"),
    # the last of all: a page for each verb that has none of its own
    path("<uuid:pk>/<slug:verb>/", members(verbs.verbs.answer), name="do"),
]
