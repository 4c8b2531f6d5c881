"""Errors of the API: application/problem+json (RFC 9457), for everything that can go wrong."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError
from rest_framework import exceptions
from rest_framework.response import Response

from apps.access import full_disk
from apps.access.declared_actions import record_refusal
from apps.access.refusal import Refused
from apps.access.violations import BrokenRules
from apps.audit.models import AuditRecord

CONTENT_TYPE = "application/problem+json"
NOT_FOUND = "There is nothing here that you can open."
TITLES = {
    400: "Some fields need correction",
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    405: "This address does not do that",
    406: "Not acceptable",
    409: "No longer possible",
    412: "The record has changed",
    413: "Too large",
    415: "This kind of content cannot be read",
    422: "Rules are not kept",
    429: "Too many requests",
    500: "The portal made a mistake",
    503: "The portal is not ready",
    507: "No room left",
}


class Problem(Exception):
    """An error with its own status, code and sentence."""

    def __init__(self, status: int, code: str, detail: str, *, retry_after: int | None = None) -> None:
        self.status, self.code, self.detail, self.retry_after = status, code, detail, retry_after
        super().__init__(detail)


def problem(
    request: Any, status: int, code: str, detail: str, errors: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    """The body of an error answer; `errors` are {pointer, message} with RFC 6901 pointers."""
    return {
        "type": f"https://caricom-portal.example/problems/{code}",
        "title": _(TITLES.get(status, "Error")),
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": getattr(request, "request_id", ""),
        "errors": errors or [],
    }


def pointers(messages: Mapping[str, Any]) -> list[dict[str, str]]:
    """Field errors as the list that goes into a problem."""
    return [
        {"pointer": "" if name == "__all__" else f"/{name}", "message": str(text)}
        for name, texts in messages.items()
        for text in texts
    ]


def handler(failure: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every failure becomes a problem; an unexpected one is left to the server error page."""
    request = context["request"]._request
    found = _known(failure, request, context)
    if found is None:
        return None
    status, code, detail, errors, headers = found
    body = problem(request, status, code, detail, errors)
    if isinstance(failure, BrokenRules):
        body["findings"] = failure.findings
    return Response(body, status=status, headers=headers, content_type=CONTENT_TYPE)


Found = tuple[int, str, str, list[dict[str, str]], dict[str, str]]


def _known(failure: Exception, request: Any, context: dict[str, Any]) -> Found | None:
    if isinstance(failure, Refused):
        return _refused(failure, request, context)
    if isinstance(failure, Problem):
        headers = {"Retry-After": str(failure.retry_after)} if failure.retry_after else {}
        return failure.status, failure.code, failure.detail, [], headers
    if full_disk.is_full(failure) or (full_disk.was_met() and isinstance(failure, ValidationError)):
        return full_disk.STATUS, full_disk.CODE, full_disk.no_room(), [], {"Retry-After": str(full_disk.RETRY_AFTER_S)}
    if isinstance(failure, ValidationError):
        return _of_input(failure)
    if isinstance(failure, RequestDataTooBig):
        return 413, "too-large", _("The request is larger than the portal accepts."), [], {}
    if isinstance(failure, Http404):
        return 404, "not-visible", _(NOT_FOUND), [], {}
    if isinstance(failure, PermissionDenied):
        return 403, "may-not", str(failure) or _("Your role does not allow this."), [], {}
    if isinstance(failure, exceptions.APIException):
        return _of_framework(failure)
    return _of_servers(failure)


def _of_input(failure: ValidationError) -> Found:
    errors = pointers(failure.message_dict if hasattr(failure, "error_dict") else {"__all__": failure.messages})
    status, code = (422, "broken-rules") if isinstance(failure, BrokenRules) else (400, "bad-input")
    return status, code, _("Fields not accepted: %(count)s.") % {"count": len(errors)}, errors, {}


def _of_servers(failure: Exception) -> Found | None:
    if isinstance(failure, OperationalError | InterfaceError):
        return _database(failure)
    if isinstance(failure, RedisError | BrokerError):
        detail = _("The queue does not answer. Send the same request again.")
        return 503, "unavailable", detail, [], {"Retry-After": "5"}
    return None


def _refused(failure: Refused, request: Any, context: dict[str, Any]) -> Found:
    if failure.reason == "not-visible" and getattr(request, "actor", None) is not None:
        view = context.get("view")
        asked = str((context.get("kwargs") or {}).get("pk", ""))[:40]
        record_refusal(request.actor, f"api.{getattr(view, 'noun', '') or 'read'}", AuditRecord, failure, asked)
    return failure.status, failure.code, failure.message, [], {}


def _database(failure: Exception) -> Found:
    if "lock timeout" in str(failure):
        return 409, "idempotency-conflict", _("The same request is still being processed."), [], {"Retry-After": "1"}
    connection.close()
    return (
        503,
        "unavailable",
        _("The database is not responding. Send the same request again."),
        [],
        {"Retry-After": "5"},
    )


def _of_framework(failure: exceptions.APIException) -> Found:
    headers = {}
    asked, wait = getattr(failure, "auth_header", None), getattr(failure, "wait", None)
    if asked:
        headers["WWW-Authenticate"] = asked
    if wait:
        headers["Retry-After"] = str(int(wait) + 1)
    detail = failure.detail
    if isinstance(failure, exceptions.ValidationError):
        fields = detail if isinstance(detail, dict) else {"__all__": detail}
        return 400, "bad-input", _("Some fields were not accepted."), pointers(fields), headers
    code = str(failure.default_code).replace("_", "-")
    return failure.status_code, code, str(detail), [], headers


def not_found(request: HttpRequest, exception: Any = None) -> JsonResponse:
    """404 for an address of the API that is none; the same body as for a record that cannot be seen."""
    return JsonResponse(problem(request, 404, "not-visible", _(NOT_FOUND)), status=404, content_type=CONTENT_TYPE)


def bad_request(request: HttpRequest, failure: Exception) -> JsonResponse:
    """400, or 413, for a request that is not well-formed; ValidationError tells where."""
    if isinstance(failure, RequestDataTooBig):
        body = problem(request, 413, "too-large", _("The request is larger than the portal accepts."))
    else:
        errors = pointers(failure.message_dict) if isinstance(failure, ValidationError) else []
        body = problem(request, 400, "bad-input", _("We could not read that request."), errors)
    return JsonResponse(body, status=body["status"], content_type=CONTENT_TYPE)


def no_room(request: HttpRequest) -> JsonResponse:
    """507 of the API, where the body did not even come as far as a view."""
    body = problem(request, full_disk.STATUS, full_disk.CODE, full_disk.no_room())
    headers = {"Retry-After": str(full_disk.RETRY_AFTER_S)}
    return JsonResponse(body, status=full_disk.STATUS, content_type=CONTENT_TYPE, headers=headers)


def server_error(request: HttpRequest) -> JsonResponse:
    """500 of the API: the request id and nothing else."""
    body = problem(request, 500, "server-error", _("Quote the request ID to the help desk."))
    return JsonResponse(body, status=500, content_type=CONTENT_TYPE)
