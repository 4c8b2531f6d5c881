"""A deadline on a hit in words: the same on every page, in the file, the mail and the browser's count."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access import urgency
from apps.access.actor import Actor
from apps.access.templatetags import portal
from apps.jrcc.queries.clocks import WATCH, Clock, clocks


def reader_of(actor: Actor) -> str:
    """Whose steps are the actor's own: the JRCC's for the watch, a State's for its border desk; "" for who only reads.

    The owner of an entry works on no step, whatever its party.
    """
    if actor.function in {"watch", "automation"}:
        return WATCH
    return actor.party_code if actor.function == "border" else ""


def next_step(actor: Actor, hit: Any) -> Clock | None:
    """The one deadline that counts for a reader on a hit (with `referrals`): every page reads it here. No query.

    A State's desk reads the first of its own steps; the watch, and who only reads, the first of all.
    """
    found = clocks(hit)
    own = reader_of(actor) if actor.function == "border" else ""
    return next((clock for clock in found if not own or clock.party == own), None)


def step_words(actor: Actor, clock: Clock) -> str:
    """The step, and whose it is where it is not the reader's: "Acknowledge", "Acknowledge (BRB)"."""
    if clock.party == reader_of(actor):
        return clock.words
    return _("%(step)s (%(party)s)") % {"step": clock.words, "party": clock.party}


def deadline_text(actor: Actor, clock: Clock | None, now: datetime.datetime | None = None) -> str:
    """ "Acknowledge: 16 min late, due 16:34 AST" in the reader's zone, with the day where it is not today."""
    if clock is None:
        return ""
    at = now or timezone.now()
    when = portal.when_in_words(clock.due_at, actor.time_zone, at)
    words = {"step": step_words(actor, clock), "left": urgency.due(clock.due_at, at), "when": when}
    return pgettext("words, jrcc", "%(step)s: %(left)s, due %(when)s") % words


def deadline_html(
    actor: Actor, clock: Clock | None, now: datetime.datetime | None = None, *, aloud: bool = False
) -> SafeString:
    """The same for a page, where the distance counts (`aloud`: also for a screen reader); red once it is over."""
    if clock is None:
        return SafeString("")
    at = now or timezone.now()
    left = urgency.time_left(clock.due_at, actor.time_zone, at, aloud=aloud)
    pattern = pgettext("words, jrcc", "%(step)s: %(left)s, due %(when)s")
    for name in ("step", "left", "when"):
        pattern = pattern.replace(f"%({name})s", f"{{{name}}}")
    when = portal.zoned(clock.due_at, actor.time_zone)
    said = format_html(pattern, step=step_words(actor, clock), left=left, when=when)
    return format_html('<span class="deadline">{}</span>', said)
