"""Giving an account, suspending it, opening it again, and a new one-time password, which is shown once."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from apps.access import declared_actions
from apps.access.forms import form_for
from apps.access.marking import OFFICIAL, marked
from apps.access.refusal import Refused
from apps.pages.verb_pages import refuse_early, try_form
from apps.people import actions, policy
from apps.people.forms import account_form, waiver_form
from apps.people.models import AccountProposal, SeatWaiver
from apps.people.queries import register_of
from apps.people.refusals import Refusals
from apps.people.rules.registers import REGISTERS
from apps.people.views import impact_preview
from apps.people.views.keys import made_by
from apps.people.views.page_context import about_account, asker, one


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
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
@marked(OFFICIAL)
def suspend(request: Any, uid: Any) -> HttpResponse:
    """Ask for the reason, then shut a person out."""
    actor = asker(request, REGISTERS)
    it = one(register_of(actor), uid)
    verb = declared_actions.REGISTRY["account.suspend"]
    form = form_for(verb)(request.POST if request.method == "POST" else None, actor=actor, row=it)
    if request.method == "POST" and form.is_valid():
        verb.run(actor, it, **form.cleaned_data)
        messages.success(request, _("The account is suspended. This person's open pages close within a second."))
        return redirect("people:person", uid=it.uid)
    context = {"it": it, "form": form, "keys": made_by(actor, it)}
    return render(request, "people/account_suspend.html", context, status=422 if form.errors else 200)


@require_POST
def reactivate(request: Any, uid: Any) -> HttpResponse:
    """Let a suspended person in again."""
    actor = asker(request, REGISTERS)
    it = one(register_of(actor), uid)
    done = actions.do_or_ask(actor, "account.reactivate", it)
    if isinstance(done, AccountProposal):
        return waits(request, done)
    messages.success(request, _("%(name)s can sign in again.") % {"name": it.get_full_name()})
    return redirect("people:person", uid=it.uid)


def waits(request: Any, proposal: AccountProposal) -> HttpResponse:
    """On to what now waits for a second person."""
    messages.info(request, _("This needs second approval. It expires if it is not approved in time."))
    return redirect("people:approval", uid=proposal.uid)


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def clear(request: Any, uid: Any) -> HttpResponse:
    """Ask for the new clearance, then give it or ask a second person."""
    actor = asker(request, REGISTERS)
    it = one(register_of(actor), uid)
    spec = declared_actions.REGISTRY["account.clear"]
    refuse_early(actor, it, spec)
    data = request.POST if request.method == "POST" else None
    form = form_for(spec)(data, actor=actor, row=it, initial={"clearance": it.clearance})
    status, effect = 200, None
    if impact_preview.looks(request):
        effect = impact_preview.of_clearance(actor, form, it)
    elif request.method == "POST":
        done, status = try_form(form, partial(actions.do_or_ask, actor, "account.clear", it))
        if isinstance(done, AccountProposal):
            return waits(request, done)
        if done is not None:
            messages.success(request, _("The clearance is changed."))
            return redirect("people:person", uid=it.uid)
    context = {**about_account(it), "form": form, "spec": spec, "looks": True, "effect": effect}
    return impact_preview.page(request, "people/account_do.html", context, status)


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def renew(request: Any, uid: Any) -> HttpResponse:
    """Say what a new one-time password ends, then give it."""
    actor = asker(request, REGISTERS)
    it = one(register_of(actor), uid)
    if request.method == "POST":
        done = actions.do_or_ask(actor, "account.renew", it)
        return waits(request, done) if isinstance(done, AccountProposal) else _shown_once(request, done)
    return render(request, "people/account_renew.html", {"it": it})


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def show_account_change(request: Any, uid: Any, verb: str) -> HttpResponse:
    """Another name, or closing the account for good; asks first."""
    actor = asker(request, REGISTERS)
    it = one(register_of(actor), uid)
    spec = declared_actions.REGISTRY[f"account.{verb}"]
    refuse_early(actor, it, spec)
    data = request.POST if request.method == "POST" else None
    form = form_for(spec)(data, actor=actor, row=it, initial={"name": it.full_name})
    status = 200
    if request.method == "POST":
        done, status = try_form(form, partial(spec.run, actor, it))
        if done is not None:
            messages.success(request, _("The name is changed.") if verb == "rename" else _("The account is closed."))
            return redirect("people:person", uid=it.uid)
    keys = made_by(actor, it) if verb == "leave" else []
    context = {**about_account(it), "form": form, "spec": spec, "keys": keys}
    return render(request, "people/account_do.html", context, status=status)


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def waive(request: Any, uid: Any) -> HttpResponse:
    """Ask which conflict, why and until when, then record a waiver."""
    actor = asker(request, REGISTERS)
    it = one(register_of(actor), uid)
    spec = declared_actions.REGISTRY["waiver.record"]
    verdict = spec.policy(actor, None)
    if not verdict or it.pk == actor.user_id:
        raise Refused("may-not", getattr(verdict, "code", Refusals.OWN_ACCOUNT))
    form = waiver_form(actor, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        done, status = try_form(form, partial(spec.run, actor, None, user=it.username))
        if done is not None:
            messages.success(request, _("The waiver is recorded. Your oversight desk can see it."))
            return redirect("people:person", uid=it.uid)
    context = {**about_account(it), "form": form, "spec": spec}
    return render(request, "people/account_do.html", context, status=status)


@require_POST
def waiver_end(request: Any, uid: Any) -> HttpResponse:
    """End a waiver before its time."""
    actor = asker(request, REGISTERS)
    waiver = one(SeatWaiver.objects.visible_to(actor).select_related("user"), uid)
    actions.end_people_waiver(actor, waiver)
    messages.success(request, _("The waiver has ended."))
    return redirect("people:person", uid=waiver.user.uid)


@sensitive_variables("it")
def _shown_once(request: Any, it: Any) -> HttpResponse:
    return render(request, "people/account_password.html", {"it": it})
