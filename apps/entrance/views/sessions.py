"""Where one is signed in, from which devices one came, and what happened with one's account."""

from typing import Any

from allauth.account import views as account
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.marking import OFFICIAL, marked
from apps.access.queries import visible_or_404
from apps.audit import sentences
from apps.entrance import actions
from apps.entrance.actions import journal
from apps.entrance.listeners.account_mails import origin
from apps.entrance.models import AccountChange, Device
from apps.entrance.queries import sign_in


@require_http_methods(["GET", "POST"])
def sign_out(request: Any) -> HttpResponse:
    """End the session, and have the browser forget the pages it keeps (Clear-Site-Data, over TLS alone).

    Not its storage: there is nothing in it but whether the alarm sounds, which the next watch wants to find as it was.
    """
    response: HttpResponse = account.logout(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"cache"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def sessions(request: Any) -> HttpResponse:
    """One's sessions, devices and the last signings-in; POST ends all sessions but this one."""
    if request.method == "POST":
        end_other_sessions(request, request.user)
        journal.done(request, request.user, "session.end", why="elsewhere")
        messages.success(request, _("You are signed out everywhere else."))
        return redirect("usersessions_list")
    live = sign_in.sessions_of(request.user)
    context = {
        "sessions": live,
        "link": sign_in.link_of(request.user),
        "directory": sign_in.directory_of(request.user.home_party_id),
        "others": sum(not session.is_current() for session in live),
        "devices": Device.objects.visible_to(request.actor)
        .filter(user=request.user, state="known")
        .order_by("-last_at"),
        "events": sentences.told(sign_in.events_of(request.user), request.actor),
    }
    return render(request, "usersessions/usersession_list.html", context)


@login_required
@require_POST
def end(request: Any, pk: int) -> HttpResponse:
    """End one of one's own sessions; another's is not there."""
    session = sign_in.session_of(request.user, pk)
    if session is None:
        raise Http404
    if not session.is_current():
        actions.end_session(session)
        journal.done(request, request.user, "session.end", why="owner")
        messages.success(request, pgettext("words, entrance", "Session ended."))
    return redirect("usersessions_list")


@login_required
@require_POST
def forget(request: Any, pk: Any) -> HttpResponse:
    """Treat one of one's own devices as unknown."""
    device = visible_or_404(Device.objects.visible_to(request.actor), request.actor, pk)
    actions.forget_device(request.actor, device)
    messages.success(request, _("Device removed. You will be notified when someone signs in from it."))
    return redirect("usersessions_list")


@login_required
@require_GET
@marked(OFFICIAL)
def change(request: Any, pk: Any) -> HttpResponse:
    """What was changed about how one signs in, and what to do if it was not oneself."""
    rows = AccountChange.objects.visible_to(request.actor).filter(user=request.user)
    row = visible_or_404(rows, request.actor, pk)
    context = {"it": row, "origin": origin(row), "names": sign_in.administrators_of(request.user.home_party_id)}
    return render(request, "usersessions/change.html", context)
