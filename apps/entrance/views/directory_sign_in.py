"""Signing in by one's party's directory, and linking oneself to it."""

from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.access.refusals import Refusals as AccessRefusals
from apps.entrance import actions
from apps.entrance.actions import directory_sign_in, journal, openid_provider
from apps.entrance.models import AccountChange, DirectoryLink
from apps.entrance.queries import sign_in
from apps.entrance.refusals import Refusals


@login_not_required
@require_GET
def choose(request: Any) -> HttpResponse:
    """The States by whose directory people sign in."""
    context = {"directories": sign_in.directories_in_force(), "onward": get_next_redirect_url(request) or ""}
    return render(request, "account/directories.html", context)


@login_not_required
@require_POST
def start(request: Any, party: str) -> HttpResponse:
    """On to the directory of a State."""
    directory = _in_force(party)
    if request.user.is_authenticated:
        return redirect("home")
    return _begun(request, directory, "login", get_next_redirect_url(request))


@login_not_required
@require_GET
@never_cache
def callback(request: Any, party: str) -> HttpResponse:
    """Where a directory sends the person back to."""
    return openid_provider.callback(request, _in_force(party))


@login_required
@require_POST
def link(request: Any) -> HttpResponse:
    """On to one's own party's directory, to link oneself to who one is there."""
    if request.actor is None:
        raise Refused("not-visible")
    directory = sign_in.directory_of(request.user.home_party_id)
    if directory is None:
        raise Refused(Refusals.DIRECTORY_NOT_YOURS)
    if not request.actor.proven:
        raise Refused(AccessRefusals.STEP_UP)
    return _begun(request, directory, "connect", None)


@login_required
@require_POST
def show_link_removal(request: Any, pk: Any) -> HttpResponse:
    """Remove one's own link, or as an administrator one of the party's."""
    row = visible_or_404(DirectoryLink.objects.visible_to(request.actor), request.actor, pk)
    actions.unlink_directory(request.actor, row)
    messages.success(request, _("Link removed. Sessions started through it have ended."))
    if row.user_id != request.user.pk:
        return redirect("entrance:directories")
    journal.changed(request, request.user, AccountChange.What.UNLINKED)
    return redirect("usersessions_list")


def _in_force(party: str) -> Any:
    directory = sign_in.directory_of(party)
    if directory is None:
        raise Http404
    return directory


def _begun(request: Any, directory: Any, process: str, onward: str | None) -> HttpResponse:
    if ratelimit.consume(request, app="allauth.account", action="directory") is None:
        return directory_sign_in.turned_away(request, directory, Refused(Refusals.TOO_MANY_TRIES))
    return directory_sign_in.begin_directory_sign_in(request, directory, process, onward)
