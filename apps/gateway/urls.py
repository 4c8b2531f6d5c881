"""Addresses of the gateway to INTERPOL."""

from django.urls import path

from apps.access.marking import OFFICIAL, marked
from apps.access.page_functions import work_of
from apps.gateway import views

app_name = "gateway"
desks = work_of("JRCC.watch", "JRCC.oversight", "IMPACS.platform")
urlpatterns = [
    path("", desks(views.sources), name="sources"),
    path("queries/", desks(views.asked), name="queries"),
    path("<uuid:pk>/<slug:verb>/", desks(marked(OFFICIAL)(views.verbs.answer)), name="do"),
]
