"""Addresses of issued documents. The verification page stands at /verify/ (manifest)."""

from django.urls import path

from apps.documents.views import verification

app_name = "documents"
urlpatterns = [
    path("<uuid:pk>/", verification.document, name="document"),
    path("<uuid:pk>/revoke/", verification.revoke, name="document_revoke"),
]
