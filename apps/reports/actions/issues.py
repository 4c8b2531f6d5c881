"""A report is approved and sealed, leaves the project as a document, and may be corrected by a later one."""

import dataclasses
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, change_also, emit
from apps.access.grants import groups_that_see, share
from apps.access.refusal import Refused
from apps.council.queries.audience import members, ministries
from apps.council.refusals import Refusals as CouncilRefusals
from apps.council.rules.seals import fingerprint
from apps.documents.actions import issue
from apps.documents.models import IssuedDocument
from apps.documents.rendering import Document, content_hash, to_docx, to_pdf
from apps.documents.rules import codes
from apps.people.models import Seat
from apps.people.queries import desk_ids
from apps.reports import policy
from apps.reports.actions.drafts import CLOCK, new_reference
from apps.reports.models import Clearance, Report, Transmission
from apps.reports.queries import compilation, printing_facts
from apps.reports.queries.drafts import sentences_of
from apps.reports.refusals import Refusals
from apps.reports.rules.documents import as_json, printed

S = Report.State
CHANNELS = [
    ("note", pgettext_lazy("words, reports", "Diplomatic note")),
    ("mail", pgettext_lazy("words, reports", "Mail")),
    ("hand", pgettext_lazy("words, reports", "By hand")),
    ("portal", _("In the portal")),
]


@action(
    "report.approve",
    model=Report,
    label=pgettext_lazy("button, reports", "Approve"),
    done=_("Approved a report for the Secretary-General"),
    policy=policy.may_approve,
    starts={S.IN_CLEARANCE},
    ends=S.APPROVED,
)
def approve_report(actor: Actor, report: Report) -> Report:
    """Approve for the Secretary-General what every State asked has cleared; the text is sealed as it stands.

    Two seats of one person are one person: also refused from another seat of who compiled it.
    """
    if report.compiled_by_seat_id in Seat.objects.filter(user=actor.user_id).values_list("pk", flat=True):
        raise Refused(Refusals.OWN_REPORT)
    waiting = Clearance.objects.filter(report=report, draft=report.draft, state=Clearance.State.ASKED)
    parties = list(waiting.order_by("party_id").values_list("party_id", flat=True))
    if parties:
        sentence = _now("Not yet approved by %(parties)s. Wait for the answers, or return the draft.")
        raise ValidationError(sentence % {"parties": ", ".join(parties)})
    report.approved_at = timezone.now()
    report.seal = seal_of(report)
    return report


def seal_of(report: Report) -> str:
    """The hash of everything that a report says and rests on (SHA-256 of the canonical form)."""
    said = [[row.key, row.said, row.sha256] for row in sentences_of(report)]
    about = {
        "reference": report.reference,
        "title": report.title,
        "addressee": report.addressee,
        "as_of": report.as_of,
        "known_at": report.known_at,
        "template": report.template.sha256,
        "sentences": said,
    }
    return fingerprint(about)


@action(
    "report.issue",
    model=Report,
    label=_("Seal and send"),
    done=_("Sealed and sent a report"),
    policy=policy.may_write,
    starts={S.APPROVED},
    ends=S.ISSUED,
    takes={
        "channel": forms.ChoiceField(label=pgettext_lazy("field, reports", "Sent by"), choices=CHANNELS),
        "to": forms.CharField(
            label=pgettext_lazy("field, reports", "To"),
            required=False,
            max_length=200,
            help_text=_("leave empty for the addressee"),
        ),
        "copies": forms.CharField(
            label=pgettext_lazy("field, reports", "Copies to"),
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("one per line"),
        ),
    },
)
def issue_report(actor: Actor, report: Report, *, channel: str, to: str = "", copies: str = "") -> Report:
    """Issue the sealed report as PDF, DOCX and data that anybody can verify, and record how it was sent."""
    addressee = to.strip() or report.addressee
    if not addressee:
        raise ValidationError({"to": _now("Enter who it goes to.")})
    if seal_of(report) != report.seal:
        raise Refused("wrong-state", CouncilRefusals.SEAL_BROKEN)
    template = compilation.read_record(report.template)
    readers = _readers(report, template.readers)
    document = closed(printed(printing_facts.of_report(report, template)), report.seal)
    hashes = {}
    for fmt, data in (("pdf", to_pdf(document)), ("docx", to_docx(document)), ("json", as_json(document))):
        hashes[fmt] = _issue(actor, report, document, fmt, data, readers=readers, public=template.public)
    share(actor, report, [*groups_that_see(report), *readers], basis=report.reference)
    Transmission.objects.create(
        report=report,
        channel=channel,
        at=timezone.now(),
        to=addressee,
        copies=[line.strip()[:200] for line in copies.splitlines() if line.strip()],
        documents=hashes,
    )
    emit("report.issued", report)
    return report


def _readers(report: Report, who: str) -> list[int]:
    if who == "party":
        return ministries([str(report.party_id)])
    return members(timezone.now().date())


def closed(document: Document, seal: str) -> Document:
    """The document with its content hash, seal and verification code at the end."""
    where = f"{settings.PORTAL_URL}{reverse('verify')}"
    return dataclasses.replace(document, closing=codes.closing(content_hash(document), where, seal=seal))


def _issue(
    actor: Actor, report: Report, document: Document, fmt: str, data: bytes, *, readers: list[int], public: bool
) -> str:
    row = issue(
        actor,
        kind=f"reports.{report.kind}",
        record=report,
        number=report.reference,
        title=report.title,
        fmt=fmt,
        data=data,
        content_hash=content_hash(document),
        public=public,
        groups=readers,
    )
    return row.sha256


@action(
    "report.correct",
    model=Report,
    label=_("Correct by a new report"),
    done=_("Began a report that corrects another"),
    policy=policy.may_write,
    starts={S.ISSUED},
    ends=S.CORRECTED,
    takes={
        "reason": forms.CharField(
            label=pgettext_lazy("field, reports", "Reason"),
            max_length=300,
            help_text=_("Shown to anyone who verifies the report."),
        )
    },
    danger=True,
)
def correct_report(actor: Actor, report: Report, *, reason: str) -> Report:
    """Begin the report that corrects this one; the issued documents say that they hold no longer."""
    report.reason = reason
    columns = ("kind", "title", "addressee", "covers", "as_of", "level", "fictional", "party_id", "meeting_id")
    later = Report.objects.create(
        **{name: getattr(report, name) for name in (*columns, "request_id", "template_id")},
        reference=new_reference(compilation.read_record(report.template).prefix, report.as_of.year),
        known_at=timezone.now(),
        corrects=report,
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        changed_by_seat_id=actor.seat_id,
    )
    share(actor, later, [actor.desk_id, *desk_ids(CLOCK)], basis=later.reference)
    also("report.create", later, after=S.DRAFT)
    _revoke(report, reason)
    emit("report.corrected", report)
    return report


def _revoke(report: Report, reason: str) -> None:
    rows: Any = IssuedDocument.objects.filter(object_type=report._meta.label_lower, object_id=str(report.pk))
    for row in rows.filter(state=IssuedDocument.State.ISSUED).select_for_update().order_by("pk"):
        row.state, row.revoked_at, row.revoke_reason = IssuedDocument.State.REVOKED, timezone.now(), reason
        change_also("document.revoke", row, "state", "revoked_at", "revoke_reason", before="issued")
