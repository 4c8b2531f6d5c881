"""Inviting people of one's own party: one by one, many by CSV; a new link; taking an invitation back."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import declared_actions
from apps.access.forms import form_for, form_for_verb
from apps.access.marking import OFFICIAL, marked
from apps.access.refusal import Refused
from apps.pages.verb_pages import answer_form, refuse_early, try_form
from apps.people import actions, policy
from apps.people.forms import SheetForm, invitation_form
from apps.people.lists import Invitations
from apps.people.models import Invitation, User
from apps.people.queries import own_desks
from apps.people.rules import account_sheets
from apps.people.rules.registers import REGISTERS
from apps.people.views import impact_preview
from apps.people.views.page_context import asker, one


@require_GET
@marked(OFFICIAL)
def invitations(request: Any) -> HttpResponse:
    """Who is invited, the newest first."""
    asker(request, REGISTERS)
    return Invitations(request).answer()


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def invite(request: Any) -> HttpResponse:
    """Ask who it is and where they will sit, then invite; another person is shown the code."""
    actor = _administrator(request)
    form = invitation_form(actor, request.POST if request.method == "POST" else None)
    status, effect = 200, None
    if impact_preview.looks(request):
        effect = impact_preview.of_invitation(actor, form)
    elif request.method == "POST":
        made, status = try_form(form, partial(_invited, actor))
        if made is not None:
            return _sent(request, made)
    return impact_preview.page(request, "people/invitation_new.html", {"form": form, "effect": effect}, status)


def _administrator(request: Any) -> Any:
    actor = asker(request, REGISTERS)
    verdict = policy.may_invite(actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    return actor


def _invited(actor: Any, *, place: str, **fields: Any) -> Any:
    desk, _colon, role = place.partition(":")
    return actions.send_invitation(actor, None, desk=desk, role=role, **fields)


def _sent(request: Any, it: Any) -> HttpResponse:
    """On to the list: the code is for another person to hand over."""
    person = User.objects.visible_to(request.actor).get(pk=it.user_id)
    said = _("The link goes to %(address)s. Somebody else hands over the code.") % {"address": person.email}
    messages.success(request, said)
    return redirect("people:invitations")


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def bulk(request: Any) -> HttpResponse:
    """Many invitations by CSV: looked through line by line first, sent on confirmation; nothing typed is lost."""
    actor = _administrator(request)
    if request.method != "POST":
        desks = [desk for desk in own_desks(actor) if desk.party_id == actor.party_code]
        return render(request, "people/invitation_bulk.html", {"form": SheetForm(), "desks": desks, "head": HEAD})
    form = SheetForm(request.POST, request.FILES)
    lines, wrong = account_sheets.read_account_sheet(form.cleaned_data["lines"]) if form.is_valid() else ([], "")
    if wrong:
        form.add_error("text", wrong)
    _look_through(actor, lines)
    faulty = sum(bool(line.faults) for line in lines)
    if lines and not faulty and "confirm" in request.POST:
        return _send_all(request, lines)
    rights = impact_preview.of_sheet(actor, lines) if lines else []
    text = form.cleaned_data.get("lines", "")
    context = {"form": form, "lines": lines, "rights": rights, "faulty": faulty, "text": text, "head": HEAD}
    return render(request, "people/invitation_bulk.html", context, status=422 if form.errors or faulty else 200)


HEAD = ",".join(account_sheets.COLUMNS)


def _look_through(actor: Any, lines: list[account_sheets.Line]) -> None:
    """Write on each line what is wrong with it, as far as it can be known before it is sent. Two queries for all."""
    roles = {desk.code: desk.function.roles for desk in own_desks(actor) if desk.party_id == actor.party_code}
    named = [line.said.get("username", "") for line in lines]
    known = set(User.objects.visible_to(actor).filter(username__in=named).values_list("username", flat=True))
    for line in lines:
        _look_at(actor, line, roles, known)


def _look_at(actor: Any, line: account_sheets.Line, desks: dict[str, list[str]], usernames: set[str]) -> None:
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
        line.faults.append(_("This user name is taken. Choose another."))


def _send_all(request: Any, lines: list[account_sheets.Line]) -> HttpResponse:
    """One invitation after the other; a line that is refused does not hold up the others."""
    results = []
    for line in lines:
        made, fault = None, ""
        try:
            made = actions.send_invitation(request.actor, None, **line.fields)
        except ValidationError as wrong:
            fault = " ".join(wrong.messages)
        except Refused as refused:
            fault = refused.message
        results.append({"line": line, "made": made, "fault": fault})
    sent = sum(result["made"] is not None for result in results)
    return render(request, "people/invitation_sent.html", {"results": results, "sent": sent})


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def resend(request: Any, uid: Any) -> HttpResponse:
    """Ask for the address, then send a new link; another person is shown the code."""
    actor = asker(request, REGISTERS)
    it = one(Invitation.objects.visible_to(actor).select_related("user"), uid)
    spec = declared_actions.REGISTRY["invitation.resend"]
    refuse_early(actor, it, spec)
    data = request.POST if request.method == "POST" else None
    form = form_for(spec)(data, actor=actor, row=it, initial={"email": it.user.email})
    status = 200
    if request.method == "POST":
        done, status = try_form(form, partial(spec.run, actor, it))
        if done is not None:
            return _sent(request, done)
    context = {**_about(it), "row": it, "form": form, "spec": spec}
    return render(request, "people/invitation_do.html", context, status=status)


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def revoke(request: Any, uid: Any) -> HttpResponse:
    """Ask for the reason, then take the invitation back."""
    actor = asker(request, REGISTERS)
    it = one(Invitation.objects.visible_to(actor).select_related("user"), uid)
    spec = declared_actions.REGISTRY["invitation.revoke"]
    refuse_early(actor, it, spec)

    def onward(_done: Any) -> str:
        messages.success(request, _("The invitation is revoked. Its link no longer works."))
        return reverse("people:invitations")

    return answer_form(request, spec, it, "people/invitation_do.html", onward, **_about(it))


def _about(it: Any) -> dict[str, Any]:
    """An invitation has no page of its own: the list is both its place and the way back."""
    place = reverse("people:invitations")
    return {
        "title": it.user.get_full_name(),
        "back": place,
        "whence": (pgettext("link, people", "Invitations"), place),
    }
