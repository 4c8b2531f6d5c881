"""A report is approved and sealed, leaves the house as a document, and may be corrected by a later one."""

import dataclasses
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, also, change_also, emit
from apps.access.refused import Refused
from apps.access.sharing import groups_that_see, share
from apps.council.queries.audience import members, ministries
from apps.council.rules.seals import fingerprint
from apps.documents import codes
from apps.documents.actions import issue
from apps.documents.models import IssuedDocument
from apps.documents.rendering import Document, content_hash, to_docx, to_pdf
from apps.people.queries import desk_ids
from apps.reports import policy
from apps.reports.actions.drafting import CLOCK, new_reference
from apps.reports.models import Clearance, Report, Transmission
from apps.reports.printing import as_json, printed
from apps.reports.queries import compiling, printing_facts
from apps.reports.queries.drafts import sentences_of

S = Report.State
CHANNELS = [
    ("note", _("Diplomatic note")),
    ("mail", _("Mail")),
    ("hand", _("By hand")),
    ("portal", _("In the portal")),
]


@action(
    "report.approve",
    model=Report,
    label=_("Approve"),
    policy=policy.may_approve,
    starts={S.IN_CLEARANCE},
    ends=S.APPROVED,
)
def approve(actor: Actor, report: Report) -> Report:
    """Approve for the Secretary-General what every State asked has cleared; the text is sealed as it stands."""
    waiting = Clearance.objects.filter(report=report, draft=report.draft, state=Clearance.State.ASKED)
    parties = list(waiting.order_by("party_id").values_list("party_id", flat=True))
    if parties:
        sentence = _now("Not cleared yet by %(parties)s. Wait for the answers, or return the draft.")
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
    policy=policy.may_write,
    starts={S.APPROVED},
    ends=S.ISSUED,
    takes={
        "channel": forms.ChoiceField(label=_("Sent by"), choices=CHANNELS),
        "to": forms.CharField(label=_("To"), required=False, max_length=200, help_text=_("the addressee if empty")),
        "copies": forms.CharField(
            label=_("Copies to"),
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("one on each line"),
        ),
    },
)
def issue_report(actor: Actor, report: Report, *, channel: str, to: str = "", copies: str = "") -> Report:
    """Issue the sealed report as PDF, DOCX and data that anybody can verify, and record how it was sent."""
    addressee = to.strip() or report.addressee
    if not addressee:
        raise ValidationError({"to": _now("Say to whom it goes.")})
    if seal_of(report) != report.seal:
        raise Refused("wrong-state", "seal-broken")
    template = compiling.read(report.template)
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
    policy=policy.may_write,
    starts={S.ISSUED},
    ends=S.CORRECTED,
    takes={"reason": forms.CharField(label=_("Reason"), max_length=300, help_text=_("Who verifies it reads this."))},
)
def correct(actor: Actor, report: Report, *, reason: str) -> Report:
    """Begin the report that corrects this one; the issued documents say that they hold no longer."""
    report.reason = reason
    columns = ("kind", "title", "addressee", "covers", "as_of", "level", "fictional", "party_id", "meeting_id")
    later = Report.objects.create(
        **{name: getattr(report, name) for name in (*columns, "request_id", "template_id")},
        reference=new_reference(compiling.read(report.template).prefix, report.as_of.year),
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
