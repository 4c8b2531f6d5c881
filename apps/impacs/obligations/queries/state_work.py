"""What of States' work waits for a seat, for My work: of a State, of the desk it gave the work to, and of IMPACS."""

import datetime
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.urgency import end_of
from apps.impacs import titles
from apps.impacs.models import AssistanceRequest, Evidence, ExtensionRequest, StateAction
from apps.impacs.obligations.queries.work import of_decision
from apps.people.queries.work import Ask, Facts, Together, WorkRow, cut, day, same_for_a_seat

S = StateAction.State
OF_ACTION = {
    "action": "action_id",
    "party": "party__short_name",
    "clause": "action__clause__number",
    "called": "action__decision__title",
    "decision": "action__decision__number",
    "working": "action__decision__working_no",
    "clause_pk": "action__clause_id",
}
OF_ROW = {
    "pk": "pk",
    "party": "party__short_name",
    "clause": "clause__number",
    "text": "clause__text",
    "decision": "decision__number",
    "working": "decision__working_no",
    "of": "decision_id",
    "called": "decision__title",
    "clause_pk": "clause_id",
    "seat": "focal_seat_id",
    "state": "state",
    "due": "due_on",
}


def _code(facts: Facts) -> str:
    return titles.clause_code(facts["decision"] or facts["working"], facts["clause"])


@same_for_a_seat
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
        title=pgettext("heading, impacs", "Evidence returned: %(about)s")
        % {"about": titles.state_action(facts["text"])},
        url=reverse("impacs:action", args=[facts["pk"]]),
        due=end_of(day(facts["due"]), actor.time_zone),
        detail="",
        code=_code(facts),
        kind="undo",
        act=pgettext("button, impacs", "Correct"),
        seat=facts["seat"],
        place=reverse("impacs:obligations"),
        step="mend",
        together=of_decision(facts["of"], facts["called"]),
    )


def _given(facts: Facts, actor: Actor) -> WorkRow:
    return WorkRow(
        title=titles.state_action(facts["text"]),
        url=reverse("impacs:action", args=[facts["pk"]]),
        due=end_of(day(facts["due"]), actor.time_zone),
        detail=_("Your desk is responsible"),
        code=_code(facts),
        kind="landmark",
        act=pgettext("verb", "Report"),
        seat=facts["seat"],
        together=of_decision(facts["of"], facts["called"]),
    )


@same_for_a_seat
def answers_to_read(actor: Actor) -> Iterator[Ask]:
    """What IMPACS answered to a request for help, until it is closed."""
    if actor.function != "ministry" or actor.rank < WORKS:
        return
    rows = AssistanceRequest.objects.visible_to(actor).filter(party=actor.party_code, state="answered")
    facts = {"pk": "pk", "text": "answer", **OF_ACTION}
    yield Ask(rows, ["answered_on", "pk"], facts, lambda facts: [_answered(facts)])


def _answered(facts: Facts) -> WorkRow:
    return WorkRow(
        title=_("IMPACS has answered: %(about)s") % {"about": cut(facts["called"], titles.LONGEST)},
        url=reverse("impacs:assistance", args=[facts["pk"]]),
        due=None,
        detail=cut(facts["text"], 90),
        kind="message",
        code=_code(facts),
        act=pgettext("button, impacs", "Read"),
        place=reverse("impacs:obligations"),
    )


@same_for_a_seat
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
        code=_code(facts),
        act=act,
        place=reverse("impacs:verification"),
        together=_of_clause(facts),
    )


def _of_clause(facts: Facts) -> Together:
    """What States wait for under one clause: the worklist of that clause alone, called as its decision is."""
    title = cut(facts["called"], titles.LONGEST)
    page = f"{reverse('impacs:verification')}?clause={facts['clause_pk']}"
    return Together(title, page, pgettext("button, impacs", "Verify all"))


def _to_verify(facts: Facts, zone: str) -> WorkRow:
    title = titles.evidence(facts["party"], facts["called"])
    url = reverse("impacs:action", args=[facts["pk"]])
    return _agency_row(
        facts, title, url, end_of(day(facts["due"]), zone), "circle-check", pgettext("button, impacs", "Verify")
    )


def _to_help(facts: Facts, zone: str) -> WorkRow:
    title = titles.assistance_request(facts["party"], facts["called"])
    url = reverse("impacs:assistance", args=[facts["pk"]])
    return _agency_row(
        facts, title, url, end_of(day(facts["due"]), zone), "message", pgettext("button, impacs", "Answer")
    )


def _to_decide(facts: Facts, zone: str) -> WorkRow:
    title = titles.extension_request(facts["party"], facts["called"])
    url = reverse("impacs:extension", args=[facts["pk"]])
    return _agency_row(
        facts, title, url, end_of(day(facts["due"]), zone), "clock", pgettext("button, impacs", "Decide")
    )


def _to_find(facts: Facts) -> WorkRow:
    title = titles.exemption_claim(facts["party"], facts["called"])
    url = reverse("impacs:action", args=[facts["pk"]])
    return _agency_row(facts, title, url, None, "scale", pgettext("button, impacs", "Decide"))


@same_for_a_seat
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
        "evidence": _("With IMPACS for verification: %(about)s"),
        "extension": pgettext("heading, impacs", "Extension requested: %(about)s"),
        "assistance": pgettext("heading, impacs", "Assistance requested: %(about)s"),
    }
    on = day(facts["since"])
    since = datetime.datetime.combine(on, datetime.time(12), ZoneInfo(zone)) if on else None
    return WorkRow(
        title=words[page] % {"about": cut(facts["called"], titles.LONGEST)},
        url=reverse(f"impacs:{page}", args=[facts["pk"]]),
        due=since,
        detail=cut(facts["text"], 90),
        kind="send",
        code=_code(facts),
    )
