"""Addresses of what decisions ask of States and bodies."""

from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from apps.access import stream
from apps.access.rooms import work_of
from apps.impacs.views import action, desk, matrix, verification, work


class Collection(SlugConverter):
    """Records of an action that have acts of their own."""

    regex = "evidence|extensions|assistance"


register_converter(Collection, "of_action")
app_name = "impacs"
council = work_of("ministry", "secretariat")
state = work_of("ministry", "border", "customs", "intelligence", "contact")
ministry = work_of("ministry")
agency = work_of("secretariat")
both = work_of("ministry", "border", "customs", "intelligence", "contact", "secretariat")
stream.PAGES |= {
    "impacs.stateaction": "impacs:action",
    "impacs.evidence": "impacs:evidence",
    "impacs.extensionrequest": "impacs:extension",
    "impacs.assistancerequest": "impacs:assistance",
}
urlpatterns = [
    path("matrix/", council(matrix.matrix), name="matrix"),
    path("matrix.csv", council(matrix.export), {"kind": "csv"}, name="matrix_csv"),
    path("matrix.xlsx", council(matrix.export), {"kind": "xlsx"}, name="matrix_xlsx"),
    path("decisions/<uuid:pk>/progress/", council(matrix.progress), name="progress"),
    path("obligations/", state(work.obligations), name="obligations"),
    path("obligations/print/", state(work.obligations), {"printed": True}, name="obligations_print"),
    path("obligations/summary/", ministry(work.obligations_summary), name="obligations_summary"),
    path("against/", ministry(desk.against), name="against"),
    path("verification/", agency(verification.worklist), name="verification"),
    path("verification/secondments/", agency(verification.secondments), name="secondments"),
    path("actions/<uuid:pk>/", both(action.action), name="action"),
    path("actions/<uuid:pk>/<slug:verb>/", both(action.do), name="do"),
    path("evidence/<uuid:pk>/", both(action.evidence), name="evidence"),
    path("extensions/<uuid:pk>/", both(action.extension), name="extension"),
    path("assistance/<uuid:pk>/", both(action.assistance), name="assistance"),
    path("<of_action:collection>/<uuid:pk>/<slug:verb>/", both(action.do), name="record_do"),
    path("mandates/", council(work.mandates), name="mandates"),
]
