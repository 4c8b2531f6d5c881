"""What follows from the acts that bind a State in the Council: said before they are done."""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.access.binding_acts import Consequence
from apps.access.templatetags.names import as_party
from apps.access.templatetags.portal import in_words
from apps.council.models import Decision, Vote, WrittenProcedure


def of_vote(actor: Actor, decision: Decision) -> Consequence:
    """A vote counts when it is closed; until then the State may change it."""
    running = (
        Vote.objects.visible_to(actor).filter(decision=decision, state=Vote.State.OPEN).order_by("-number").first()
    )
    return Consequence(
        _("This records the vote of %(party)s, under your name.") % {"party": as_party(actor.party_name)},
        _("It binds %(party)s once the decision is adopted.") % {"party": as_party(actor.party_name)},
        _until(actor, running.closes_at if running else None) or _("until the vote is closed"),
        pgettext("button, council", "Record the vote of %(party)s") % {"party": as_party(actor.party_name)},
    )


def of_support(actor: Actor, row: WrittenProcedure) -> Consequence:
    """Support in writing binds as a vote does; the State's last reply counts."""
    return Consequence(
        _("This records that %(party)s supports the text, under your name.") % {"party": as_party(actor.party_name)},
        _("It binds %(party)s once the text is adopted.") % {"party": as_party(actor.party_name)},
        _last_reply(actor, row),
        pgettext("button, council", "Record the support of %(party)s") % {"party": as_party(actor.party_name)},
    )


def of_objection(actor: Actor, row: WrittenProcedure) -> Consequence:
    """One objection keeps a text from being adopted in writing."""
    return Consequence(
        _("This takes the text to a meeting: it is not adopted in writing."),
        _("Every State is notified that %(party)s objects.") % {"party": as_party(actor.party_name)},
        _last_reply(actor, row),
        pgettext("button, council", "Record the objection of %(party)s") % {"party": as_party(actor.party_name)},
    )


def of_withdrawn_objection(actor: Actor, row: WrittenProcedure) -> Consequence:
    """Without objections the text is adopted at the deadline."""
    return Consequence(
        _("This withdraws the objection of %(party)s.") % {"party": as_party(actor.party_name)},
        _("If no other State objects, the text is adopted at the deadline."),
        _last_reply(actor, row),
    )


def of_more_time(actor: Actor, _row: WrittenProcedure) -> Consequence:
    """A State asks once, and all have the longer period."""
    return Consequence(
        _("This asks for more time for all States, in the name of %(party)s.") % {"party": as_party(actor.party_name)},
        _("A State can ask once. The rules of the body set the longest period."),
    )


def of_statement(actor: Actor, decision: Decision) -> Consequence:
    """An objection or a reservation to an adopted decision is on its record for everybody who reads it."""
    return Consequence(
        _("This puts the words of %(party)s on the record of the decision, under your name.")
        % {"party": as_party(actor.party_name)},
        _("All States can read them. The obligations of the decision go on."),
        _("by withdrawing the statement; that it was made stays on the record"),
    )


def _until(actor: Actor, moment: datetime.datetime | None) -> str:
    return (
        pgettext("before a moment, council", "until %(moment)s") % {"moment": in_words(moment, actor.time_zone)}
        if moment
        else ""
    )


def _last_reply(actor: Actor, row: WrittenProcedure) -> str:
    until = _until(actor, row.deadline) or _("until the deadline")
    return _("%(until)s; the last reply counts") % {"until": until}
