"""Addresses of the keys of States."""

from django.urls import path

from apps.access.marking import OFFICIAL, marked
from apps.access.page_functions import work_of
from apps.sealing import views
from apps.sealing.manifest import READERS

app_name = "sealing"
readers = work_of(*READERS)
urlpatterns = [
    path("keys/", readers(views.keys), name="keys"),
    path("keys/<uuid:pk>/", readers(views.key), name="key"),
    path("keys/<uuid:pk>/<slug:verb>/", readers(marked(OFFICIAL)(views.verbs.answer)), name="key_do"),
]
