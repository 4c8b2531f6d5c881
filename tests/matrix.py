"""The addresses of the portal, the seats that ask, and the records they ask for."""

import datetime
import uuid
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from apps.files.actions import add_upload
from apps.files.intake import store_upload
from apps.impacs.models import Escalation, OfficeHolder, StateAction
from apps.impacs.tasks.escalation import tick
from apps.jrcc import actions as jrcc
from apps.jrcc.models import Hit, Journey, Traveller
from apps.people.models import Desk, DeskToken, Party, Seat, User
from apps.people.queries import desk_ids
from apps.region.models import Indicator, Instrument, InstrumentParty, Participation, Track
from apps.screening.actions import rules, thresholds
from apps.screening.models import TravellerClearance
from apps.search import actions as searches
from tests import world as making
from tests.assessments.world import SECTION, some_assessments
from tests.council.world import a_council
from tests.documents import making as documents
from tests.entities.world import some_things
from tests.entrance.directories import proposed
from tests.exchange.world import some_requests
from tests.files import room
from tests.gateway.world import a_query
from tests.impacs.planning.world import a_planning
from tests.impacs.tasks.world import a_plan
from tests.jrcc.matrix_world import some_carriers, some_searches
from tests.notices.telling import some_alarms
from tests.oversight.world import some_oversight
from tests.people.governing import some_governing
from tests.protection.world import some_protection
from tests.reports.world import a_report_world
from tests.rifc.world import some_reports
from tests.screening.people import a_file_for
from tests.taxii.world import an_intake
from tests.watch.world import some_watch

SEATS = {
    "watch": "jrcc.watch.officer",
    "acting": "brb.border.officer",
    "other": "guy.border.officer",
    "owner": "jam.intelligence.officer",
    "foreign": "tto.intelligence.head",
    "admin": "jam.administration.administrator",
    "ministry": "jam.ministry.decider",
    "oversight": "jrcc.oversight.officer",
    "carrier": "7t.carrier.agent",
    "rival": "8z.carrier.agent",
    "secretariat": "impacs.secretariat.manager",
    "associate": "cym.ministry.decider",
    "reader": "jam.ministry.reader",
    "platform": "portal.platform.head",
    "regional": "impacs.oversight.officer",
    "nobody": "",
}
# the sign-in package's own pages are tested there; here it counts that they are the only ones open to nobody
SIGN_IN = "account_", "mfa_", "usersessions_"


def addresses() -> Iterator[tuple[str, str]]:
    """(url name, method) of every address but those of the sign-in package."""
    for name, pattern in patterns(get_resolver()):
        if not name.startswith(SIGN_IN):
            for method in methods(name, pattern):
                yield name, method


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.name:
            yield prefix + pattern.name, pattern


def methods(name: str, pattern: URLPattern) -> list[str]:
    """What an address does: the API says so itself, pages by trying."""
    routed = getattr(pattern.callback, "actions", None)
    if routed is not None:
        return sorted(method.upper() for method in routed if method != "head")
    return ["GET", "POST"]


def a_world(cast: Any) -> dict[str, Any]:
    """One record of each kind, by the words used in the addresses."""
    made = making.a_world(cast)
    hit = Hit.objects.get(pk=made.hit.pk)
    key = DeskToken.objects.filter(seat__desk__code="JAM.border").first() or _a_key(cast)
    return {
        "hit": hit,
        "entry": made.entry,
        "list": made.watchlist,
        "submission": made.submission,
        "journey": Journey.objects.get(pk=hit.journey_id),
        "traveller": Traveller.objects.get(pk=hit.traveller_id),
        "token": key,
        "attachment": room.attached(cast[SEATS["owner"]], made.watchlist),
        "upload": add_upload(cast[SEATS["owner"]], None, stored=store_upload(room.sent("Brief.pdf", room.PDF))),
        "document": documents.issue(
            cast["jam.intelligence.head"], None, record=made.watchlist, groups=desk_ids("BRB.border")
        ),
        "person": User.objects.get(username="jam.border.officer"),
        "seat": Seat.objects.get(user__username="jam.border.officer", state="current"),
        "party": Party.objects.get(code="JAM"),
        "desk": Desk.objects.get(code="JAM.border"),
        **(council := a_council(cast)),
        **(plan := a_plan(cast, council["mandate"])),
        **a_planning(cast, plan["internal"]),
        **a_report_world(cast),
        **some_reports(cast),
        **some_requests(cast),
        **some_watch(cast),
        **(some_things(cast) | some_assessments(cast)),
        "list_import": a_file_for(cast[SEATS["owner"]], made.watchlist),
        "traveller_clearance": _a_clearance(cast),
        "rule": _a_rule(cast),
        **some_carriers(cast, SEATS, hit.journey_id),
        **some_searches(cast, SEATS, hit),
        "thresholds": thresholds.propose(cast[SEATS["foreign"]], None, alerts_per_1000=2, why="The season begins"),
        "intake": an_intake(cast[SEATS["owner"]]),
        "saved_search": searches.keep(cast[SEATS["owner"]], None, name="Guns", q="pistol"),
        **some_alarms(cast, SEATS),
        **_the_register(),
        **a_query(Traveller.objects.get(pk=hit.traveller_id)),
        **a_ladder(cast, council["action"]),
        **some_oversight(cast),
        **some_protection(cast, Traveller.objects.get(pk=hit.traveller_id)),
        **some_governing(cast),
        "directory": proposed(cast, "https://login.gov.invalid/realm"),
    }


