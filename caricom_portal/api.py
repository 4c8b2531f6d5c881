"""The routes of the API: the collections that the apps' manifests declare (CONTRACT.md)."""

from rest_framework.routers import SimpleRouter

from apps.access.manifest import registry

registry.declare()  # routes of records are made from the declared verbs
router = SimpleRouter()
for app, collection in registry.of("collections"):
    router.register(collection.address, app.found(collection.viewset), basename=collection.basename)
