"""Addresses of the sharing of reports."""

from django.urls import path

from apps.access import stream
from apps.access.rooms import work_of
from apps.rifc.policy import CISNET, READERS, REGION, RELEASES
from apps.rifc.views import comparing, copies, lists, reports, requests, reviews, statistics, using, writing

app_name = "rifc"
stream.PAGES["rifc.report"] = "rifc:report"
stream.PAGES["rifc.releaserequest"] = "rifc:request"
readers, writers, speakers = work_of(*CISNET, *READERS), work_of(*CISNET), work_of(*RELEASES, *REGION)
urlpatterns = [
    path("", readers(lists.reports), name="reports"),
    path("reports/new/", writers(writing.new), name="report_new"),
    path("reports/look/", writers(writing.look), name="look"),
    path("reports/<uuid:pk>/", readers(reports.report), name="report"),
    path("reports/<uuid:pk>/revise/", writers(writing.revise), name="report_revise"),
    path("reports/<uuid:pk>/next/", writers(writing.following), name="report_next"),
    path("reports/<uuid:pk>/sanitise/", writers(writing.sanitise), name="report_sanitise"),
    path("reports/<uuid:pk>/look/", writers(writing.look_share), name="look_share"),
    path("reports/<uuid:pk>/compare/", readers(comparing.compare), name="report_compare"),
    path("reports/<uuid:pk>/acknowledge/", readers(reports.acknowledge), name="acknowledge"),
    path("reports/<uuid:pk>/pass-on/", readers(reports.forward), name="forward"),
    path("reports/<uuid:pk>/ask/", readers(reports.ask_release), name="ask_release"),
    path("reports/<uuid:pk>/copy.<slug:fmt>", readers(copies.copy), name="copy"),
    path("reports/<uuid:pk>/use/", readers(using.use), name="use"),
    path("reports/<uuid:pk>/answer/", readers(reports.answer_recall), name="answer_recall"),
    path("answers/<uuid:pk>/close/", writers(reports.close_answer), name="close_answer"),
    path("statistics/", speakers(statistics.statistics), name="statistics"),
    path("statistics/<slug:what>.csv", speakers(statistics.table), name="statistics_csv"),
    path("reviews/", writers(reviews.reviews), name="reviews"),
    path("requests/", readers(requests.requests), name="requests"),
    path("requests/<uuid:pk>/", readers(requests.release_request), name="request"),
    path("requests/<uuid:pk>/<slug:verb>/", readers(requests.request_do), name="request_do"),
    # the last of all: a page for each verb that has none of its own
    path("reports/<uuid:pk>/<slug:verb>/", readers(reports.do), name="do"),
]
