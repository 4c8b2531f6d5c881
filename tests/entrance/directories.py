"""Directories in force, and people who sign in by them."""

from typing import Any

from django.urls import reverse

from apps.entrance import actions
from apps.people.models import User
from tests.entrance.provider import CLIENT, SECRET, sent_back

ADMIN, OFFICER, PLATFORM = "jam.administration.administrator", "jam.border.officer", "portal.platform.head"
LINK = "/accounts/sessions/directory/"


def proposed(cast: Any, issuer: str, admin: str = ADMIN, **more: Any) -> Any:
    """A directory of the administrator's party that waits for a second person."""
    given = {"issuer": issuer, "client_id": CLIENT, "secret": SECRET, "why": "One account for all"}
    return actions.propose_directory(cast[admin], None, **given | more)


def in_force(cast: Any, issuer: str, admin: str = ADMIN, **more: Any) -> Any:
    """One that the platform desk has put into force: the demonstration's parties have one administrator each."""
    return actions.confirm_directory(cast[PLATFORM], proposed(cast, issuer, admin, **more))


def start(client: Any, party: str = "JAM", **sent: Any) -> Any:
    """Press the button of a State on the sign-in page; the answer."""
    return client.post(reverse("account_directory", args=[party]), sent)


def by_directory(client: Any, party: str = "JAM", **sent: Any) -> Any:
    """From the button to what follows the way back."""
    return client.get(sent_back(start(client, party, **sent)))


def linked(cast: Any, directory: Any, person: str = OFFICER, subject: str = "subject-1") -> Any:
    """A person linked to a subject."""
    return actions.link_directory(cast[person], None, directory=directory, subject=subject)


def user(name: str) -> Any:
    """The account."""
    return User.objects.get(username=name)


def inside(client: Any) -> bool:
    """Whether somebody is signed in there."""
    return "_auth_user_id" in client.session


def said(answer: Any) -> str:
    """The page, its blanks made one."""
    return " ".join(answer.content.decode().split())
