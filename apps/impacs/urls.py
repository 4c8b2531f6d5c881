"""Addresses of what decisions ask of States and bodies."""

from django.urls import path

from apps.access import stream
from apps.access.rooms import work_of
from apps.impacs.views import desk, matrix, work

app_name = "impacs"
council = work_of("ministry", "secretariat")
ministry = work_of("ministry")
stream.PAGES["impacs.stateaction"] = "impacs:action"
urlpatterns = [
    path("matrix/", council(matrix.matrix), name="matrix"),
    path("matrix.csv", council(matrix.export), {"kind": "csv"}, name="matrix_csv"),
    path("matrix.xlsx", council(matrix.export), {"kind": "xlsx"}, name="matrix_xlsx"),
    path("decisions/<uuid:pk>/progress/", council(matrix.progress), name="progress"),
    path("obligations/", ministry(work.obligations), name="obligations"),
    path("obligations/summary/", ministry(work.obligations_summary), name="obligations_summary"),
    path("against/", ministry(desk.against), name="against"),
    path("actions/<uuid:pk>/", council(work.action), name="action"),
    path("actions/<uuid:pk>/<slug:verb>/", council(work.do), name="do"),
    path("mandates/", council(work.mandates), name="mandates"),
]
