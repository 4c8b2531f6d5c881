"""Handing over what opens an account: another person does it than who gave the rest."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access import encryption
from apps.access.actor import Actor
from apps.access.declared_actions import action, also, emit
from apps.people import policy
from apps.people.models import Desk, Handover, User

H = Handover.State


@action(
    "handover.show",
    model=Handover,
    label=_("Show it once"),
    done=_("Was shown a code or half of a password"),
    policy=policy.may_hand_over,
    starts={H.WAITS},
    ends=H.SHOWN,
    step_up=True,
)
def show_handed_over_secret(actor: Actor, row: Handover) -> Handover:
    """Have a code, or the second half of a password, shown to hand it over oneself: `.secret` on the row, this once."""
    row.secret = encryption.opened(row.sealed)
    row.sealed, row.shown_at = "", timezone.now()
    return row


def leave_to_another(
    actor: Actor,
    user: User,
    secret: str,
    what: str,
    *,
    desk: Desk | None = None,
    hands: tuple[int | None, int | None] | None = None,
) -> None:
    """As a part of an act: keep the rest of a way in for somebody else to hand over, in place of what waited before.

    `hands` are the people who are not shown it: who invited, and who gave the address; the actor themselves without
    them.
    """
    end_handovers(user)
    first, second = hands or (actor.user_id, None)
    row = Handover.objects.create(
        user=user,
        party_id=str(user.home_party_id),  # people have one; programs are given nothing
        desk=desk,
        what=what,
        sealed=encryption.sealed(secret),
        first_id=first or actor.user_id,
        second_id=second,
    )
    emit("handover.made", row)


def end_handovers(user: User) -> None:
    """What waits to be handed over to a person is not needed any more."""
    for row in Handover.objects.select_for_update().filter(user=user, state=H.WAITS):
        Handover.objects.filter(pk=row.pk).update(state=H.OVER, sealed="")
        also("handover.end", row, before=H.WAITS, after=H.OVER)
