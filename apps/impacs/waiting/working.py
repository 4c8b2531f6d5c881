"""What of States' work waits for a seat, for My desk: of a State, of the desk it gave the work to, and of IMPACS."""

import datetime
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from apps.access.actor import DECIDES, WORKS, Actor
from apps.impacs.models import AssistanceRequest, Evidence, ExtensionRequest, StateAction
from apps.people.waiting import Ask, Facts, WorkRow, cut, day, register_as, register_asked

S = StateAction.State
OF_ACTION = {
    "action": "action_id",
    "party": "party_id",
    "clause": "action__clause__number",
    "decision": "action__decision__number",
    "working": "action__decision__working_no",
}
OF_ROW = {
    "pk": "pk",
    "party": "party_id",
    "clause": "clause__number",
    "text": "clause__text",
    "decision": "decision__number",
    "working": "decision__working_no",
    "seat": "focal_seat_id",
    "state": "state",
    "due": "due_on",
}


def _end(value: str | None, zone: str) -> datetime.datetime | None:
    on = day(value)
    return datetime.datetime.combine(on, datetime.time(23, 59), ZoneInfo(zone)) if on else None


def _named(facts: Facts, words: Any) -> str:
    return str(words) % {
        "party": facts["party"],
        "decision": facts["decision"] or facts["working"],
        "clause": facts["clause"],
    }


@register_as("evidence", gettext_lazy("Evidence"))
def evidence_to_mend(actor: Actor) -> Iterator[Ask]:
    """Submissions that came back, for the State; and, for a desk that was given work, that work."""
    if actor.rank < WORKS or actor.party_code == "IMPACS":
        return
    own = StateAction.objects.visible_to(actor).filter(party=actor.party_code)
    if actor.function == "ministry":
        yield Ask(own.filter(state=S.RETURNED), ["due_on", "pk"], OF_ROW, lambda facts: [_to_mend(facts, actor)])
    else:
        given = own.filter(desk=actor.desk_id, state__in=StateAction.WORKED)
        yield Ask(given, ["due_on", "pk"], OF_ROW, lambda facts: [_given(facts, actor)])


def _to_mend(facts: Facts, actor: Actor) -> WorkRow:
    return WorkRow(
        title=_named(facts, _("Evidence came back: %(decision)s, clause %(clause)s")),
        url=reverse("impacs:action", args=[facts["pk"]]),
        due=_end(facts["due"], actor.time_zone),
        detail=cut(facts["text"], 90),
        kind="undo",
        act=_("Mend"),
        seat=facts["seat"],
        place=reverse("impacs:obligations"),
    )


def _given(facts: Facts, actor: Actor) -> WorkRow:
    return WorkRow(
        title=_named(facts, _("%(decision)s, clause %(clause)s: work of your desk")),
        url=reverse("impacs:action", args=[facts["pk"]]),
        due=_end(facts["due"], actor.time_zone),
        detail=cut(facts["text"], 90),
        kind="landmark",
        act=pgettext("verb", "Report"),
        seat=facts["seat"],
    )


@register_as("assistance", gettext_lazy("Assistance"))
def answers_to_read(actor: Actor) -> Iterator[Ask]:
    """What IMPACS answered to a request for help, until it is closed."""
    if actor.function != "ministry" or actor.rank < WORKS:
        return
    rows = AssistanceRequest.objects.visible_to(actor).filter(party=actor.party_code, state="answered")
    facts = {"pk": "pk", "text": "answer", **OF_ACTION}
    yield Ask(rows, ["answered_on", "pk"], facts, lambda facts: [_answered(facts)])


def _answered(facts: Facts) -> WorkRow:
    return WorkRow(
        title=_named(facts, _("IMPACS has answered: %(decision)s, clause %(clause)s")),
        url=reverse("impacs:assistance", args=[facts["pk"]]),
        due=None,
        detail=cut(facts["text"], 90),
        kind="message",
        act=pgettext("verb", "Read"),
        place=reverse("impacs:obligations"),
    )


