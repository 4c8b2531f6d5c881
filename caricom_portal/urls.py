"""Addresses: the front door, and what the apps' manifests declare: their pages, and the API.

The pages of an app come before those of the apps below it: it may put some among theirs.
"""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, include, path

from apps.access.manifest import App, registry
from caricom_portal import palette, views
from caricom_portal.api import router
from caricom_portal.description import DescriptionView


def addresses_of(app: App) -> Iterator[URLPattern | URLResolver]:
    """The addresses of an app, those of single pages first."""
    for page in app.pages:
        yield path(page.address, app.found(page.view), name=page.name)
    for address, module in app.urls.items():
        yield path(address, include(app.found(module)))


urlpatterns = [
    path("", views.home, name="home"),
    path("find/", palette.find, name="find"),
    path("healthz", views.healthz, name="healthz"),
    path("livez", views.livez, name="livez"),
    path("language/", views.language, name="language"),
    *(one for app in reversed(list(registry.apps.values())) for one in addresses_of(app)),
    path("api/schema/", DescriptionView.as_view(), name="schema"),
    path("api/v1/", include((router.urls, "api"))),
]
handler400 = "caricom_portal.views.bad_request"
handler404 = "caricom_portal.views.not_found"
handler500 = "caricom_portal.views.server_error"
