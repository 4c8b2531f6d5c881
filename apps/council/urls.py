"""Addresses of the Council."""

from django.urls import path

from apps.access import stream
from apps.access.rooms import work_of
from apps.council import calendar, waiting  # noqa: F401  (importing them fills calendars and My desk)
from apps.council.views import acts, briefing, meetings

app_name = "council"
stream.PAGES["council.agendaitem"] = "council:item"
council = work_of("ministry", "secretariat")
urlpatterns = [
    path("meetings/", council(meetings.meetings), name="meetings"),
    path("meetings/new/", council(meetings.meeting_new), name="meeting_new"),
    path("meetings/<uuid:pk>/", council(meetings.meeting), name="meeting"),
    path("meetings/<uuid:pk>/brief/", council(briefing.brief), name="brief"),
    path("meetings/<uuid:pk>/meeting.ics", council(meetings.meeting_calendar), name="meeting_calendar"),
    path("items/new/", council(meetings.item_new), name="item_new"),
    path("items/<uuid:pk>/", council(meetings.item), name="item"),
    path("items/<uuid:pk>/position/", council(briefing.position_new), name="position_new"),
    path("positions/<uuid:pk>/", council(briefing.position), name="position"),
    # the last of all: a page for each verb that has none of its own
    path("<slug:collection>/<uuid:pk>/<slug:verb>/", council(acts.act), name="act"),
]
