"""How far a new password would do, while it is typed."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from apps.people.passwords import strength_of


@login_not_required
@sensitive_post_parameters()
@require_POST
def strength(request: Any) -> HttpResponse:
    """The hint beside a new password, for people with an account and for invited ones; kept nowhere."""
    password = request.POST.get("password1", "")
    user = request.user if request.user.is_authenticated else None
    context = {"strength": strength_of(password, user) if password else None}
    return render(request, "account/_strength.html", context)
