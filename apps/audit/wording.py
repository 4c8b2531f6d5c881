"""The audit in words: what was done to what, by whom as far as the reader may know his name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.audit.managers import PARTY_READERS, Reader
from apps.audit.models import AuditRecord

VERBS = {
    "compile": _("Compiled"),
    "refresh": _("Compiled again"),
    "edit": _("Edited"),
    "agree": _("Agreed"),
    "ask": _("Asked"),
    "prepare": _("Prepared"),
    "dispatch": _("Sent to the States"),
    "acknowledge_receipt": _("Confirmed receipt"),
    "record_receipt": _("Recorded a receipt"),
    "record_bounce": _("Recorded bounced mail"),
    "force_start": _("Started without all receipts"),
    "support": _("Supported"),
    "ask_extension": _("Asked for more time"),
    "comment": _("Commented"),
    "withdraw_objection": _("Withdrew an objection"),
    "to_meeting": _("Took to a meeting"),
    "void_delivery": _("Declared a delivery void"),
    "start_clock": _("Started the clock"),
    "conclude": _("Concluded"),
    "remind": _("Reminded"),
    "alarm": _("Told of missing receipts"),
    "extend": _("Extended"),
    "take_receipt": _("Took a receipt over"),
    "take_up": _("Taken up"),
    "to_written": _("Put in writing"),
    "adopt_in_writing": _("Adopted in writing"),
    "fail_in_writing": _("Not adopted in writing"),
    "acknowledge": _("Acknowledged"),
    "adjourn": _("Adjourned"),
    "ask_for_floor": _("Asked for the floor"),
    "call_roll": _("Called the roll"),
    "decide": _("Concluded"),
    "defer": _("Deferred"),
    "give_floor": _("Gave the floor"),
    "join": _("Joined"),
    "leave": _("Left"),
    "leave_list": _("Left the speakers' list"),
    "move_floor": _("Moved the floor"),
    "note": _("Noted"),
    "note_no_quorum": _("Noted that there was no quorum"),
    "note_presence": _("Noted who came or left"),
    "resume": _("Resumed"),
    "start_session": _("Opened the session"),
    "yield_floor": _("Ended a speech"),
    "add": _("Added"),
    "answer": _("Answered"),
    "assign": _("Assigned"),
    "announce": _("Announced"),
    "appoint": _("Appointed"),
    "bounce": _("Came back"),
    "choose": _("Chose"),
    "claim": _("Claimed"),
    "close": _("Closed"),
    "correct": _("Corrected"),
    "create": _("Created"),
    "dismiss": _("Dismissed"),
    "download": _("Downloaded"),
    "drop": _("Dropped"),
    "draft": _("Drafted"),
    "revise": _("Changed the text"),
    "attach_financials": _("Stated the cost"),
    "propose": _("Proposed"),
    "place": _("Put on an agenda"),
    "retable": _("Drafted again"),
    "issue_record": _("Issued the record"),
    "issue_report": _("Issued the report"),
    "propose_amendment": _("Proposed an amendment"),
    "accept_amendment": _("Accepted an amendment"),
    "reject_amendment": _("Rejected an amendment"),
    "withdraw_amendment": _("Withdrew an amendment"),
    "open_vote": _("Opened the vote"),
    "cast_vote": _("Voted"),
    "change_vote": _("Changed the vote"),
    "record_vote": _("Recorded a vote"),
    "close_vote": _("Closed the vote"),
    "void_vote": _("Voided the vote"),
    "adopt_by_consensus": _("Put to consensus"),
    "confirm": _("Answered for the Cabinet"),
    "end_confirmations": _("Ended the waiting for confirmations"),
    "seal": _("Sealed"),
    "bring_into_force": _("Brought into force"),
    "lapse": _("Lapsed"),
    "annul": _("Annulled"),
    "publish": _("Entered in the public register"),
    "unpublish": _("Took out of the public register"),
    "enter_reservation": _("Entered a reservation"),
    "ask_opt_out": _("Asked for an opt-out"),
    "settle_opt_out": _("Recorded the answer to an opt-out"),
    "accede": _("Joined later"),
    "object": _("Objected"),
    "raise_dispute": _("Declared a dispute"),
    "give_reasons": _("Gave reasons"),
    "withdraw_statement": _("Withdrew a statement"),
    "translate": _("Translated"),
    "record": _("Recorded"),
    "pay": _("Recorded the payment"),
    "grant": _("Recorded a leave to vote"),
    "end": _("Ended"),
    "expire": _("Expired"),
    "fail": _("Failed"),
    "gather": _("Gathered"),
    "export": _("Exported"),
    "generate": _("Opened for a State"),
    "import": _("Imported"),
    "install": _("Installed"),
    "issue": _("Issued"),
    "list": _("Listed"),
    "make": _("Made"),
    "mark_sent": _("Sent"),
    "observe": _("Compared again"),
    "open": _("Opened"),
    "set_address": _("Set the mail address of"),
    "open_for": _("Opened for another party"),
    "queue": _("Queued"),
    "raise": _("Raised"),
    "raw": _("Read as sent"),
    "reactivate": _("Reactivated"),
    "read": _("Read"),
    "read_all": _("Read all"),
    "receive": _("Received"),
    "record_outcome": _("Recorded the outcome"),
    "refer": _("Referred"),
    "release": _("Released"),
    "remove": _("Removed"),
    "report": _("Reported"),
    "renew": _("Gave a new one-time password"),
    "reopen": _("Reopened"),
    "restore": _("Restored"),
    "revoke": _("Revoked"),
    "scan": _("Checked for malware"),
    "screen": _("Screened"),
    "screen_entry": _("Screened an entry"),
    "search": _("Searched"),
    "set": _("Set"),
    "submit": _("Sent"),
    "suspend": _("Suspended"),
    "switch": _("Changed to"),
    "take_in": _("Took in a file"),
    "tell": _("Told"),
    "update": _("Changed"),
    "view": _("Read"),
    "change": _("Changed"),
    "clear": _("Cleared"),
    "lift_embargo": _("Gave out after its embargo"),
    "miss": _("Asked for the paper of"),
    "return": _("Returned"),
    "review_translation": _("Reviewed a translation of"),
    "share_anew": _("Changed the readers of"),
    "start_clearance": _("Asked for clearance of"),
    "withdraw": _("Withdrew"),
    "accept": _("Accepted"),
    "admit": _("Admitted a State to"),
    "agree_minutes": _("Agreed the minutes of"),
    "answer_invitation": _("Answered the invitation to"),
    "approve": _("Approved"),
    "cancel": _("Cancelled"),
    "carry": _("Carried over"),
    "close_agenda": _("Closed the agenda of"),
    "convene": _("Convened"),
    "correct_minutes": _("Corrected the minutes of"),
    "draft_minutes": _("Drafted the minutes of"),
    "move": _("Moved"),
    "name_delegation": _("Named the delegation to"),
    "open_agenda": _("Opened the agenda of"),
    "present_credentials": _("Presented credentials for"),
    "reject": _("Rejected"),
    "remind_of_credentials": _("Reminded of credentials for"),
    "reopen_agenda": _("Reopened the agenda of"),
    "restrict": _("Restricted"),
    "schedule": _("Scheduled"),
    "settle_correction": _("Settled a correction of the minutes of"),
    "settle_credentials": _("Settled credentials for"),
    "write": _("Wrote"),
    "add_dependency": _("Let wait for something"),
    "add_deliverable": _("Named a result of"),
    "add_item": _("Added to the checklist of"),
    "add_successor": _("Let a clause wait for"),
    "attach": _("Attached a file to"),
    "block": _("Reported a blocker of"),
    "carry_over": _("Carried over"),
    "commit": _("Committed money of"),
    "discharge": _("Discharged"),
    "keep": _("Kept as a template"),
    "log_effort": _("Noted hours on"),
    "plan": _("Planned"),
    "remove_dependency": _("Let no longer wait"),
    "remove_item": _("Took from the checklist of"),
    "repeat": _("Made again"),
    "spend": _("Recorded a payment of"),
    "start": _("Started"),
    "stop": _("Stopped with its mandate"),
    "tick": _("Ticked on the checklist of"),
    "unassign": _("Took a person off"),
    "unblock": _("Went on with"),
    "use": _("Made tasks from"),
    "wait": _("Put to waiting"),
    "watch": _("Watched, or no longer"),
}
"""Last part of a verb, in the past tense; a verb without an entry is written as its name."""

KINDS = {
    "council.writtenprocedure": _("Written procedure"),
    "council.objectionproposal": _("Proposal to object"),
    "audit.auditrecord": _("Audit trail"),
    "council.agendaitem": _("Agenda item"),
    "council.meeting": _("Meeting"),
    "council.position": _("Position"),
    "council.decision": _("Decision"),
    "council.organchair": _("State in the chair"),
    "council.paper": _("Paper"),
    "council.contribution": _("Contribution"),
    "council.votingwaiver": _("Leave to vote"),
    "documents.issueddocument": _("Issued document"),
    "files.attachment": _("File"),
    "files.storedblob": _("Stored file"),
    "files.upload": _("Upload"),
    "impacs.budgetline": _("Budget line"),
    "impacs.fund": _("Fund"),
    "impacs.mandate": _("Mandate"),
    "impacs.programme": _("Programme"),
    "impacs.task": _("Task"),
    "impacs.tasktemplate": _("Template"),
    "impacs.stateaction": _("State action"),
    "jrcc.hit": _("Hit"),
    "jrcc.journey": _("Journey"),
    "jrcc.regime": _("Deadline"),
    "jrcc.submission": _("Manifest"),
    "jrcc.traveller": _("Traveller"),
    "notices.calendarfeed": _("Calendar address"),
    "notices.deadline": _("Deadline of a desk"),
    "notices.delivery": _("Delivery of a notice"),
    "notices.holiday": _("Public holiday"),
    "notices.notice": _("Notice"),
    "notices.subscription": _("Way of being told"),
    "people.desktoken": _("Key"),
    "people.seat": _("Seat"),
    "people.user": _("Account"),
    "screening.clearance": _("Clearance"),
    "screening.entry": _("Watchlist entry"),
    "screening.rule": _("Rule"),
    "screening.watchlist": _("Watchlist"),
}
"""What a record type is called; a type without an entry is written as its name."""

OUTCOMES = {
    "done": ("info", "pen", _("Done")),
    "read": ("ok", "eye", _("Read")),
    "refused": ("bad", "lock", _("Refused")),
}
"""Chip of an outcome: kind, picture, word."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the audit as one reader sees it. `person` and `role` are empty for a foreign officer."""

    row: AuditRecord
    person: str
    role: str
    verb: str
    kind: str
    chip: tuple[Any, ...]

    @property
    def reference(self) -> str:
        """Enough of the object's id to tell it apart; the whole stands in the address."""
        return self.row.object_id if len(self.row.object_id) <= 12 else f"…{self.row.object_id[-12:]}"


def told(rows: Iterable[AuditRecord], reader: Reader | None) -> list[Line]:
    """The rows in words for this reader. No queries."""
    return [_line(row, reader) for row in rows]


def _line(row: AuditRecord, reader: Reader | None) -> Line:
    named = reader is not None and knows_name(row, reader)
    return Line(
        row,
        row.person if named else "",
        row.role if named else "",
        verb_in_words(row.verb),
        kind_in_words(row.object_type),
        OUTCOMES.get(row.outcome, ("mute", "circle", row.outcome)),
    )


def knows_name(row: AuditRecord, reader: Reader) -> bool:
    """A foreign officer's name is for oversight and administration desks; everybody else reads party and desk."""
    return reader.function in PARTY_READERS or row.party == reader.party_code or row.user_id == reader.user_id


def verb_in_words(verb: str) -> str:
    """ "hit.record_outcome" → "Recorded the outcome"."""
    name = verb.replace(":", ".").rpartition(".")[2]
    return str(VERBS.get(name, name.replace("_", " ").capitalize()))


def kind_in_words(object_type: str) -> str:
    """ "jrcc.hit" → "Hit"."""
    return str(KINDS.get(object_type, object_type.rpartition(".")[2].capitalize()))
