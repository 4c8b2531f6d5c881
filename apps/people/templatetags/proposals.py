"""What is asked of a second person, and what became of it, in words."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.models import Level
from apps.access.templatetags.portal import chip
from apps.people.models import AccountProposal

register = template.Library()
STATES = {
    "open": ("warn", "clock"),
    "awaited": ("warn", "clock"),
    "approved": ("info", "check"),
    "done": ("ok", "check"),
    "refused": ("bad", "x"),
    "withdrawn": ("mute", "minus"),
    "lapsed": ("mute", "minus"),
    "void": ("mute", "minus"),
}


@register.filter
def asked_for(it: AccountProposal) -> str:
    """What is asked for, in one line. No query of a proposal read with its desk, function and subject."""
    seat = (
        {"function": it.desk.function.name, "role": it.payload.get("role", ""), "desk": it.desk.code} if it.desk else {}
    )
    if it.verb == "seat.second":
        words = _("A person from %(home)s to be appointed to %(function)s as %(role)s (%(desk)s)")
        return words % {**seat, "home": it.subject.home_party_id}
    if it.verb in {"seat.appoint", "seat.delegate"}:
        return _("An appointment to %(function)s as %(role)s (%(desk)s)") % seat
    if it.verb == "account.clear":
        return f"{pgettext('words, people', 'Clearance')}: {Level(it.payload['clearance']).label}"
    if it.verb == "account.reactivate":
        return _("Reactivate the account after a suspension for cause")
    return _("New one-time password; second factor removed")


@register.simple_tag
def proposal_chip(it: AccountProposal) -> SafeString:
    """What became of a proposal."""
    return chip(*STATES[it.state], it.get_state_display())
