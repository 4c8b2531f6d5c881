"""Addresses of the sharing of reports."""

from django.urls import path

from apps.access.page_functions import work_of
from apps.rifc.policy import CISNET, READERS, REGION, RELEASES
from apps.rifc.views import comparisons, copies, drafts, lists, openings, reports, requests, reviews, statistics, uses

app_name = "rifc"
readers, writers, speakers = work_of(*CISNET, *READERS), work_of(*CISNET), work_of(*RELEASES, *REGION)
urlpatterns = [
    path("", readers(lists.reports), name="reports"),
    path("reports/new/", writers(drafts.show_new_rifc_report), name="report_new"),
    path("reports/new/sealed/", writers(drafts.show_new_sealed_report), name="report_new_sealed"),
    path("reports/look/", writers(drafts.preview_report), name="look"),
    path("reports/<uuid:pk>/", readers(reports.report), name="report"),
    path("reports/<uuid:pk>/revise/", writers(drafts.show_rifc_report_revision), name="report_revise"),
    path("reports/<uuid:pk>/next/", writers(drafts.following), name="report_next"),
    path("reports/<uuid:pk>/sanitise/", writers(drafts.sanitise), name="report_sanitise"),
    path("reports/<uuid:pk>/look/", writers(drafts.look_share), name="look_share"),
    path("reports/<uuid:pk>/compare/", readers(comparisons.show_version_comparison), name="report_compare"),
    path("reports/<uuid:pk>/acknowledge/", readers(reports.acknowledge), name="acknowledge"),
    path("reports/<uuid:pk>/pass-on/", readers(reports.forward), name="forward"),
    path("reports/<uuid:pk>/ask/", readers(reports.ask_release), name="ask_release"),
    path("reports/<uuid:pk>/copy.<slug:fmt>", readers(copies.copy), name="copy"),
    path("reports/<uuid:pk>/open/", readers(openings.ask), name="opening_ask"),
    path("openings/", readers(openings.openings), name="openings"),
    path("openings/carry-over/", readers(openings.carry_over), name="carry_over"),
    path("openings/<uuid:pk>/", readers(openings.opening), name="opening"),
    path("openings/<uuid:pk>/<slug:verb>/", readers(openings.verbs.answer), name="opening_do"),
    path("reports/<uuid:pk>/use/", readers(uses.use), name="use"),
    path("reports/<uuid:pk>/answer/", readers(reports.answer_recall), name="answer_recall"),
    path("answers/<uuid:pk>/close/", writers(reports.close_answer), name="close_answer"),
    path("statistics/", speakers(statistics.statistics), name="statistics"),
    path("statistics/<slug:what>.csv", speakers(statistics.table), name="statistics_csv"),
    path("reviews/", writers(reviews.reviews), name="reviews"),
    path("requests/", readers(requests.requests), name="requests"),
    path("requests/<uuid:pk>/", readers(requests.release_request), name="request"),
    path("requests/<uuid:pk>/<slug:verb>/", readers(requests.verbs.answer), name="request_do"),
    # the last of all: a page for each verb that has none of its own
    path("reports/<uuid:pk>/<slug:verb>/", readers(reports.verbs.answer), name="do"),
]
