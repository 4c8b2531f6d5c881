"""What follows from the acts on a hit that others act upon: said before they are done."""

from django.utils.translation import gettext as _

from apps.access.actor import Actor
from apps.access.binding_acts import Consequence
from apps.jrcc.models import Hit


def of_referral(_actor: Actor, _hit: Hit) -> Consequence:
    """The State that a hit is referred to sees the traveller and has to act."""
    return Consequence(
        _("The border desks of the States that you choose see the traveller and the match at once."),
        _("Each must acknowledge it and report the outcome. You cannot withdraw a referral."),
    )


def of_outcome(_actor: Actor, _hit: Hit) -> Consequence:
    """The first outcome closes a hit for everybody."""
    return Consequence(
        _("This closes the hit for every State that has it."),
        _("The JRCC and the owner of the watchlist entry see the outcome. Only the JRCC can open the hit again."),
    )
