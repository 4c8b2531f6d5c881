"""Addresses of borders: those of the apps below are joined here, under one name."""

from django.urls import path

from apps.access.page_functions import work_of
from apps.carriers import urls as carriers
from apps.journeys import urls as journeys
from apps.jrcc import urls as jrcc
from apps.manifests import urls as manifests
from apps.travellers.views import amendments, lookups, persons, retention

app_name = "jrcc"
floors = work_of("JRCC.watch", "border")
hit_work = work_of("JRCC.watch", "border", "intelligence", "analysis")
urlpatterns = [
    path("travellers/<uuid:pk>/dossier/", hit_work(persons.of_traveller), name="traveller_dossier"),
    path("travellers/<uuid:pk>/join/", floors(persons.join), name="traveller_join"),
    path("travellers/<uuid:pk>/correct/", floors(amendments.show_new_amendment), name="amendment_new"),
    path("corrections/<uuid:pk>/", floors(amendments.amendment), name="amendment"),
    path("persons/<uuid:pk>/", floors(persons.person), name="person"),
    path("persons/<uuid:pk>/do/<slug:verb>/", floors(persons.verbs.answer), name="person_do"),
    path("lookups/", floors(lookups.lookups), name="lookups"),
    path("lookups/new/", floors(lookups.show_new_lookup), name="lookup_new"),
    path("lookups/<uuid:pk>/", floors(lookups.lookup), name="lookup"),
    path("lookups/<uuid:pk>/do/<slug:verb>/", floors(lookups.verbs.answer), name="lookup_do"),
    path("retention/", work_of("JRCC.watch")(retention.retention), name="retention"),
    *manifests.urlpatterns,
    *journeys.urlpatterns,
    *carriers.urlpatterns,
    *jrcc.urlpatterns,
]
