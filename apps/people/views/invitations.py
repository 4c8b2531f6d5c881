"""Inviting people of one's own party: one by one, many by CSV; a new link; taking an invitation back."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import doors, paging
from apps.access.acts import ask, attempted
from apps.access.forms import form_for, form_for_verb
from apps.access.refused import Refused
from apps.people import actions, policy, sheet
from apps.people.forms import SheetForm, invitation_form
from apps.people.managers import REGISTERS
from apps.people.models import Invitation, User
from apps.people.queries import own_desks
from apps.people.views import effects
from apps.people.views.found import asker, one


@require_GET
def invitations(request: Any) -> HttpResponse:
    """Who is invited, the newest first."""
    actor = asker(request, REGISTERS)
    rows = Invitation.objects.visible_to(actor).filter(user__home_party_id=actor.party_code)
    found, older, newer = paging.cut(rows.select_related("user"), request.GET, 50)
    context = {
        "rows": [{"it": row, "offers": _offers(actor, row)} for row in found],
        "invites": policy.may_invite(actor, None) is True,
        "older": f"?{older}" if older else "",
        "newer": f"?{newer}" if newer else "",
    }
    return render(request, "people/invitations.html", context)


def _offers(actor: Any, row: Any) -> list[dict[str, Any]]:
    return [
        {
            "verb": f"{offer.verb} {row.pk}",
            "label": offer.label,
            "allowed": True,
            "url": reverse(f"people:invitation_{offer.verb}", args=[row.uid]),
            "asks": True,
            "danger": offer.verb == "revoke",
        }
        for offer in doors.offers(actor, row)
        if offer.allowed
    ]


@require_http_methods(["GET", "POST"])
def invite(request: Any) -> HttpResponse:
    """Ask who it is and where he will sit, then invite; the code is shown once."""
    actor = _administrator(request)
    form = invitation_form(actor, request.POST if request.method == "POST" else None)
    status, effect = 200, None
    if effects.looks(request):
        effect = effects.of_invitation(actor, form)
    elif request.method == "POST":
        made, status = attempted(form, partial(_invited, actor))
        if made is not None:
            return _shown_once(request, made)
    return effects.page(request, "people/invitation_new.html", {"form": form, "effect": effect}, status)


def _administrator(request: Any) -> Any:
    actor = asker(request, REGISTERS)
    verdict = policy.may_invite(actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    return actor


def _invited(actor: Any, *, place: str, **fields: Any) -> Any:
    desk, _colon, role = place.partition(":")
    return actions.invite(actor, None, desk=desk, role=role, **fields)


@sensitive_variables("it")
def _shown_once(request: Any, it: Any) -> HttpResponse:
    person = User.objects.visible_to(request.actor).get(pk=it.user_id)
    return render(request, "people/invitation_code.html", {"it": it, "person": person})


@require_http_methods(["GET", "POST"])
def bulk(request: Any) -> HttpResponse:
    """Many invitations by CSV: looked through line by line first, sent on confirmation; nothing typed is lost."""
    actor = _administrator(request)
    if request.method != "POST":
        desks = [desk for desk in own_desks(actor) if desk.party_id == actor.party_code]
        return render(request, "people/invitation_bulk.html", {"form": SheetForm(), "desks": desks, "head": HEAD})
    form = SheetForm(request.POST, request.FILES)
    lines, wrong = sheet.read(form.cleaned_data["lines"]) if form.is_valid() else ([], "")
    if wrong:
        form.add_error("text", wrong)
    _look_through(actor, lines)
    faulty = sum(bool(line.faults) for line in lines)
    if lines and not faulty and "confirm" in request.POST:
        return _send_all(request, lines)
    rights = effects.of_sheet(actor, lines) if lines else []
    text = form.cleaned_data.get("lines", "")
    context = {"form": form, "lines": lines, "rights": rights, "faulty": faulty, "text": text, "head": HEAD}
    return render(request, "people/invitation_bulk.html", context, status=422 if form.errors or faulty else 200)


HEAD = ",".join(sheet.COLUMNS)


def _look_through(actor: Any, lines: list[sheet.Line]) -> None:
    """Write on each line what is wrong with it, as far as it can be known before it is sent. Two queries for all."""
    roles = {desk.code: desk.function.roles for desk in own_desks(actor) if desk.party_id == actor.party_code}
    named = [line.said.get("username", "") for line in lines]
    known = set(User.objects.visible_to(actor).filter(username__in=named).values_list("username", flat=True))
    for line in lines:
        _look_at(actor, line, roles, known)


def _look_at(actor: Any, line: sheet.Line, desks: dict[str, list[str]], usernames: set[str]) -> None:
    form = form_for_verb("invitation.send")(line.said, actor=actor)
    if not form.is_valid():
        named = {name: str(field.label) for name, field in form.fields.items()}
        line.faults += [f"{named.get(name, '')}: {fault}" for name, faults in form.errors.items() for fault in faults]
        return
    line.fields = form.cleaned_data
    known = desks.get(line.fields["desk"])
    if known is None:
        line.faults.append(_("Your party has no desk %(desk)s.") % {"desk": line.fields["desk"]})
    elif line.fields["role"] not in known:
        line.faults.append(_("Roles at this desk are: %(roles)s.") % {"roles": ", ".join(known)})
    if line.fields["username"] in usernames:
        line.faults.append(_("Somebody has this user name already."))


@sensitive_variables("results")
def _send_all(request: Any, lines: list[sheet.Line]) -> HttpResponse:
    """One invitation after the other; a line that is refused does not hold up the others."""
    results = []
    for line in lines:
        made, fault = None, ""
        try:
            made = actions.invite(request.actor, None, **line.fields)
        except ValidationError as wrong:
            fault = " ".join(wrong.messages)
        except Refused as refused:
            fault = refused.message
        results.append({"line": line, "made": made, "fault": fault})
    sent = sum(result["made"] is not None for result in results)
    return render(request, "people/invitation_sent.html", {"results": results, "sent": sent})


@require_http_methods(["GET", "POST"])
def resend(request: Any, uid: Any) -> HttpResponse:
    """Ask for the address, then send a new link; the code is shown once."""
    actor = asker(request, REGISTERS)
    it = one(Invitation.objects.visible_to(actor).select_related("user"), uid)
    spec = doors.REGISTRY["invitation.resend"]
    ask(actor, it, spec)
    data = request.POST if request.method == "POST" else None
    form = form_for(spec)(data, actor=actor, row=it, initial={"email": it.user.email})
    status = 200
    if request.method == "POST":
        done, status = attempted(form, partial(spec.run, actor, it))
        if done is not None:
            return _shown_once(request, done)
    return render(request, "people/invitation_do.html", {"it": it, "form": form, "spec": spec}, status=status)


@require_http_methods(["GET", "POST"])
def revoke(request: Any, uid: Any) -> HttpResponse:
    """Ask for the reason, then take the invitation back."""
    actor = asker(request, REGISTERS)
    it = one(Invitation.objects.visible_to(actor).select_related("user"), uid)
    spec = doors.REGISTRY["invitation.revoke"]
    ask(actor, it, spec)
    form = form_for(spec)(request.POST if request.method == "POST" else None, actor=actor, row=it)
    status = 200
    if request.method == "POST":
        done, status = attempted(form, partial(spec.run, actor, it))
        if done is not None:
            messages.success(request, _("The invitation is revoked. Its link opens nothing any more."))
            return redirect("people:invitations")
    return render(request, "people/invitation_do.html", {"it": it, "form": form, "spec": spec}, status=status)
