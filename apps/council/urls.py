"""Addresses of the Council."""

from django.urls import path

from apps.access.rooms import work_of
from apps.council.views import acts

app_name = "council"
council = work_of("ministry", "secretariat")
urlpatterns = [
    # the last of all: a page for each verb that has none of its own
    path("<slug:collection>/<uuid:pk>/<slug:verb>/", council(acts.act), name="act"),
]
