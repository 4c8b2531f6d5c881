"""Pages of what came in from programs, and the export of a report."""

from django.urls import path

from apps.access.page_functions import work_of
from apps.rifc.policy import CISNET, READERS
from apps.taxii.views import entities, pages

app_name = "taxii"
desks, readers = work_of(*CISNET), work_of(*CISNET, *READERS)
urlpatterns = [
    path("intake/", desks(pages.intakes), name="intakes"),
    path("intake/upload/", desks(pages.upload), name="upload"),
    path("intake/<uuid:pk>/", desks(pages.intake), name="intake"),
    path("intake/<uuid:pk>/take_up/", desks(entities.things), name="things"),
    path("intake/<uuid:pk>/<slug:verb>/", desks(pages.verbs.answer), name="do"),
    path("reports/<uuid:pk>/stix/", readers(pages.export_bundle), name="export"),
]
