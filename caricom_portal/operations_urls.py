"""Addresses of the operators' pages."""

from django.urls import path

from apps.access.page_functions import work_of
from apps.operations.policy import OPERATORS
from caricom_portal import operations_views

app_name = "operations"
theirs = work_of(OPERATORS)
urlpatterns = [
    path("", theirs(operations_views.status), name="status"),
    path("maintenance/begin/", theirs(operations_views.maintenance_begin), name="maintenance_begin"),
    path("maintenance/<uuid:pk>/end/", theirs(operations_views.maintenance_end), name="maintenance_end"),
    path("features/", theirs(operations_views.features), name="features"),
    path("features/<uuid:pk>/on/", theirs(operations_views.switch_on), name="switch_on"),
]
