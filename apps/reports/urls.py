"""Addresses of reports."""

from django.urls import path

from apps.access.page_functions import work_of
from apps.pages.verb_pages import answer_by_collection
from apps.reports.views import clearances, facts, meetings, reports, scorecards, sentences

app_name = "reports"
readers = work_of("ministry", "secretariat")
writers = work_of("secretariat")
ministry = work_of("ministry")
act = answer_by_collection(
    {
        "reports": reports.verbs,
        "clearances": clearances.verbs,
        "facts": facts.verbs,
        "comments": scorecards.verbs,
    }
)
urlpatterns = [
    path("", readers(reports.reports), name="reports"),
    path("new/", writers(reports.show_new_report), name="new"),
    path("facts/", readers(facts.facts), name="facts"),
    path("facts/new/", writers(facts.show_new_fact), name="fact_new"),
    path("facts/<uuid:pk>/", readers(facts.fact), name="fact"),
    path("scorecards/", readers(scorecards.scorecards_page), name="scorecards"),
    path("scorecards/comment/", ministry(scorecards.comment), name="comment"),
    path("meetings/<uuid:pk>/", readers(meetings.meeting), name="meeting"),
    path("clearances/<uuid:pk>/", readers(clearances.clearance), name="clearance"),
    path("act/<slug:collection>/<uuid:pk>/<slug:verb>/", readers(act), name="act"),
    path("<uuid:pk>/", readers(reports.report), name="report"),
    path("<uuid:pk>/compare/", writers(sentences.compared), name="compare"),
    path("<uuid:pk>/accept/", writers(sentences.accept), name="accept"),
    path("<uuid:pk>/file.<slug:fmt>", readers(reports.file), name="file"),
    path("<uuid:pk>/sentences/<path:key>/", readers(sentences.sentence), name="sentence"),
]
