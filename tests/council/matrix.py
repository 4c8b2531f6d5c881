"""Decisions, meetings and papers, for tests/matrix.py; and what follows from them in the apps that they tell."""

from typing import Any

from tests.council.world import a_council

IN_VOTE = ("cast_vote", "change_vote", "close_vote", "open_vote", "record_vote", "void_vote")
IN_FORCE = (
    "accede", "annul", "ask_opt_out", "confirm", "correct", "enter_reservation", "give_reasons", "issue_record",
    "publish", "raise_dispute", "settle_opt_out", "supersede", "unpublish", "withdraw_statement",
)  # fmt: skip
BEFORE_MEETING = ("cancel", "change", "convene", "open_agenda")
ON_FLOOR = ("ask_for_floor", "decide", "give_floor", "leave_list", "note", "open", "yield_floor")
RECORDS = {
    "api:council-decisions": "closed_decision",
    **{f"api:council-decisions-do-{verb}": "draft" for verb in ("attach_financials", "propose", "revise", "withdraw")},
    **{f"api:council-decisions-do-{verb}": "closed_decision" for verb in ("propose_", "withdraw_")},
    **{f"api:council-decisions-do-{verb}": "voting" for verb in IN_VOTE},
    **{f"api:council-decisions-do-{verb}": "sealed" for verb in IN_FORCE},
    "api:council-items": "closed_item", **{f"api:council-items-do-{verb}": "item" for verb in ON_FLOOR},
    "api:council-meetings": "meeting",
    **{f"api:council-meetings-do-{verb}": "planned" for verb in BEFORE_MEETING},
    "api:council-papers": "paper", "api:council-positions": "position", "api:council-procedures": "procedure",
    "council:act": "voting", "council:brief": "meeting", "council:contribution_pay": "contribution",
    "council:decision": "voting", "council:decision_": "closed_decision", "council:decision_record": "sealed",
    "council:decision_revise": "draft", "council:item": "closed_item", "council:meeting": "meeting",
    "council:objection_dismiss": "objection", "council:objection_new": "procedure", "council:paper": "paper",
    "council:position": "position", "council:position_new": "item", "council:procedure": "procedure",
    "council:room": "meeting", "council:waiver_end": "leave", "register_entry": "sealed",
}  # fmt: skip
VERBS = {"council:act": "cast_vote", "council:procedure_reply": "acknowledge_receipt"}
VALUES = {
    ("council:act", "collection"): "decisions", ("council:decision_", "fmt"): "json",
    ("council:meeting_report", "fmt"): "json",
}  # fmt: skip


def records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """A meeting in session, and decisions in every state that an address can ask for."""
    return a_council(cast)