def _a_clearance(cast: Any) -> TravellerClearance:
    """The wanted man's namesake on a later flight, cleared for Barbados by the watch."""
    making.a_submission(cast, making.a_message(2))
    watch = cast[SEATS["watch"]]
    hit = jrcc.dismiss(watch, Hit.objects.visible_to(watch).get(state="raised"), reason="different_photo")
    jrcc.clear(watch, hit, party="BRB", reason="Another face")
    return TravellerClearance.objects.get()


def _a_rule(cast: Any) -> Any:
    """Jamaica's rule on who boards with an expired document, in writing."""
    return rules.draft(
        cast[SEATS["owner"]], None, name="Expired documents", condition={"fact": "document.expires_in", "at_most": 0},
        why="They come with a second document", legal_basis="Immigration Act s. 4", instruction="question",
        valid_until=timezone.now().date() + datetime.timedelta(days=30),
    )  # fmt: skip


def _the_register() -> dict[str, Any]:
    """Jamaica's lines of the register, which is there from the start."""
    return {
        "participation": Participation.objects.get(system="APIS", party="JAM"),
        "measure": Track.objects.get(topic="CYBER_CRIME", party="JAM"),
        "instrument": Instrument.objects.get(code="TSA-2006"),
        "instrument_party": InstrumentParty.objects.get(instrument__code="TSA-2006", entity="JAM"),
        "indicator": Indicator.objects.get(code="APIS_STATES"),
    }


def a_ladder(cast: Any, row: StateAction) -> dict[str, Any]:
    """An action that is due today, raised to who decides at its ministry; and an office that he holds."""
    StateAction.objects.filter(pk=row.pk).update(due_on=timezone.now().date())
    tick(timezone.now().replace(hour=20))
    seat = cast[SEATS["ministry"]].seat_id
    holder = OfficeHolder.objects.create(
        party_id="JAM", office="minister_office", seat_id=seat, valid_from=timezone.now().date(), by_seat_id=seat
    )
    return {"escalation": Escalation.objects.get(subject_id=row.pk), "holder": holder}


def _a_key(cast: Any) -> DeskToken:
    from apps.people.actions import create_token

    return create_token(cast[SEATS["admin"]], None, desk="JAM.border", scope="read", days=1)


def address(name: str, pattern: URLPattern, world: dict[str, Any]) -> str:
    """The address of a record of the world; the parts of an address that name no record get a plain value."""
    arguments = {part: _argument(name, part, world) for part in pattern.pattern.converters or _groups(pattern)}
    return reverse(name, kwargs=arguments)


def _groups(pattern: URLPattern) -> dict[str, Any]:
    return getattr(pattern.pattern.regex, "groupindex", {})


OF_COLLECTION = {
    "submissions": "submission", "journeys": "journey", "travellers": "traveller", "hits": "hit", "lists": "list",
    "entries": "entry", "parties": "party", "desks": "desk", "seats": "seat", "accounts": "person",
    "document": "document", "issued": "document",
    "attachment": "attachment", "attachments": "attachment", "uploads": "upload",
}  # fmt: skip
PUBLIC_ID = {
    *("party", "desk", "seat", "person", "token", "carrier"),
    *("class_level", "keeping_rule", "purpose"),
    *("invitation", "proposal", "review", "review_item", "emergency_use", "waiver", "acting_seat"),
    *("secondment", "sent_seat"),
}