@register_as("verification", gettext_lazy("Evidence and requests"))
def verification(actor: Actor) -> Iterator[Ask]:
    """Submissions, requests for time, claims and requests for help that wait for IMPACS."""
    if actor.function != "secretariat" or actor.rank < WORKS:
        return
    zone = actor.time_zone
    sent = StateAction.objects.visible_to(actor).filter(state=S.SUBMITTED)
    yield Ask(sent, ["due_on", "pk"], OF_ROW, lambda facts: [_to_verify(facts, zone)])
    help_ = AssistanceRequest.objects.visible_to(actor).filter(state__in=["asked", "accepted"])
    asked = {"pk": "pk", "text": "text", "due": "wanted_by", **OF_ACTION}
    yield Ask(help_, ["wanted_by", "pk"], asked, lambda facts: [_to_help(facts, zone)])
    if actor.rank >= DECIDES:
        time = ExtensionRequest.objects.visible_to(actor).filter(state="requested", power="director")
        wanted = {"pk": "pk", "due": "answer_by", "text": "cause", **OF_ACTION}
        yield Ask(time, ["answer_by", "pk"], wanted, lambda facts: [_to_decide(facts, zone)])
        claims = StateAction.objects.visible_to(actor).exclude(claimed_on=None)
        yield Ask(claims, ["claimed_on", "pk"], OF_ROW, lambda facts: [_to_find(facts)])


def _agency_row(facts: Facts, title: str, url: str, due: datetime.datetime | None, kind: str, act: str) -> WorkRow:
    return WorkRow(
        title=title,
        url=url,
        due=due,
        detail=cut(facts["text"], 90),
        kind=kind,
        act=act,
        place=reverse("impacs:verification"),
    )


def _to_verify(facts: Facts, zone: str) -> WorkRow:
    title = _named(facts, _("Verify: %(party)s, %(decision)s, clause %(clause)s"))
    url = reverse("impacs:action", args=[facts["pk"]])
    return _agency_row(facts, title, url, _end(facts["due"], zone), "circle-check", _("Verify"))


def _to_help(facts: Facts, zone: str) -> WorkRow:
    title = _named(facts, _("%(party)s asks for help: %(decision)s, clause %(clause)s"))
    url = reverse("impacs:assistance", args=[facts["pk"]])
    return _agency_row(facts, title, url, _end(facts["due"], zone), "message", pgettext("verb", "Answer"))


def _to_decide(facts: Facts, zone: str) -> WorkRow:
    title = _named(facts, _("%(party)s asks for time: %(decision)s, clause %(clause)s"))
    url = reverse("impacs:extension", args=[facts["pk"]])
    return _agency_row(facts, title, url, _end(facts["due"], zone), "clock", _("Decide"))


def _to_find(facts: Facts) -> WorkRow:
    title = _named(facts, _("Does it apply to %(party)s? %(decision)s, clause %(clause)s"))
    url = reverse("impacs:action", args=[facts["pk"]])
    return _agency_row(facts, title, url, None, "scale", _("Decide"))


@register_asked
def asked_of_the_agency(actor: Actor) -> Iterator[Ask]:
    """What a State has asked of IMPACS and the Council: proofs to verify, time, help."""
    if actor.function != "ministry" or actor.party_code in {"IMPACS", "CCS"}:
        return
    zone = actor.time_zone
    proofs = Evidence.objects.visible_to(actor).filter(party=actor.party_code, state="submitted")
    facts = {"pk": "pk", "text": "title", "since": F("submitted_on"), **OF_ACTION}
    yield Ask(proofs, ["submitted_on", "pk"], facts, lambda facts: [_asked(facts, zone, "evidence")])
    time = ExtensionRequest.objects.visible_to(actor).filter(party=actor.party_code, state="requested")
    facts = {"pk": "pk", "text": "cause", "since": F("requested_on"), **OF_ACTION}
    yield Ask(time, ["requested_on", "pk"], facts, lambda facts: [_asked(facts, zone, "extension")])
    help_ = AssistanceRequest.objects.visible_to(actor).filter(party=actor.party_code, state__in=["asked", "accepted"])
    facts = {"pk": "pk", "text": "text", "since": F("asked_on"), **OF_ACTION}
    yield Ask(help_, ["asked_on", "pk"], facts, lambda facts: [_asked(facts, zone, "assistance")])


def _asked(facts: Facts, zone: str, page: str) -> WorkRow:
    words = {
        "evidence": _("IMPACS verifies: %(decision)s, clause %(clause)s"),
        "extension": _("Time asked for: %(decision)s, clause %(clause)s"),
        "assistance": _("Help asked for: %(decision)s, clause %(clause)s"),
    }
    on = day(facts["since"])
    since = datetime.datetime.combine(on, datetime.time(12), ZoneInfo(zone)) if on else None
    return WorkRow(
        title=_named(facts, words[page]),
        url=reverse(f"impacs:{page}", args=[facts["pk"]]),
        due=since,
        detail=cut(facts["text"], 90),
        kind="send",
    )
