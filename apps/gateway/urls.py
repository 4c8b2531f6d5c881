"""Addresses of the gateway to INTERPOL."""

from django.urls import path

from apps.access import stream
from apps.access.rooms import work_of
from apps.gateway import views

app_name = "gateway"
stream.PAGES["gateway.source"] = "gateway:sources"
desks = work_of("JRCC.watch", "JRCC.oversight", "IMPACS.platform")
urlpatterns = [
    path("", desks(views.sources), name="sources"),
    path("queries/", desks(views.asked), name="queries"),
    path("<uuid:pk>/<slug:verb>/", desks(views.do), name="do"),
]