VERB_OF = {
    "assessments:do": "set_dates", "assessments:part_do": "remove",
    "impacs:act_tasks": "start", "impacs:act_mandates": "assign", "impacs:act_budget": "commit",
    "impacs:act_templates": "withdraw",
    "rifc:do": "recall", "rifc:request_do": "decide", "exchange:do": "refuse", "taxii:do": "discard",
    "watch:do": "start_handover", "watch:bulletin_do": "cancel", "watch:digest_do": "discard",
    "entities:do": "record", "entities:twin_do": "agree",
    "jrcc:hit_do": "claim", "jrcc:expected_do": "note_call", "jrcc:schedule_do": "end",
    "jrcc:regime_do": "confirm", "jrcc:case_do": "notify", "jrcc:retention_rule_do": "confirm",
    "jrcc:penalties_rule_do": "confirm", "jrcc:hold_do": "prolong", "jrcc:carrier_do": "confirm",
    "jrcc:bookings_rule_do": "confirm",
    "jrcc:person_do": "undo", "jrcc:lookup_do": "review", "jrcc:hitquestion_do": "answer",
    "notices:webhook_do": "renew",
    "impacs:do": "report", "impacs:record_do": "correct",
    "reports:act": "agree", "region:act": "express_interest", "council:act": "cast_vote",
    "council:procedure_reply": "acknowledge_receipt",
    "impacs:escalation_do": "acknowledge", "screening:import_do": "drop", "gateway:do": "switch_on",
    "oversight:case_do": "assess", "protection:purpose_do": "confirm", "protection:request_do": "gather",
    "people:approval_do": "approve", "people:review_do": "keep", "people:emergency_do": "judge",
    "entrance:directory_do": "withdraw",
    "screening:clearance_do": "revoke", "screening:rule_do": "end", "screening:threshold_do": "decline",
}  # fmt: skip
PLAIN_AT = {
    ("assessments:copy", "fmt"): "pdf", ("assessment_file", "fmt"): "pdf", ("assessments:part_do", "part"): SECTION,
    ("assessments:threat", "code"): "firearms",
    ("jrcc:carrier", "code"): "7T", ("jrcc:carrier_lists", "code"): "7T", ("jrcc:contact_new", "code"): "7T",
    ("jrcc:carrier_do", "code"): "QQ",
    ("region:system", "code"): "APIS", ("region:number", "code"): "APIS", ("region:state", "code"): "JAM",
    ("region:instrument", "code"): "TSA-2006", ("region:topic", "code"): "CYBER_CRIME",
    ("region:indicator", "code"): "APIS_STATES", ("region:act", "collection"): "participations",
    ("reports:act", "collection"): "clearances", ("impacs:record_do", "collection"): "evidence",
    ("audit:person", "name"): "jrcc.watch.officer",
    ("rifc:copy", "fmt"): "pdf", ("reports:file", "fmt"): "md", ("reports:sentence", "key"): "A2",
    ("impacs:escalation_of", "kind"): "impacs.stateaction", ("rifc:statistics_csv", "what"): "matrix",
    ("jrcc:list_template", "kind"): "air", ("jrcc:list_template", "fmt"): "csv",
}  # fmt: skip
NUMBERED = {"impacs:office_end", "jrcc:work_retry"}
PLAIN = {"kind": "jrcc.hit", "fmt": "json", "collection": "decisions"}


def _argument(name: str, part: str, world: dict[str, Any]) -> Any:
    if part == "verb":
        return VERB_OF[name]
    if part == "section" or (name, part) in PLAIN_AT:
        return PLAIN_AT.get((name, part), SECTION)
    if part in PLAIN:
        return PLAIN[part]
    if part == "number":
        return world["sealed"].number
    kind = _council_kind(name) or _kind(name, part)
    if kind not in world:
        return 0 if name in NUMBERED else uuid.UUID(int=0)
    return world[kind].uid if kind in PUBLIC_ID else world[kind].pk


