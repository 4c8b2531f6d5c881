"""Links of people to their party's directory: made by themselves, ended by them, their administrators or its end.

A session that was begun by a link ends with it, whichever way the link ends.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, emit
from apps.access.refusal import Refused
from apps.access.write_guard import writing
from apps.entrance import policy
from apps.entrance.models import AccountChange, Directory, DirectoryLink
from apps.entrance.queries import sign_in
from apps.entrance.refusals import Refusals
from apps.people.models import User

L = DirectoryLink.State


@action(
    "directory_link.make",
    model=DirectoryLink,
    label=pgettext_lazy("button, entrance", "Link"),
    done=_("Linked their account to the directory"),
    policy=policy.may_link,
    ends=L.LIVE,
    step_up=True,
)
def link_directory(actor: Actor, _row: None, *, directory: Any, subject: str, shown_as: str = "") -> DirectoryLink:
    """Say that one is this subject of one's own party's directory; a link before ends.

    Refused where the directory is another party's or not in force, and where the subject is somebody else already.
    """
    person = User.objects.get(pk=actor.user_id)
    # whoever links at the same time waits here, so that one subject is one person
    held = Directory.objects.select_for_update().filter(pk=directory.pk, state="in_force").first()
    if held is None or held.party_id != person.home_party_id:
        raise Refused(Refusals.DIRECTORY_NOT_YOURS)
    known = sign_in.link_of_subject(held, subject)
    if known is not None and known.user_id != person.pk:
        raise Refused(Refusals.DIRECTORY_LINKED_ELSEWHERE)
    end_links(actor, DirectoryLink.objects.filter(user=person))
    row = DirectoryLink(
        directory=held, user=person, subject_mark=sign_in.subject_mark(held, subject), shown_as=shown_as[:120]
    )
    row.save(force_insert=True)
    return row


@action(
    "directory_link.remove",
    model=DirectoryLink,
    label=_("Remove the link"),
    done=_("Removed a link to the directory"),
    policy=policy.may_unlink,
    starts={L.LIVE},
    ends=L.ENDED,
)
def unlink_directory(actor: Actor, row: DirectoryLink) -> DirectoryLink:
    """Let the person sign in by the directory no more; sessions begun by it end now, their password stays."""
    row.ended_at = timezone.now()
    _let_go(actor, [row])
    return row


@action(
    "directory_link.end",
    model=DirectoryLink,
    label=_("End the link"),
    done=_("Ended a leaver's link to the directory"),
    policy=policy.may_meet,
    starts={L.LIVE},
    ends=L.ENDED,
    automatic=True,
)
def end_directory_link(actor: Actor, row: DirectoryLink) -> DirectoryLink:
    """End the link of a person who has left."""
    row.ended_at = timezone.now()
    end_sessions_of([row])
    return row


def end_links(actor: Actor, links: Any) -> None:
    """Inside an action: end those of some links that are live, each on the record."""
    rows = live(links)
    DirectoryLink.objects.filter(pk__in=[row.pk for row in rows]).update(state=L.ENDED, ended_at=timezone.now())
    for row in rows:
        also("directory_link.remove", row, before=L.LIVE, after=L.ENDED)
    _let_go(actor, rows)


def live(links: Any) -> list[Any]:
    """Inside an action: the live ones among some links, locked; who signs in by one of them waits."""
    return list(links.filter(state=L.LIVE).select_for_update(of=("self",)).select_related("user").order_by("pk"))


def _let_go(actor: Actor, rows: Sequence[Any]) -> None:
    """End the sessions of ended links; whose link somebody else ended is told."""
    end_sessions_of(rows)
    for row in rows:
        if row.user_id != actor.user_id:
            about = {"what": AccountChange.What.UNLINKED, "at": timezone.now().isoformat(), "by_another": True}
            emit("account.touched", row.user, about)


def end_sessions_of(rows: Sequence[Any]) -> None:
    """Inside an action: end the sessions that were begun by some locked links: pages, streams and sockets."""
    people = {row.user_id: row.user for row in rows}
    known = UserSession.objects.filter(user__in=people, data__link__in=[str(row.pk) for row in rows])
    _end(known, people, why="link-ended")


def end_sessions_beside(rows: Sequence[Any], spared: Collection[int]) -> None:
    """Inside an action: end the sessions of linked people, but those spared, that were begun beside the directory."""
    people = {row.user_id: row.user for row in rows if row.user_id not in spared}
    _end(UserSession.objects.filter(user__in=people).exclude(data__has_key="link"), people, why="directory-only")


def _end(known: Any, people: Mapping[int, Any], *, why: str) -> None:
    begun = list(known.values_list("session_key", "user"))
    Session.objects.filter(session_key__in=[key for key, _user in begun]).delete()
    known.delete()
    for user in sorted({user for _key, user in begun}):
        also("session.end", people[user], why=why)


def used(link_id: str, session_key: str) -> bool:
    """Note that a session was begun by a link; False where the link has ended meanwhile.

    The session is marked before the link is asked: who ends the link either sees the mark, or is seen here. The act is
    in the audit as signing in.
    """
    UserSession.objects.filter(session_key=session_key).update(data={"link": link_id})
    with writing("sign-in"):
        return bool(DirectoryLink.objects.filter(pk=link_id, state=L.LIVE).update(used_at=timezone.now()))
