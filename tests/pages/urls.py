"""Addresses that the frame names, so that its tests need no room of the portal."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(_request: HttpRequest) -> HttpResponse:
    """An empty page."""
    return HttpResponse("")


people = [path(f"{name}/", nothing, name=name) for name in ("switch_seat", "preferences", "address")]
urlpatterns = [
    path("", nothing, name="home"),
    path("search/", nothing, name="search"),
    path("find/", nothing, name="find"),
    path("people/", include((people, "people"))),
    path(
        "notices/",
        include(([path(f"{name}/", nothing, name=name) for name in ("settings", "bell", "inbox")], "notices")),
    ),
    path("protection/", include(([path("classification/", nothing, name="classification")], "protection"))),
    *[
        path(f"{name}/", nothing, name=name)
        for name in (
            "account_login",
            "account_logout",
            "account_change_password",
            "mfa_index",
            "usersessions_list",
            "language",
            "docs",
        )
    ],
]
