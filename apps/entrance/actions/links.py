"""Links of people to their party's directory: made by themselves, removed by them or their administrators."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, also
from apps.access.refused import Refused
from apps.entrance import policy, queries
from apps.entrance.models import Directory, DirectoryLink
from apps.people.models import User

L = DirectoryLink.State


@action(
    "directory_link.make",
    model=DirectoryLink,
    label=_("Link"),
    policy=policy.may_link,
    ends=L.LIVE,
    step_up=True,
)
def link(actor: Actor, _row: None, *, directory: Any, subject: str, shown_as: str = "") -> DirectoryLink:
    """Say that one is this subject of one's own party's directory; a link before ends.

    Refused where the directory is another party's or not in force, and where the subject is somebody else already.
    """
    person = User.objects.get(pk=actor.user_id)
    # whoever links at the same time waits here, so that one subject is one person
    held = Directory.objects.select_for_update().filter(pk=directory.pk, state="in_force").first()
    if held is None or held.party_id != person.home_party_id:
        raise Refused("may-not", "directory-not-yours")
    known = queries.link_of_subject(held, subject)
    if known is not None and known.user_id != person.pk:
        raise Refused("may-not", "directory-linked-elsewhere")
    for old in DirectoryLink.objects.select_for_update().filter(user=person, state=L.LIVE):
        DirectoryLink.objects.filter(pk=old.pk).update(state=L.ENDED, ended_at=timezone.now())
        also("directory_link.remove", old, before=L.LIVE, after=L.ENDED)
    row = DirectoryLink(
        directory=held, user=person, subject_mark=queries.subject_mark(held, subject), shown_as=shown_as[:120]
    )
    row.save(force_insert=True)
    return row


@action(
    "directory_link.remove",
    model=DirectoryLink,
    label=_("Remove the link"),
    policy=policy.may_unlink,
    starts={L.LIVE},
    ends=L.ENDED,
)
def unlink(actor: Actor, row: DirectoryLink) -> DirectoryLink:
    """Let the person sign in by the directory no more, from now on; his password stays."""
    row.ended_at = timezone.now()
    return row


@action(
    "directory_link.end",
    model=DirectoryLink,
    label=_("End the link"),
    policy=policy.may_meet,
    starts={L.LIVE},
    ends=L.ENDED,
    automatic=True,
)
def end_link(actor: Actor, row: DirectoryLink) -> DirectoryLink:
    """End the link of a person who has left."""
    row.ended_at = timezone.now()
    return row


def used(row: Any) -> None:
    """Note that somebody signed in by a link; the act is in the audit as his signing in."""
    DirectoryLink.objects.filter(pk=row.pk).update(used_at=timezone.now())
