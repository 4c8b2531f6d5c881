"""Addresses of TAXII, each with and without its last slash: a redirect would lose a POST or its key."""

from django.urls import re_path

from apps.taxii.views import wire

ROOT, COLLECTION = r"^cisnet", r"^cisnet/collections/(?P<name>[^/]+)"
OBJECT = rf"{COLLECTION}/objects/(?P<stix_id>[^/]+)"
app_name = "taxii2"
urlpatterns = [
    re_path(r"^$", wire.discovery, name="discovery"),
    re_path(rf"{ROOT}/?$", wire.root, name="root"),
    re_path(rf"{ROOT}/collections/?$", wire.collections, name="collections"),
    re_path(rf"{COLLECTION}/?$", wire.collection, name="collection"),
    re_path(rf"{COLLECTION}/manifest/?$", wire.manifest, name="manifest"),
    re_path(rf"{COLLECTION}/objects/?$", wire.objects, name="objects"),
    re_path(rf"{OBJECT}/?$", wire.one_object, name="object"),
    re_path(rf"{OBJECT}/versions/?$", wire.versions, name="versions"),
    re_path(rf"{ROOT}/status/(?P<name>[^/]+)/?$", wire.status, name="status"),
]
