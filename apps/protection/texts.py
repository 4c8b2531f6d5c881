"""Which columns of the portal can name a person in free text, room by room, and why the others are not searched.

A test walks every text column of every table: a new one needs a line here, or a reason in `NOT_SEARCHED`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Text:
    """Columns of one table that may name a person, read together; `via` is the field that leads to their record.

    `told`: a person may be told that he is named there, once an officer has said that it is he.
    """

    model: str
    columns: tuple[str, ...]
    label: Promise
    told: bool
    via: str = ""


def _room(label: Promise, told: bool, tables: Mapping[str, str]) -> list[Text]:
    """Tables of one kind of record: "app.model via" or "app.model", with their columns."""
    rows = []
    for place, columns in tables.items():
        model, _space, via = place.partition(" ")
        rows.append(Text(model, tuple(columns.split()), label, told, via))
    return rows


TEXTS: tuple[Text, ...] = (
    *_room(_("Tasks"), True, {
        "impacs.task": "title description reason waiting_for_other",
        "impacs.taskcomment task": "text",
        "impacs.checklistitem task": "text",
        "impacs.taskblocker task": "text",
        "impacs.deliverable task": "title",
        "impacs.effortentry task": "text",
    }),
    *_room(_("Obligations"), True, {
        "impacs.stateaction": "responsible",
        "impacs.turn action": "text",
        "impacs.step action": "title",
        "impacs.difficulty action": "text",
        "impacs.nationalnote action": "text",
        "impacs.report action": "text",
        "impacs.evidence": "title authority citation reject_text",
        "impacs.extensionrequest": "cause answer",
        "impacs.assistancerequest": "text answer",
        "impacs.escalation": "acknowledged_by answer",
    }),
    *_room(_("Mandates and money"), True, {
        "impacs.mandate": "title note",
        "impacs.mandateextension mandate": "cause",
        "impacs.programme": "title",
        "impacs.fund": "name donor earmark",
        "impacs.budgetline": "title",
        "impacs.commitment line": "text",
        "impacs.expenditure line": "text",
    }),
    *_room(_("Decisions"), True, {
        "council.decision": "title preamble words reason",
        "council.clause decision": "text",
        "council.amendment decision": "text reason",
        "council.decisiontext decision": "title preamble clauses note",
        "council.statement decision": "text",
        "council.ballot decision": "explanation",
        "council.objectionproposal": "person reason answer",
    }),
    *_room(_("Papers"), True, {
        "council.paper": "title words reason",
        "council.paperversion paper": "body note",
        "council.papercomment paper": "text",
        "council.clearance paper": "note",
        "council.translation paper": "title body",
    }),
    *_room(_("Meetings"), True, {
        "council.meeting": "place notice_waiver minutes reason",
        "council.agendaitem": "title summary rapporteur outcome reason",
        "council.delegation meeting": "head members credentials_note",
        "council.minutescorrection meeting": "text",
        "council.sitting meeting": "closed_reason",
        "council.position": "note speaking_note",
    }),
    *_room(_("Written procedures"), True, {
        "council.writtenprocedure": "forced_reason reason",
        "council.reply procedure": "reason",
        "council.circulation procedure": "receipt_note",
    }),
    *_room(_("Documents issued"), True, {"documents.issueddocument": "title revoke_reason"}),
    *_room(_("Reports out"), True, {
        "reports.report": "title addressee reason",
        "reports.handedit report": "before after",
        "reports.renderedsentence report": "text was hand note gap_reason",
        "reports.transmission report": "to",
        "reports.clearance": "texts comment",
        "reports.fact": "title content source reason",
        "reports.scorecomment": "text",
    }),
    *_room(_("Manifests"), True, {"jrcc.submission": "file_name reason"}),
    *_room(_("Carriers' compliance"), True, {
        "jrcc.compliancecase": "evidence facts explanation grounds appeal",
        "jrcc.expectedjourney": "said",
        "jrcc.chase expected": "whom said",
    }),
    *_room(_("Requests of persons"), True, {
        "protection.subjectrequest": "surname asked_by ground answer said",
        "protection.requestsection request": "lines",
    }),
    *_room(_("Hits"), False, {
        "jrcc.hit": "list_name evidence reason note outcome_note",
        "jrcc.hitquestion": "text answer",
    }),
    *_room(_("Dossiers"), False, {"jrcc.personchange person": "note"}),
    *_room(_("Searches for the person"), False, {"jrcc.lookup": "terms case said answer"}),
    *_room(_("Holds"), False, {"jrcc.retentionhold": "reference reason said"}),
    *_room(_("Watchlist entries"), False, {
        "screening.entry": "reference subject display_name reason",
        "screening.entryversion entry": "subject reason why",
        "screening.travellerclearance": "traveller name reason why_ended",
        "screening.listimport": "file_name fault why",
        "screening.importline source": "reference name changes reason",
        "screening.rule": "name condition why legal_basis said",
        "screening.ruleversion rule": "condition",
        "screening.thresholds": "why said",
    }),
    *_room(_("Requests for information"), False, {
        "exchange.request": "subject purpose legal_basis feedback_note reason",
        "exchange.subject request": "value",
        "exchange.variant request": "text subject",
        "exchange.addressee": "extension_reason",
        "exchange.question addressee": "text",
        "exchange.message addressee": "text",
        "exchange.answer addressee": "text",
        "exchange.answerdraft addressee": "answers internal",
    }),
    *_room(_("Shared reports"), False, {
        "rifc.report": "title summary event_place retained_for reason change_note without_rifc words",
        "rifc.paragraph report": "text",
        "rifc.recall report": "text",
        "rifc.recallack report": "text",
        "rifc.receipt report": "conditions ack_note reason",
        "rifc.use report": "note",
        "rifc.releaserequest": "external note conditions",
    }),
    *_room(_("Assessments"), False, {
        "assessments.assessment": "title question scope out_of_scope audience reason",
        "assessments.section assessment": "title plain",
        "assessments.contribution assessment": "text reason",
        "assessments.judgement assessment": "text confidence_basis alternatives",
        "assessments.remark assessment": "text quote suggestion",
        "assessments.comment assessment": "text answer",
        "assessments.position assessment": "text",
        "assessments.signature assessment": "text",
        "assessments.outcome assessment": "text answer",
    }),
    *_room(_("The watch"), False, {
        "watch.bulletin": "title text short_text area reason",
        "watch.digest": "intro reason",
        "watch.digestitem digest": "sentence",
        "watch.handover watch": "items brief remarks broken_off",
        "watch.watchentry watch": "from_whom text action_taken links",
    }),
    *_room(_("Silent hits"), False, {"entities.silenthit": "note"}),
)  # fmt: skip
"""In the order in which a desk is shown them."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Columns that are not searched, "app.model.column" with wildcards, and why. `told`: the answer says so."""

    why: Promise | str
    columns: tuple[str, ...]
    told: bool = False


