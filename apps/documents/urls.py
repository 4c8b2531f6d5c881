"""Addresses of issued documents. The verification page stands at /verify/ (caricom_portal.urls)."""

from django.urls import path

from apps.access import stream
from apps.documents import views

app_name = "documents"
stream.PAGES["documents.issueddocument"] = "documents:document"
urlpatterns = [
    path("<uuid:pk>/", views.document, name="document"),
    path("<uuid:pk>/revoke/", views.revoke, name="document_revoke"),
]
