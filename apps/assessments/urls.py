"""Addresses of joint threat assessments."""

from django.urls import path

from apps.access import stream
from apps.access.rooms import work_of
from apps.assessments.views import acts, assessments, comparing, copies, histories, judgements, outlook, sections, track
from apps.rifc.policy import CISNET, READERS

app_name = "assessments"
stream.PAGES["assessments.assessment"] = "assessments:assessment"
members, readers = work_of(*CISNET), work_of(*CISNET, *READERS)
urlpatterns = [
    path("", members(assessments.assessments), name="assessments"),
    path("outlook/", readers(outlook.outlook), name="outlook"),
    path("outlook/matrix.csv", readers(outlook.outlook_csv), name="outlook_csv"),
    path("outlook/<slug:code>/", readers(outlook.threat), name="threat"),
    path("track-record/", readers(track.track_record), name="track_record"),
    path("new/", members(assessments.new), name="new"),
    path("<uuid:pk>/", members(assessments.assessment), name="assessment"),
    path("<uuid:pk>/work/", members(assessments.work), name="work"),
    path("<uuid:pk>/compare/", members(comparing.compare), name="compare"),
    path("<uuid:pk>/export.<slug:fmt>", members(copies.copy), name="copy"),
    path("<uuid:pk>/judgements/new/", members(judgements.new), name="judgement_new"),
    path("<uuid:pk>/judgements/<uuid:judgement>/", members(judgements.change), name="judgement"),
    path("<uuid:pk>/judgements/<uuid:judgement>/position/", members(judgements.position), name="position"),
    path("<uuid:pk>/sections/<uuid:section>/", members(sections.section), name="section"),
    path("<uuid:pk>/sections/<uuid:section>/remark/", members(sections.remark), name="remark"),
    path("<uuid:pk>/sections/<uuid:section>/history/", members(histories.history), name="history"),
    path("<uuid:pk>/parts/<uuid:part>/<slug:verb>/", members(acts.part_do), name="part_do"),
    # the last of all: a page for each verb that has none of its own
    path("<uuid:pk>/<slug:verb>/", members(acts.do), name="do"),
]
