"""TAXII is served before sessions, sign-in and pages: no cookie counts, no form can be forged, no page is made."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import Resolver404, resolve

from apps.taxii.views.gateway import not_there

PLACE = "/taxii2"
Handler = Callable[[Any], HttpResponse]


def machine_door(get_response: Handler) -> Handler:
    """Answer whatever lies under /taxii2/ here; everything else goes on."""

    def middleware(request: Any) -> HttpResponse:
        path = request.path_info
        if path != PLACE and not path.startswith(f"{PLACE}/"):
            return get_response(request)
        try:
            match = resolve(path if path != PLACE else f"{PLACE}/")
        except Resolver404:
            return not_there(request)
        request.resolver_match = match
        answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return answer

    return middleware
