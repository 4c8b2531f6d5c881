"""Pages of what came in from programs, and the export of a report."""

from django.urls import path

from apps.access import stream
from apps.access.rooms import work_of
from apps.rifc.policy import CISNET, READERS
from apps.taxii.views import pages, things

app_name = "taxii"
stream.PAGES["taxii.intake"] = "taxii:intake"
desks, readers = work_of(*CISNET), work_of(*CISNET, *READERS)
urlpatterns = [
    path("intake/", desks(pages.intakes), name="intakes"),
    path("intake/upload/", desks(pages.upload), name="upload"),
    path("intake/<uuid:pk>/", desks(pages.intake), name="intake"),
    path("intake/<uuid:pk>/take_up/", desks(things.things), name="things"),
    path("intake/<uuid:pk>/<slug:verb>/", desks(pages.do), name="do"),
    path("reports/<uuid:pk>/stix/", readers(pages.export), name="export"),
]
