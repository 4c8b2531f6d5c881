"""Addresses of manifests."""

from django.urls import path

from apps.access.page_functions import work_of
from apps.manifests.views import bookings, corrections, drafts, readings, submissions, trips

at_border = work_of("border")
manifests = work_of("JRCC.watch", "carrier")
urlpatterns = [
    path("bookings/", at_border(bookings.bookings), name="bookings"),
    path("manifests/", manifests(submissions.submissions), name="submissions"),
    path("manifests/send/", manifests(drafts.upload), name="upload"),
    path("manifests/templates/<slug:kind>.<slug:fmt>", manifests(drafts.template), name="list_template"),
    path("manifests/drafts/<uuid:pk>/", manifests(drafts.draft), name="draft"),
    path("manifests/drafts/<uuid:pk>/send/", manifests(drafts.send_list_draft), name="draft_send"),
    path("manifests/drafts/<uuid:pk>/discard/", manifests(drafts.discard), name="draft_discard"),
    path("manifests/form/", manifests(trips.begin_trip), name="trip_begin"),
    path("manifests/form/row/", manifests(trips.show_trip), name="trip_look"),
    path("manifests/form/<uuid:pk>/", manifests(trips.trip), name="trip"),
    path("manifests/form/<uuid:pk>/discard/", manifests(trips.discard), name="trip_discard"),
    path("manifests/<uuid:pk>/columns/", manifests(drafts.ask_again), name="submission_columns"),
    path("manifests/<uuid:pk>/amend/", manifests(trips.amend), name="submission_amend"),
    path("manifests/<uuid:pk>/", manifests(submissions.submission), name="submission"),
    path("manifests/<uuid:pk>/corrections/", manifests(corrections.correct), name="submission_correct"),
    path("manifests/<uuid:pk>/changes/", manifests(corrections.changes), name="submission_changes"),
    path("manifests/<uuid:pk>/people/", manifests(readings.people), name="submission_people"),
    path("manifests/<uuid:pk>/lines/", manifests(readings.lines), name="submission_lines"),
    path("manifests/<uuid:pk>/message/", manifests(submissions.raw), name="submission_raw"),
    path("manifests/<uuid:pk>/answer/", manifests(submissions.download_submission_answer), name="submission_answer"),
]
