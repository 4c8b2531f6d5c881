"""The page behind an invitation's link: the only page that lets somebody in who has no account yet."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from apps.access.refusal import Refused
from apps.people import actions
from apps.people.forms import JoinForm


@login_not_required
@sensitive_post_parameters("code", "password1", "password2")
@require_http_methods(["GET", "POST"])
def join(request: Any, link: str) -> HttpResponse:
    """Code and password, then signed in. A link that is unknown, used, revoked, over or guessed at too often is 404."""
    invitation = actions.opened(link)
    if invitation is None:
        return _closed(request)
    form = JoinForm(request.POST if request.method == "POST" else None, user=invitation.user)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _let_in(request, link, form.cleaned_data)
            except Refused as refused:
                if refused.reason == "not-visible" or actions.opened(link) is None:
                    return _closed(request)
                form.add_error("code", refused.message)
    return render(request, "people/join.html", {"form": form, "it": invitation}, status=status)


def _let_in(request: Any, link: str, given: dict[str, Any]) -> HttpResponse:
    where = {"request_id": request.request_id, "address": request.META.get("REMOTE_ADDR")}
    person = actions.join(link, code=given["code"], password=given["password1"], **where)
    answer: HttpResponse = perform_login(request, person)
    record_authentication(request, person, method="password")
    return answer


def _closed(request: Any) -> HttpResponse:
    return render(request, "people/join_closed.html", status=404)
