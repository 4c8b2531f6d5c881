"""How far a new password would do, while it is typed."""

from typing import Any

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from apps.people.rules.passwords import strength_of

OFTEN = {"person": "120/m/user", "address": "300/m/ip"}
"""The page asks at most twice a second while somebody types; many who open their accounts share one address."""


@login_not_required
@sensitive_post_parameters()
@require_POST
def strength(request: Any) -> HttpResponse:
    """The hint beside a new password, for people with an account and for invited ones; kept nowhere.

    Who asks too often gets no hint: the form judges the password all the same.
    """
    password = request.POST.get("password1", "")
    user = request.user if request.user.is_authenticated else None
    judged = bool(password) and _not_too_often(request)
    context = {"strength": strength_of(password, user) if judged else None}
    return render(request, "account/_strength.html", context)


def _not_too_often(request: Any) -> bool:
    whose = "person" if request.user.is_authenticated else "address"
    return ratelimit.consume(request, app="apps.entrance", action=whose, config=OFTEN) is not None
