"""The audit in words: what was done to what, by whom as far as the reader may know his name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.audit.managers import PARTY_READERS, Reader
from apps.audit.models import AuditRecord
from apps.audit.places import place_of
from apps.audit.verbs import VERBS

KINDS = {
    "taxii.intake": _("STIX intake"),
    "taxii.publication": _("Report for programs"),
    "taxii.fetch": _("Page of STIX objects"),
    "council.writtenprocedure": _("Written procedure"),
    "council.objectionproposal": _("Proposal to object"),
    "audit.auditrecord": _("Audit trail"),
    "entrance.keylimit": _("Networks of a key"),
    "entrance.accountchange": _("Change of how somebody signs in"),
    "entrance.device": _("Device"),
    "entrance.directory": _("Directory for signing in"),
    "entrance.directorylink": _("Link to the directory"),
    "entrance.signinrule": _("Rule for signing in"),
    "operations.featureswitch": _("Room switched off"),
    "operations.maintenance": _("Maintenance"),
    "protection.subjectrequest": _("Request of a person"),
    "protection.purposechange": _("Change of a purpose"),
    "jrcc.amendment": _("Correction of a traveller"),
    "oversight.case": _("Case of oversight"),
    "oversight.leaver": _("Notice of leaving"),
    "oversight.anchor": _("Anchor of the audit"),
    "oversight.chainwalk": _("Walk over the chains of the audit"),
    "oversight.emergencyopening": _("Records opened in an emergency"),
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
    "files.purge": _("What was forgotten"),
    "files.upload": _("Upload"),
    "impacs.budgetline": _("Budget line"),
    "impacs.fund": _("Fund"),
    "impacs.escalation": _("Escalation"),
    "impacs.mandate": _("Mandate"),
    "impacs.officeholder": _("Office"),
    "impacs.programme": _("Programme"),
    "impacs.task": _("Task"),
    "impacs.tasktemplate": _("Template"),
    "impacs.stateaction": _("State action"),
    "impacs.evidence": _("Evidence"),
    "impacs.extensionrequest": _("More time"),
    "impacs.assistancerequest": _("Assistance"),
    "impacs.secondment": _("Secondment"),
    "jrcc.hit": _("Hit"),
    "jrcc.hitquestion": _("Question about a hit"),
    "jrcc.journey": _("Journey"),
    "jrcc.regime": _("Deadline"),
    "jrcc.regimechange": _("Change of a deadline"),
    "jrcc.retentionchange": _("Change of a rule of retention"),
    "jrcc.penaltychange": _("Change of a law on penalties"),
    "jrcc.retentionhold": _("Hold on data"),
    "jrcc.carriermail": _("Mail to a carrier"),
    "jrcc.carrier": _("Carrier"),
    "jrcc.submission": _("Manifest"),
    "jrcc.lookup": _("Search for people"),
    "jrcc.person": _("Person in journeys"),
    "jrcc.traveller": _("Traveller"),
    "notices.alarmtest": _("Test alarm"),
    "notices.webhook": _("Address for notices"),
    "notices.webhookcall": _("Call of an address for notices"),
    "notices.calendarfeed": _("Calendar address"),
    "notices.deadline": _("Deadline of a desk"),
    "notices.delivery": _("Delivery of a notice"),
    "notices.holiday": _("Public holiday"),
    "notices.notice": _("Notice"),
    "notices.subscription": _("Way of being told"),
    "people.accountproposal": _("Request to a second person"),
    "people.desktoken": _("Key"),
    "people.seat": _("Seat"),
    "people.user": _("Account"),
    "region.indicator": _("Indicator"),
    "region.instrument": _("Instrument"),
    "region.instrumentparty": _("Party to an instrument"),
    "region.participation": _("Participation"),
    "region.track": _("Law of a State"),
    "screening.travellerclearance": _("Clearance of a traveller"),
    "screening.entry": _("Watchlist entry"),
    "screening.listimport": _("File for a watchlist"),
    "screening.rule": _("Targeting rule"),
    "screening.watchlist": _("Watchlist"),
    "rifc.use": _("What a report was good for"),
    "rifc.balance": _("What parties give and get"),
    "rifc.readlog": _("Reading of a report"),
    "rifc.recallack": _("Answer to a recall"),
    "rifc.receipt": _("Receipt of a report"),
    "rifc.releaserequest": _("Request for release"),
    "rifc.report": _("Report"),
    "exchange.addressee": _("Request for information, as it is asked of a desk"),
    "exchange.answerdraft": _("Answer that is being written"),
    "exchange.overlap": _("Two requests about one subject"),
    "assessments.assessment": _("Joint threat assessment"),
    "exchange.request": _("Request for information"),
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
    place: str

    @property
    def emergency(self) -> bool:
        """Whether it was done from an emergency seat."""
        return self.row.detail.get("emergency") is True

    @property
    def page(self) -> str:
        """The name of the page that was opened, where no record is named."""
        return str(self.row.detail.get("page", ""))

    @property
    def seconded_from(self) -> str:
        """The party that had sent the person to this desk when he acted; "" at home."""
        return str(self.row.detail.get("seconded_from", ""))

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
        place_of(row, reader),
    )


def knows_name(row: AuditRecord, reader: Reader) -> bool:
    """A foreign officer's name is for oversight and administration desks; everybody else reads party and desk."""
    return reader.function in PARTY_READERS or row.party == reader.party_code or row.user_id == reader.user_id


def verb_in_words(verb: str) -> str:
    """ "hit.record_outcome" → "Recorded the outcome"."""
    whole = verb.replace(":", ".")
    name = whole.rpartition(".")[2]
    return str(VERBS.get(whole, "") or VERBS.get(name, name.replace("_", " ").capitalize()))


def kind_in_words(object_type: str) -> str:
    """ "jrcc.hit" → "Hit"."""
    return str(KINDS.get(object_type, object_type.rpartition(".")[2].capitalize()))
