"""Addresses of journeys."""

from apps.journeys.views import holds

urlpatterns = holds.pages.urls()
