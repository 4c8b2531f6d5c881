"""Which columns of the portal can name a person in free text, as the apps state them, and why others are not searched.

A test walks every text column of every table: a new one needs a line in the manifest of its app (`texts`), or a
reason in `NOT_SEARCHED`.
"""

from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.access.manifest import Texts, registry


@dataclass(frozen=True, slots=True)
class Text:
    """Columns of one table that may name a person, read together; `via` is the field that leads to their record.

    `told`: a person may be told that they are named there, once an officer has said that it is they.
    """

    model: str
    columns: tuple[str, ...]
    label: Promise
    told: bool
    via: str = ""


def _rows(stated: Texts) -> list[Text]:
    """Its tables: "app.model via" or "app.model", with their columns."""
    rows = []
    for place, columns in stated.tables.items():
        model, _space, via = place.partition(" ")
        rows.append(Text(model, tuple(columns.split()), stated.label, stated.told, via))
    return rows


@cache
def list_texts() -> list[Text]:
    """Every text that is searched, as the apps state it: first those that a person may be told of."""
    stated = [one for _app, one in registry.of("texts")]
    stated.sort(key=lambda one: not one.told)
    return [row for one in stated for row in _rows(one)]


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
        _("Messages and drafts as carriers and programs sent them: the data read from them is with the traveller"),
        "jrcc.submissioncontent.* jrcc.draft.* jrcc.journey.* jrcc.personchange.moves taxii.*"
        " access.idempotencykey.body",
        told=True,
    ),
    _unread(
        _(
            "Sealed or encrypted texts: secret ballots, names of sources, texts under keys of States, secrets of "
            "accounts"
        ),
        """
        council.sealedentry.* rifc.sourcereference.* mfa.authenticator.* notices.webhook.sealed sessions.session.*
        usersessions.usersession.data people.invitation.* account.emailconfirmation.key socialaccount.*
        entrance.directory.* rifc.sealedtext.* rifc.sealedshare.* rifc.releasedshare.* rifc.opening.public
        """,
        told=True,
    ),
    _unread(
        _("The audit trail, which records who did what and when, but no content"),
        "audit.auditrecord.* oversight.anchor.* oversight.chainwalk.* oversight.anchorcosignature.*",
        told=True,
    ),
    _unread(
        _("Names of officers beside their acts, and remarks on appointments: they are with the account"),
        """
        *.by *.proposed_by *.decided_by *.claimed_by *.asked_by *.answered_by *.reviewed_by *.confirmed_by *.sent_by
        *.applied_by *.activated_by *.placed_by *.released_by *.prepared_by *.undone_by notices.*.acknowledged_by
        jrcc.lookup.person notices.alarmanswer.person people.* oversight.case.* oversight.casestep.* oversight.witness.*
        entrance.device.* entrance.accountchange.* entrance.directorylink.* usersessions.usersession.user_agent
        sealing.holderkey.*
        """,
        told=True,
    ),
    _unread(
        _("Questions that people save for themselves, and what they prepare for many at once"),
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
        council.writtenvoterules.*
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