# which of several records of a kind: the one whose answers say most
OF_COUNCIL = {
    "council:act": "voting", "council:decision": "voting", "council:decision_revise": "draft",
    "council:decision_record": "sealed", "impacs:progress": "sealed", "impacs:action": "action", "impacs:do": "action",
    "impacs:evidence": "proof", "impacs:extension": "extension", "impacs:assistance": "help",
    "impacs:record_do": "proof",
    "impacs:task": "task", "impacs:task_edit": "task", "impacs:act_tasks": "task", "impacs:mandate": "mandate",
    "impacs:act_mandates": "mandate", "impacs:line": "line", "impacs:act_budget": "line", "impacs:template": "template",
    "impacs:act_templates": "template", "impacs:thread": "clause",
    "impacs:move": "task", "impacs:batch": "batch", "impacs:sheet_preview": "sheet",
    "impacs:absence_withdraw": "absence", "impacs:saved_rename": "kept", "impacs:saved_drop": "kept",
    "council:room": "meeting", "council:room_floor": "meeting", "council:room_hall": "meeting",
    "council:room_close": "meeting", "council:brief": "meeting", "council:item": "closed_item",
    "council:position_new": "item", "council:objection_new": "procedure", "council:objection_dismiss": "objection",
    "impacs:escalation": "escalation", "impacs:escalation_do": "escalation", "impacs:escalation_of": "action",
    "impacs:office_end": "holder",
    "council:contribution_pay": "contribution", "council:waiver_end": "leave",
    "audit:object": "hit", "notices:notice": "notice", "notices:open": "notice", "notices:read": "notice",
    "notices:acknowledge": "notice", "notices:holiday_remove": "holiday", "notices:webhook": "webhook",
    "notices:webhook_do": "webhook", "notices:alarmtest": "alarm", "notices:alarm_answer": "alarm",
    "reports:report": "report_issued", "reports:file": "report_issued", "reports:sentence": "report",
    "reports:compare": "report", "reports:accept": "report", "reports:act": "clearance", "reports:fact": "fact",
    "reports:clearance": "clearance", "reports:meeting": "meeting",
}  # fmt: skip
OF_BEGINNING = {
    "council:decision": "closed_decision", "council:meeting": "meeting", "council:position": "position",
    "council:paper": "paper", "council:procedure": "procedure", "api:council-decisions": "closed_decision",
    "api:council-meetings": "meeting", "api:council-items": "closed_item", "api:council-positions": "position",
    "api:council-papers": "paper", "api:council-procedures": "procedure", "api:impacs-state-actions": "action",
    "api:rifc-requests": "information_request", "exchange:part": "request_part", "exchange:route": "request_part",
    "exchange:overlap": "overlap", "exchange:settle": "overlap", "exchange:": "information_request",
    "watch:bulletin": "bulletin", "watch:digest": "digest", "watch:": "duty", "api:rifc-bulletins": "bulletin",
    "api:rifc-digests": "digest", "api:watch-logs": "duty",
    "entities:in_report": "shared_report", "entities:from_text": "shared_report", "entities:twin": "twin",
    "entities:withdraw_fact": "entity_fact", "entities:withdraw_link": "entity_link",
    "entities:withdraw_sighting": "entity_sighting", "entities:silent": "silent_hit", "entities:": "entity",
    "api:rifc-entities": "entity", "api:rifc-entity-facts": "entity_fact", "api:rifc-entity-links": "entity_link",
    "api:rifc-entity-sightings": "entity_sighting", "api:rifc-twins": "twin", "api:rifc-silent-hits": "silent_hit",
    "assessments:": "assessment", "assessment_file": "assessment", "api:rifc-assessments": "assessment",
    "rifc:request": "release_request", "rifc:close_answer": "recall_answer", "rifc:": "shared_report",
    "taxii:export": "shared_report", "taxii:intake": "intake", "taxii:do": "intake", "taxii:things": "intake",
    "api:rifc-reports": "shared_report", "api:rifc-release-requests": "release_request",
    "api:impacs-mandates": "mandate", "api:impacs-evidence": "proof", "api:impacs-extensions": "extension",
    "api:impacs-assistance": "help", "api:impacs-tasks": "task", "api:impacs-escalations": "escalation",
    "region:participation": "participation", "region:act": "participation", "region:track": "measure",
    "api:region-participations": "participation", "api:region-measures": "measure",
    "api:region-instruments": "instrument", "api:region-instrument-parties": "instrument_party",
    "region:instrument_of": "instrument", "api:region-indicators": "indicator",
    "api:reports-clearances": "clearance", "api:reports-facts": "fact", "api:reports-reports": "report_issued",
    "screening:import_new": "list", "screening:list_close": "list",
    "screening:import": "list_import", "api:screening-imports": "list_import",
    "screening:rule": "rule", "api:screening-rules": "rule", "screening:threshold": "thresholds",
    "screening:clearance": "traveller_clearance", "api:screening-clearances": "traveller_clearance",
    "gateway:do": "interpol_source", "api:gateway-sources": "interpol_source", "api:gateway-queries": "interpol_query",
    "jrcc:expected": "expected", "jrcc:schedule": "schedule", "jrcc:regime": "change", "jrcc:case": "case",
    "jrcc:person": "one_person", "api:jrcc-persons": "one_person", "jrcc:lookup": "lookup",
    "api:jrcc-lookups": "lookup", "jrcc:hitquestion": "hit_question", "api:jrcc-hit-questions": "hit_question",
    "jrcc:compliancecase": "case", "jrcc:contact_end": "contact",
    "jrcc:penal": "law_change", "jrcc:retention_rule_do": "keeping_change", "jrcc:retentionchange": "keeping_change",
    "jrcc:retentionhold": "hold", "jrcc:hold_do": "hold", "api:jrcc-cases": "case", "api:jrcc-expected": "expected",
    "api:jrcc-retention-changes": "keeping_change", "api:jrcc-penalty-changes": "law_change", "api:jrcc-holds": "hold",
    "jrcc:bookings_rule_do": "bookings_change", "jrcc:bookinglawchange": "bookings_change",
    "api:jrcc-booking-law-changes": "bookings_change", "api:jrcc-regime-changes": "change",
    "api:jrcc-carriers": "carrier", "api:jrcc-scorecards": "carrier",
    "protection:purpose": "purpose_change", "api:protection-purpose-changes": "purpose_change",
    "protection:request": "subject_request", "protection:subjectrequest": "subject_request",
    "api:protection-requests": "subject_request", "api:protection-classification": "class_level",
    "api:protection-keeping-rules": "keeping_rule", "api:protection-purposes": "purpose",
    "jrcc:amendment_new": "traveller", "jrcc:amendment": "amendment", "api:jrcc-corrections": "amendment",
    "entrance:directory": "directory", "api:entrance-directories": "directory",
    "entrance:key": "token", "oversight:anchor": "anchor", "oversight:case": "conduct", "oversight:leaver": "leaver",
    "oversight:walk": "walk", "oversight:opening": "opening",
    "people:invitation_": "invitation", "people:approval": "proposal", "people:review_do": "review_item",
    "people:review": "review", "people:emergency": "emergency_use", "people:waiver_end": "waiver",
    "people:waiver": "person", "people:account_": "person", "people:acting_end": "acting_seat",
    "api:notices-webhooks": "webhook", "api:notices-alarms": "alarm", "api:notices-ways": "person",
    "api:people-secondments": "secondment", "people:secondment": "sent_seat",
    "api:people-invitations": "invitation", "api:people-proposals": "proposal",
    "api:people-review-items": "review_item", "api:people-reviews": "review",
    "api:people-emergencies": "emergency_use", "api:people-stand-ins": "acting_seat", "api:people-keys": "token",
    "api:oversight-anchors": "anchor", "api:oversight-cases": "conduct", "api:oversight-leavers": "leaver",
    "search:saved_": "saved_search", "api:search-saved": "saved_search", "api:screening-thresholds": "thresholds",
}  # fmt: skip
OF_VERB = {
    "decisions": {
        "draft": {"attach_financials", "propose", "revise", "withdraw"},
        "voting": {"cast_vote", "change_vote", "close_vote", "open_vote", "record_vote", "void_vote"},
        "sealed": {
            "accede", "annul", "ask_opt_out", "confirm", "correct", "enter_reservation", "give_reasons", "issue_record",
            "publish", "raise_dispute", "settle_opt_out", "supersede", "unpublish", "withdraw_statement",
        },
    },
    "meetings": {"planned": {"cancel", "change", "convene", "open_agenda"}},
    "reports": {
        "report": {"accept", "clear", "compile", "edit", "refresh"},
        "report_asked": {"approve", "return"},
        "report_issued": {"correct", "issue"},
    },
    "items": {"item": {"ask_for_floor", "decide", "give_floor", "leave_list", "note", "open", "yield_floor"}},
}  # fmt: skip


def _council_kind(name: str) -> str:
    """The word for a record of the Council; "" for an address that is not the Council's."""
    if name in OF_COUNCIL:
        return OF_COUNCIL[name]
    beginning, _, verb = name.partition("-do-")
    collection = "" if name.startswith("api:rifc-") else beginning.rpartition("-")[2]
    for kind, verbs in OF_VERB.get(collection, {}).items():
        if verb in verbs:
            return kind
    return next((kind for start, kind in OF_BEGINNING.items() if name.startswith(start)), "")


def _kind(name: str, part: str) -> str:
    if part == "entry":
        return "entry"
    words = name.replace("api:", "").replace(":", "-").replace("_", "-").split("-")
    for word in words[1:]:
        if word in OF_COLLECTION:
            return OF_COLLECTION[word]
        if word in {"hit", "entry", "list", "submission", "journey", "traveller", "token", "person", "seat"}:
            return word
    return "person" if words[-1] in {"appoint", "suspend", "reactivate", "renew"} else ""
