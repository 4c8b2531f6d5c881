"""Addresses of the audit's pages."""

from django.urls import path

from apps.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.records, name="records"),
    path("people/<str:name>/", views.person, name="person"),
    path("<str:kind>/<str:pk>/", views.history, name="object"),
]
