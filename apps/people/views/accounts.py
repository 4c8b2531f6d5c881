"""Giving an account, suspending it, opening it again, and a new one-time password, which is shown once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from apps.access import doors
from apps.access.forms import form_for
from apps.access.refused import Refused
from apps.people import actions, policy
from apps.people.forms import account_form
from apps.people.managers import REGISTERS
from apps.people.queries import register_of
from apps.people.views.found import asker, one


@require_http_methods(["GET", "POST"])
def open_account(request: Any) -> HttpResponse:
    """Ask who it is, then give an account."""
    actor = asker(request, REGISTERS)
    verdict = policy.may_open_account(actor, None)
    if not verdict and request.method == "GET":
        raise Refused("may-not", getattr(verdict, "code", ""))
    form = account_form(actor, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _shown_once(request, actions.open_account(actor, None, **form.cleaned_data))
        except ValidationError as wrong:
            form.add_error(None, wrong)
    return render(request, "people/account_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def suspend(request: Any, uid: Any) -> HttpResponse:
    """Ask for the reason, then shut a person out."""
    actor = asker(request, REGISTERS)
    it = one(register_of(actor), uid)
    verb = doors.REGISTRY["account.suspend"]
    form = form_for(verb)(request.POST if request.method == "POST" else None, actor=actor, row=it)
    if request.method == "POST" and form.is_valid():
        verb.run(actor, it, **form.cleaned_data)
        messages.success(request, _("The account is suspended. Open pages of this person close within a second."))
        return redirect("people:person", uid=it.uid)
    context = {"it": it, "form": form}
    return render(request, "people/account_suspend.html", context, status=422 if form.errors else 200)


@require_POST
def reactivate(request: Any, uid: Any) -> HttpResponse:
    """Let a suspended person in again."""
    actor = asker(request, REGISTERS)
    it = actions.reactivate(actor, one(register_of(actor), uid))
    messages.success(request, _("%(name)s can sign in again.") % {"name": it.get_full_name()})
    return redirect("people:person", uid=it.uid)


@require_http_methods(["GET", "POST"])
def renew(request: Any, uid: Any) -> HttpResponse:
    """Say what a new one-time password ends, then give it."""
    actor = asker(request, REGISTERS)
    it = one(register_of(actor), uid)
    if request.method == "POST":
        return _shown_once(request, actions.renew(actor, it))
    return render(request, "people/account_renew.html", {"it": it})


@sensitive_variables("it")
def _shown_once(request: Any, it: Any) -> HttpResponse:
    return render(request, "people/account_password.html", {"it": it})
