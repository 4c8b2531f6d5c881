"""The language of one request: the reader's choice for pages, English for programs."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

Handler = Callable[[HttpRequest], HttpResponse]
FOR_PROGRAMS = ("/api/", "/taxii2", "/healthz", "/livez")


def language(get_response: Handler) -> Handler:
    """Speak the language of the reader's cookie, else of their browser, else English; to programs always English.

    Left again when the answer is made, so that no thread keeps the language of the request before.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        for_page = not request.path_info.startswith(FOR_PROGRAMS)
        code = translation.get_language_from_request(request) if for_page else settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        if for_page:
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    return middleware