def _unread(why: Promise | str, columns: str, *, told: bool = False) -> Unread:
    return Unread(why, tuple(columns.split()), told)


NOT_SEARCHED: tuple[Unread, ...] = (
    _unread(
        "Asked by a book of its own: journeys, bookings, accounts, own searches, files, persons and things",
        """
        jrcc.traveller.* jrcc.booking.* jrcc.bookedtraveller.* jrcc.amendment.* people.user.* account.emailaddress.*
        search.asked.* files.attachment.name files.upload.name entities.assertion.* entities.linkevidence.*
        entities.sighting.* entities.twin.* protection.subjectrequest.given_names
        """,
    ),
    _unread(
        _("Messages and drafts as carriers and programs sent them: what was read in them stands with the traveller"),
        "jrcc.submissioncontent.* jrcc.draft.* jrcc.journey.* jrcc.personchange.moves taxii.*"
        " access.idempotencykey.body",
        told=True,
    ),
    _unread(
        _("Sealed or encrypted texts: secret ballots, names of sources, secrets of accounts"),
        """
        council.sealedentry.* rifc.sourcereference.* mfa.authenticator.* notices.webhook.sealed sessions.session.*
        usersessions.usersession.data people.invitation.* account.emailconfirmation.key socialaccount.*
        entrance.directory.*
        """,
        told=True,
    ),
    _unread(
        _("The audit trail, which holds who did what and when, and no content"),
        "audit.auditrecord.* oversight.anchor.* oversight.chainwalk.*",
        told=True,
    ),
    _unread(
        _("Names of officers beside their acts, and what is said of seats: they stand with the account"),
        """
        *.by *.proposed_by *.decided_by *.claimed_by *.asked_by *.answered_by *.reviewed_by *.confirmed_by *.sent_by
        *.applied_by *.activated_by *.placed_by *.released_by *.prepared_by *.undone_by notices.*.acknowledged_by
        jrcc.lookup.person notices.alarmanswer.person people.* oversight.case.* oversight.casestep.*
        entrance.device.* entrance.accountchange.* entrance.directorylink.* usersessions.usersession.user_agent
        """,
        told=True,
    ),
    _unread(
        _("Questions that persons keep for themselves, and what they prepare for many at once"),
        "search.savedsearch.* impacs.savedfilter.* impacs.taskbatch.* impacs.tasktemplate.* watch.handover.brief",
        told=True,
    ),
    _unread(
        "What originators answered when asked whether a report may be passed on: each reads his own alone",
        "rifc.releasedecision.*",
    ),
    _unread(
        "The text of a section stands under the assessment",
        "coedit.document.*",
    ),
    _unread(
        "Rules, registers, laws and lists of words: the same for every person",
        """
        *.source *.source_* region.* protection.classlevel.* protection.keepingrule.* protection.purpose.*
        protection.purposechange.* protection.requestrule.* council.organ.* council.ruleset.* council.silencerules.*
        council.vote.* council.votingwaiver.* council.decision.financial council.decision.result council.decision.seal
        council.writtenprocedure.* council.statement.basis council.clause.addressee_rule council.paper.caveat
        impacs.*rules.* impacs.escalationrule.* impacs.spendingcategory.* impacs.term.* impacs.evidence.requirement
        impacs.extensionrequest.basis impacs.mandateextension.basis exchange.term.* rifc.term.* rifc.gradingscheme.*
        rifc.nationallabel.* rifc.moumembership.* reports.reporttemplate.* screening.listrules.*
        screening.ruletrial.* screening.watchlist.* jrcc.*change.* jrcc.*rule.* jrcc.regime.* jrcc.bookinglaw.*
        jrcc.sheetlayout.* jrcc.schedule.* oversight.anomalyrule.* operations.* notices.holiday.* notices.event.*
        entrance.signinrule.* gateway.source.* gateway.sourcerule.* auth.* assessments.assessment.due
        reports.renderedsentence.stretches reports.renderedsentence.values reports.renderedsentence.rows
        reports.renderedsentence.counted reports.report.covers reports.transmission.documents
        """,
    ),
    _unread(
        "Carriers and their desks: companies, not persons",
        "jrcc.carrier.* jrcc.carriercontact.* jrcc.carriermail.*",
    ),
    _unread(
        "Numbers, codes, addresses of programs and hashes",
        """
        *.sha256 *_sha256 *_hash *.seal *.mark *.mark_* *.key *.words *.pid *.digest *.object_type *.number
        *.code *.topic *.listener *.error *.verb *.route *.kind *.content_type *.basis *.object_pk *.copy_mark
        *.media_type *.scanner *.content_hash *.seen *.payload *.counts *.ways *.url *.url_name *.previous
        screening.entrykeylist.keys
        notices.notice.* notices.deadline.* jrcc.erasure.* contenttypes.* entities.matchpolicy.* jrcc.retry.*
        """,
    ),
)
"""In this order: the first that fits a column is its reason."""
