"""Addresses of data protection."""

from django.urls import path

from apps.access.page_functions import work_of
from apps.carriers.views import rules
from apps.protection.policy import BOARD, HANDLERS, HOLDERS, REGISTER
from apps.protection.views import registers, requests

app_name = "protection"
handlers, asked = work_of(*HANDLERS), work_of(*HANDLERS, *HOLDERS)
keepers, readers = work_of(*BOARD, *REGISTER), work_of(*BOARD, *REGISTER, *HOLDERS)
purposes = {"of": "purposes"}
urlpatterns = [
    path("", keepers(registers.board), name="board"),
    path("classification/", registers.classification, name="classification"),
    path("purposes/", readers(rules.rules), purposes, name="purposes"),
    path("purposes/new/", keepers(rules.show_new_rule), purposes, name="purpose_new"),
    path("purposes/<uuid:pk>/", keepers(rules.show_rule_change), purposes, name="purposechange"),
    path("purposes/<uuid:pk>/do/<slug:verb>/", keepers(rules.do), purposes, name="purpose_do"),
    path("requests/", asked(requests.requests), name="requests"),
    path("requests/new/", handlers(requests.show_new_subject_request), name="request_new"),
    path("requests/<uuid:pk>/", asked(requests.request), name="subjectrequest"),
    path("requests/<uuid:pk>/held/", asked(requests.held), name="request_held"),
    path("requests/<uuid:pk>/do/<slug:verb>/", asked(requests.verbs.answer), name="request_do"),
]
