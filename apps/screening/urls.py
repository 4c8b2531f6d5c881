"""Addresses of the watchlists."""

from django.urls import path

from apps.access.page_functions import work_of
from apps.screening.views import clearances, entries, imports, report, rules, thresholds

app_name = "screening"
watchlists = work_of("JRCC.watch", "border", "intelligence", "analysis")
urlpatterns = [
    path("lists/", watchlists(entries.lists), name="lists"),
    path("lists/new/", watchlists(entries.list_new), name="list_new"),
    path("lists/<uuid:pk>/", watchlists(entries.one_list), name="list"),
    path("lists/<uuid:pk>/close/", watchlists(entries.list_close), name="list_close"),
    path("lists/<uuid:pk>/import/", watchlists(imports.import_new), name="import_new"),
    path("imports/<uuid:pk>/", watchlists(imports.one_import), name="import"),
    path("imports/<uuid:pk>/<slug:verb>/", watchlists(imports.import_do), name="import_do"),
    path("rules/", watchlists(rules.rules), name="rules"),
    path("rules/new/", watchlists(rules.rule_new), name="rule_new"),
    path("rules/look/", watchlists(rules.rule_look), name="rule_look"),
    path("rules/<uuid:pk>/", watchlists(rules.rule), name="rule"),
    path("rules/<uuid:pk>/revise/", watchlists(rules.rule_revise), name="rule_revise"),
    path("rules/<uuid:pk>/<slug:verb>/", watchlists(rules.verbs.answer), name="rule_do"),
    path("report/", watchlists(report.report), name="report"),
    path("report/csv/", watchlists(report.report_csv), name="report_csv"),
    path("thresholds/", watchlists(thresholds.thresholds), name="thresholds"),
    path("thresholds/new/", watchlists(thresholds.threshold_new), name="threshold_new"),
    path("thresholds/<uuid:pk>/", watchlists(thresholds.threshold), name="threshold"),
    path("thresholds/<uuid:pk>/<slug:verb>/", watchlists(thresholds.verbs.answer), name="threshold_do"),
    path("clearances/", watchlists(clearances.clearances), name="clearances"),
    path("clearances/<uuid:pk>/", watchlists(clearances.clearance), name="clearance"),
    path("clearances/<uuid:pk>/<slug:verb>/", watchlists(clearances.clearance_do), name="clearance_do"),
    path("entries/", watchlists(entries.entries), name="entries"),
    path("entries/new/", watchlists(entries.entry_new), name="entry_new"),
    path("entries/<uuid:pk>/", watchlists(entries.entry), name="entry"),
    path("entries/<uuid:pk>/change/", watchlists(entries.entry_change), name="entry_change"),
    path("entries/<uuid:pk>/review/", watchlists(entries.entry_review), name="entry_review"),
    path("entries/<uuid:pk>/withdraw/", watchlists(entries.entry_withdraw), name="entry_withdraw"),
]
