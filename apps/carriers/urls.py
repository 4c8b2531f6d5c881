"""Addresses of carriers."""

from django.urls import path

from apps.access.marking import OFFICIAL, marked
from apps.access.page_functions import work_of
from apps.carriers.views import carriers, cases, deadlines, expected, rules, schedules

watch = work_of("JRCC.watch")
manifests = work_of("JRCC.watch", "carrier")
of_deadlines = work_of("JRCC.watch", "border", "carrier", "ministry")
expecting = work_of("JRCC.watch", "border", "carrier")
state_desks = work_of("border", "ministry")
change_readers = work_of("border", "ministry", "JRCC.watch")
scored = work_of("JRCC.watch", "border", "ministry", "carrier")
case_work = work_of("border", "ministry", "carrier")
urlpatterns = [
    path("deadlines/", of_deadlines(deadlines.regimes), name="regimes"),
    path("expected/", expecting(expected.expected), name="expected"),
    path("expected/<uuid:pk>/", expecting(expected.one), name="expectedjourney"),
    path("expected/<uuid:pk>/do/<slug:verb>/", expecting(expected.verbs.answer), name="expected_do"),
    path("schedules/", manifests(schedules.schedules), name="schedules"),
    path("schedules/new/", manifests(schedules.show_new_schedule), name="schedule_new"),
    path("schedules/learnt/", watch(schedules.learnt), name="schedules_learnt"),
    path("schedules/table/", manifests(schedules.file), name="schedule_file"),
    path("schedules/<uuid:pk>/", manifests(schedules.schedule), name="schedule"),
    path("schedules/<uuid:pk>/do/<slug:verb>/", manifests(schedules.verbs.answer), name="schedule_do"),
    path("carriers/", scored(carriers.carriers), name="carriers"),
    path("carriers/export/", scored(carriers.export_carriers), name="carriers_export"),
    path("carriers/contacts/<uuid:pk>/end/", manifests(carriers.contact_end), name="contact_end"),
    path("carriers/<slug:code>/", scored(carriers.carrier), name="carrier"),
    path("carriers/<slug:code>/lists/", scored(carriers.lists), name="carrier_lists"),
    path("carriers/<slug:code>/do/<slug:verb>/", watch(marked(OFFICIAL)(carriers.verbs.answer)), name="carrier_do"),
    path("carriers/<slug:code>/contacts/new/", manifests(carriers.contact_new), name="contact_new"),
    path("cases/", case_work(cases.cases), name="cases"),
    path("cases/new/", state_desks(cases.show_new_case), name="case_new"),
    path("cases/laws/", case_work(rules.rules), {"of": "penalties"}, name="penalties_rules"),
    path("cases/laws/new/", state_desks(rules.show_new_rule), {"of": "penalties"}, name="penalties_rule_new"),
    path("cases/laws/<uuid:pk>/", state_desks(rules.show_rule_change), {"of": "penalties"}, name="penaltychange"),
    path(
        "cases/laws/<uuid:pk>/do/<slug:verb>/",
        state_desks(rules.do),
        {"of": "penalties"},
        name="penalties_rule_do",
    ),
    path("cases/<uuid:pk>/", case_work(cases.case), name="compliancecase"),
    path("cases/<uuid:pk>/do/<slug:verb>/", case_work(cases.verbs.answer), name="case_do"),
    path("deadlines/new/", state_desks(rules.show_new_rule), {"of": "deadlines"}, name="regime_new"),
    path(
        "deadlines/changes/<uuid:pk>/", change_readers(rules.show_rule_change), {"of": "deadlines"}, name="regimechange"
    ),
    path(
        "deadlines/changes/<uuid:pk>/do/<slug:verb>/",
        change_readers(rules.do),
        {"of": "deadlines"},
        name="regime_do",
    ),
    path("bookings/laws/", change_readers(rules.rules), {"of": "bookings"}, name="bookings_rules"),
    path("bookings/laws/new/", state_desks(rules.show_new_rule), {"of": "bookings"}, name="bookings_rule_new"),
    path("bookings/laws/<uuid:pk>/", state_desks(rules.show_rule_change), {"of": "bookings"}, name="bookinglawchange"),
    path("bookings/laws/<uuid:pk>/do/<slug:verb>/", state_desks(rules.do), {"of": "bookings"}, name="bookings_rule_do"),
    path("retention/rules/", change_readers(rules.rules), {"of": "retention"}, name="retention_rules"),
    path("retention/rules/new/", change_readers(rules.show_new_rule), {"of": "retention"}, name="retention_rule_new"),
    path(
        "retention/rules/<uuid:pk>/",
        change_readers(rules.show_rule_change),
        {"of": "retention"},
        name="retentionchange",
    ),
    path(
        "retention/rules/<uuid:pk>/do/<slug:verb>/",
        change_readers(rules.do),
        {"of": "retention"},
        name="retention_rule_do",
    ),
]
