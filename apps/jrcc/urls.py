"""Addresses of the JRCC's room."""

from django.urls import path

from apps.access.rooms import work_of
from apps.jrcc import waiting  # noqa: F401  (importing it tells My desk what of ours waits)
from apps.jrcc.views import (
    bookings,
    border,
    carriers,
    cases,
    changes,
    corrections,
    drafts,
    expected,
    floor,
    hits,
    holds,
    journeys,
    numbers,
    operations,
    owned,
    retention,
    rules,
    schedules,
    submissions,
    trips,
    wall,
)

app_name = "jrcc"
keepers = work_of("border", "intelligence", "analysis")
at_border = work_of("border")
watch = work_of("JRCC.watch")
floors = work_of("JRCC.watch", "border")
hit_work = work_of("JRCC.watch", "border", "intelligence", "analysis")
manifests = work_of("JRCC.watch", "carrier")
deadlines = work_of("JRCC.watch", "border", "carrier", "ministry")
expecting = work_of("JRCC.watch", "border", "carrier")
state_desks = work_of("border", "ministry")
change_readers = work_of("border", "ministry", "JRCC.watch")
scored = work_of("JRCC.watch", "border", "ministry", "carrier")
case_work = work_of("border", "ministry", "carrier")
urlpatterns = [
    path("floor/", floors(floor.floor), name="floor"),
    path("floor/flights/", floors(floor.flights_pane), name="floor_flights"),
    path("floor/queue/", floors(floor.queue_pane), name="floor_queue"),
    path("floor/hits/<uuid:pk>/", floors(floor.hit_pane), name="floor_hit"),
    path("border/", at_border(border.desk), name="border"),
    path("border/hits/<uuid:pk>/", at_border(border.gate), name="border_hit"),
    path("border/hits/<uuid:pk>/sheet/", at_border(border.sheet), name="border_hit_sheet"),
    path("numbers/", floors(numbers.numbers), name="numbers"),
    path("numbers/export/", floors(numbers.numbers_csv), name="numbers_export"),
    path("owned/", keepers(owned.owned), name="owned"),
    path("wall/", watch(wall.wall), name="wall"),
    path("hits/", hit_work(hits.hits), name="hits"),
    path("hits/<uuid:pk>/", hit_work(hits.hit), name="hit"),
    path("hits/<uuid:pk>/do/<slug:verb>/", hit_work(hits.do), name="hit_do"),
    path("entries/<uuid:entry>/hits/", hit_work(hits.entry_hits), name="entry_hits"),
    path("journeys/", floors(journeys.journeys), name="journeys"),
    path("journeys/<uuid:pk>/", floors(journeys.journey), name="journey"),
    path("travellers/<uuid:pk>/", hit_work(journeys.traveller), name="traveller"),
    path("bookings/", at_border(bookings.bookings), name="bookings"),
    path("deadlines/", deadlines(journeys.regimes), name="regimes"),
    path("expected/", expecting(expected.expected), name="expected"),
    path("expected/<uuid:pk>/", expecting(expected.one), name="expectedjourney"),
    path("expected/<uuid:pk>/do/<slug:verb>/", expecting(expected.do), name="expected_do"),
    path("schedules/", manifests(schedules.schedules), name="schedules"),
    path("schedules/new/", manifests(schedules.new), name="schedule_new"),
    path("schedules/learnt/", watch(schedules.learnt), name="schedules_learnt"),
    path("schedules/table/", manifests(schedules.file), name="schedule_file"),
    path("schedules/<uuid:pk>/", manifests(schedules.schedule), name="schedule"),
    path("schedules/<uuid:pk>/do/<slug:verb>/", manifests(schedules.do), name="schedule_do"),
    path("carriers/", scored(carriers.carriers), name="carriers"),
    path("carriers/export/", scored(carriers.export), name="carriers_export"),
    path("carriers/contacts/<uuid:pk>/end/", manifests(carriers.contact_end), name="contact_end"),
    path("carriers/<slug:code>/", scored(carriers.carrier), name="carrier"),
    path("carriers/<slug:code>/lists/", scored(carriers.lists), name="carrier_lists"),
    path("carriers/<slug:code>/do/<slug:verb>/", work_of("JRCC.watch")(carriers.do), name="carrier_do"),
    path("carriers/<slug:code>/contacts/new/", manifests(carriers.contact_new), name="contact_new"),
    path("cases/", case_work(cases.cases), name="cases"),
    path("cases/new/", state_desks(cases.new), name="case_new"),
    path("cases/laws/", case_work(rules.rules), {"of": "penalties"}, name="penalties_rules"),
    path("cases/laws/new/", state_desks(rules.new), {"of": "penalties"}, name="penalties_rule_new"),
    path("cases/laws/<uuid:pk>/", state_desks(rules.change), {"of": "penalties"}, name="penaltychange"),
    path(
        "cases/laws/<uuid:pk>/do/<slug:verb>/",
        state_desks(rules.do),
        {"of": "penalties"},
        name="penalties_rule_do",
    ),
    path("cases/<uuid:pk>/", case_work(cases.case), name="compliancecase"),
    path("cases/<uuid:pk>/do/<slug:verb>/", case_work(cases.do), name="case_do"),
    path("deadlines/new/", state_desks(changes.new), name="regime_new"),
    path("deadlines/changes/<uuid:pk>/", change_readers(changes.change), name="regimechange"),
    path("deadlines/changes/<uuid:pk>/do/<slug:verb>/", change_readers(changes.do), name="regime_do"),
    path("operations/", work_of("JRCC.watch")(operations.operations), name="operations"),
    path("operations/<int:work>/retry/", work_of("JRCC.watch")(operations.retry), name="work_retry"),
    path("retention/", work_of("JRCC.watch")(retention.retention), name="retention"),
    path("retention/rules/", change_readers(rules.rules), {"of": "retention"}, name="retention_rules"),
    path("retention/rules/new/", change_readers(rules.new), {"of": "retention"}, name="retention_rule_new"),
    path("retention/rules/<uuid:pk>/", change_readers(rules.change), {"of": "retention"}, name="retentionchange"),
    path(
        "retention/rules/<uuid:pk>/do/<slug:verb>/",
        change_readers(rules.do),
        {"of": "retention"},
        name="retention_rule_do",
    ),
    path("retention/holds/", floors(holds.holds), name="holds"),
    path("retention/holds/new/", floors(holds.new), name="hold_new"),
    path("retention/holds/<uuid:pk>/", floors(holds.hold), name="retentionhold"),
    path("retention/holds/<uuid:pk>/do/<slug:verb>/", floors(holds.do), name="hold_do"),
    path("manifests/", manifests(submissions.submissions), name="submissions"),
    path("manifests/send/", manifests(drafts.upload), name="upload"),
    path("manifests/templates/<slug:kind>.<slug:fmt>", manifests(drafts.template), name="list_template"),
    path("manifests/drafts/<uuid:pk>/", manifests(drafts.draft), name="draft"),
    path("manifests/drafts/<uuid:pk>/send/", manifests(drafts.send), name="draft_send"),
    path("manifests/drafts/<uuid:pk>/discard/", manifests(drafts.discard), name="draft_discard"),
    path("manifests/form/", manifests(trips.begin), name="trip_begin"),
    path("manifests/form/row/", manifests(trips.look), name="trip_look"),
    path("manifests/form/<uuid:pk>/", manifests(trips.trip), name="trip"),
    path("manifests/form/<uuid:pk>/discard/", manifests(trips.discard), name="trip_discard"),
    path("manifests/<uuid:pk>/columns/", manifests(drafts.ask_again), name="submission_columns"),
    path("manifests/<uuid:pk>/amend/", manifests(trips.amend), name="submission_amend"),
    path("manifests/<uuid:pk>/", manifests(submissions.submission), name="submission"),
    path("manifests/<uuid:pk>/corrections/", manifests(corrections.correct), name="submission_correct"),
    path("manifests/<uuid:pk>/changes/", manifests(corrections.changes), name="submission_changes"),
    path("manifests/<uuid:pk>/message/", manifests(submissions.raw), name="submission_raw"),
    path("manifests/<uuid:pk>/answer/", manifests(submissions.answer), name="submission_answer"),
]
