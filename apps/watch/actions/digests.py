"""The weekly digest: assembled, arranged by a person, approved by a second one, issued, and rebuilt after a recall."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, do_also, emit
from apps.access.grants import share
from apps.access.references import next_in
from apps.documents.actions import issue as issue_document
from apps.documents.actions import withdraw
from apps.documents.rendering import content_hash, to_docx, to_pdf
from apps.people.models import Desk
from apps.rifc.actions.fields import Desks, reason_field
from apps.rifc.models import Report
from apps.rifc.policy import READERS
from apps.rifc.queries import targets
from apps.watch import policy
from apps.watch.actions.fields import Ministries
from apps.watch.models import Digest, DigestItem
from apps.watch.queries import digests as queries
from apps.watch.queries import printed_documents
from apps.watch.rules.digests import audience, highest

D = Digest.State
WEEK = datetime.timedelta(days=6)
LONGEST_SENTENCE = 400


class ItemRows(forms.Widget):
    """Inputs `item-ID-position`, `item-ID-sentence`, `item-ID-kept`; programs send a list of objects."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What a program sent as it is, else the rows of the page."""
        if name in data:
            return data.get(name)
        keys = [key.split("-", 1)[1].removesuffix("-position") for key in data if _is_position(key)]
        return [
            {
                "id": key,
                "position": data.get(f"item-{key}-position", ""),
                "sentence": data.get(f"item-{key}-sentence", ""),
                "kept": bool(data.get(f"item-{key}-kept")),
            }
            for key in keys
        ]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Never: no row is a value."""
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        """Drawn by the page itself."""
        return ""


def _is_position(key: str) -> bool:
    return key.startswith("item-") and key.endswith("-position")


class Items(forms.JSONField):
    """Items as {id, position, sentence, kept}, checked one by one."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=ItemRows, required=False, **more)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        """[{id, position, sentence, kept}]."""
        rows = super().clean(value) or []
        if not isinstance(rows, list) or len(rows) > 600 or not all(isinstance(row, dict) for row in rows):
            raise ValidationError(_now("Send a list of items."))
        return [self._one(row) for row in rows]

    @staticmethod
    def _one(row: dict[str, Any]) -> dict[str, Any]:
        place, sentence = str(row.get("position", "")), row.get("sentence") or ""
        try:
            key = uuid.UUID(str(row.get("id", "")))
        except ValueError:
            raise ValidationError(_now("This item is not in the digest.")) from None
        if not place.isdecimal() or len(place) > 3:
            raise ValidationError(_now("Positions are whole numbers, for example 1."))
        if not isinstance(sentence, str) or len(sentence) > LONGEST_SENTENCE or "\x00" in sentence:
            raise ValidationError(_now("A sentence can have up to %(most)s characters.") % {"most": LONGEST_SENTENCE})
        return {"id": key, "position": int(place), "sentence": sentence.strip(), "kept": row.get("kept") is True}


@action(
    "digest.draft",
    model=Digest,
    label=_("Assemble a digest"), done=_("Assembled a digest"),
    policy=policy.may_assemble,
    ends=D.DRAFT,
    takes={
        "week_to": forms.DateField(label=_("Last day of the week"), input_formats=["%Y-%m-%d"],
                                   widget=forms.DateInput(attrs={"type": "date"})),
        "to": Desks(label=pgettext_lazy("field, watch", "To")),
    },
)  # fmt: skip
def draft_digest(actor: Actor, _row: None, *, week_to: datetime.date, to: Iterable[str]) -> Digest:
    """Gather what was open to the community in the seven days to a day, and the bulletins in force.

    For one ministry's desk: what the drafter's party has sent to it in these days.
    """
    if week_to > timezone.now().date():
        raise ValidationError({"week_to": _now("This date is in the future.")})
    desks = _desks(actor, list(to))
    row = Digest(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        changed_by_seat_id=actor.seat_id,
        week_from=week_to - WEEK,
        week_to=week_to,
        to=list(to),
        level=0,
        tlp="CLEAR",
        written_by=[actor.user_id],
    )
    found = queries.candidates(actor, row)
    able = queries.fit(found, desks)
    whole = [one for one in found if set(desks) <= able[queries.key_of(one)]]
    row.level, row.tlp = highest((one.level, one.tlp) for one in whole)
    row.save(force_insert=True)
    DigestItem.objects.bulk_create(
        DigestItem(digest=row, kind=key[0], subject=uuid.UUID(key[1]), position=place, kept=one in whole)
        for place, one in enumerate(whole if row.ministry else found, start=1)
        for key in [queries.key_of(one)]
    )
    share(actor, row, [actor.desk_id], basis="own")
    return row


@action(
    "digest.draft_ministries",
    model=Digest,
    label=_("Assemble digests for ministries"), done=_("Began digests for ministries"),
    policy=policy.may_assemble,
    ends=D.DRAFT,
    takes={
        "week_to": forms.DateField(label=_("Last day of the week"), input_formats=["%Y-%m-%d"],
                                   widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")),
        "to": Ministries(label=pgettext_lazy("field, watch", "Ministries")),
    },
)  # fmt: skip
def draft_ministry_digests(actor: Actor, _row: None, *, week_to: datetime.date, to: Iterable[str]) -> Digest:
    """Begin one for each ministry; those that have one of this week are left as they are."""
    wanted = list(dict.fromkeys(to))
    other = [code for code in wanted if code.partition(".")[2] not in READERS]
    if other:
        raise ValidationError(
            {"to": pgettext("message, watch", "Not ministries: %(codes)s.") % {"codes": ", ".join(other)[:200]}}
        )
    begun = queries.begun(actor, week_to)
    made = [do_also("digest.draft", week_to=week_to, to=[code]) for code in wanted if code not in begun]
    if not made:
        raise ValidationError({"to": _now("All of these already have a digest for this week.")})
    last: Digest = made[-1]
    return last


def _desks(actor: Actor, words: list[str]) -> list[str]:
    codes, unknown = targets.expanded(words)
    if unknown:
        raise ValidationError({"to": _now("No desk has this code: %(codes)s.") % {"codes": ", ".join(unknown)[:200]}})
    desks = [code for code in codes if code != actor.desk_code]
    if not desks:
        raise ValidationError({"to": _now("Choose at least one recipient desk.")})
    if len(desks) > 1 and any(code.partition(".")[2] in READERS for code in desks):
        raise ValidationError({"to": _now("Each ministry has its own digest: choose only one desk.")})
    return desks


@action(
    "digest.arrange",
    model=Digest,
    label=pgettext_lazy("button, watch", "Change"),
    done=_("Arranged a digest"),
    policy=policy.may_arrange,
    starts={D.DRAFT},
    ends=D.DRAFT,
    takes={
        "intro": reason_field(pgettext_lazy("field, watch", "Introduction"), required=False),
        "items": Items(label=pgettext_lazy("field, watch", "Items")),
    },
)
def arrange_digest(actor: Actor, row: Digest, *, intro: str = "", items: list[dict[str, Any]] | None = None) -> Digest:
    """Put the items in order, add a sentence to each, leave some out."""
    row.intro = intro
    row.written_by = sorted({*row.written_by, actor.user_id})
    known = {one.pk: one for one in queries.items(row)}
    for given in items or []:
        one = known.get(given["id"])
        if one is None:
            raise ValidationError({"items": _now("This item is not in the digest.")})
        one.position, one.sentence, one.kept = given["position"], given["sentence"], given["kept"]
    DigestItem.objects.bulk_update(known.values(), ["position", "sentence", "kept"])
    seen = queries.list_digest_items(actor, row)
    row.level, row.tlp = highest((entry.level, entry.tlp) for _item, entry in seen)
    return row


@action(
    "digest.submit",
    model=Digest,
    label=pgettext_lazy("button, watch", "Submit"),
    done=_("Handed a digest in for approval"),
    policy=policy.may_arrange,
    starts={D.DRAFT},
    ends=D.REVIEW,
)
def submit_digest(actor: Actor, row: Digest) -> Digest:
    """Ask for the approval of a second person."""
    row.reason = ""
    return row


@action(
    "digest.return",
    model=Digest,
    label=pgettext_lazy("button, watch", "Return"),
    done=_("Returned a digest"),
    policy=policy.may_approve,
    starts={D.REVIEW},
    ends=D.DRAFT,
    takes={"text": reason_field(_("What must change"))},
)
def return_digest(actor: Actor, row: Digest, *, text: str) -> Digest:
    """Send it back to who drafted it."""
    row.reason = text
    return row


@action(
    "digest.discard",
    model=Digest,
    label=pgettext_lazy("button, watch", "Discard"),
    done=_("Discarded a digest"),
    policy=policy.may_arrange,
    starts={D.DRAFT},
    ends=D.DISCARDED,
    danger=True,
)
def discard_digest(actor: Actor, row: Digest) -> Digest:
    """Give up a digest that was never issued."""
    return row


@action(
    "digest.issue",
    model=Digest,
    label=_("Approve and issue"),
    done=_("Approved and issued a digest"),
    policy=policy.may_approve,
    starts={D.REVIEW},
    ends=D.ISSUED,
)
def issue_digest(actor: Actor, row: Digest) -> Digest:
    """Issue it to those who may have every item; what was recalled meanwhile drops out."""
    now = timezone.now()
    seen = {item.pk for item, _entry in queries.list_digest_items(actor, row)}
    DigestItem.objects.filter(digest=row, kept=True).exclude(pk__in=seen).update(gone_at=now)
    desks = _desks(actor, list(row.to))
    kept = [one for one in queries.items(row) if one.kept and one.gone_at is None]
    found = queries.pointed_to(kept)
    row.level, row.tlp = highest((one.level, one.tlp) for one in found)
    able = queries.fit(found, desks)
    reach, _shut = audience(desks, {"/".join(key): fit for key, fit in able.items()})
    ceilings = Desk.objects.filter(code__in=reach, function__max_level__gte=row.level)
    groups = list(ceilings.values_list("pk", flat=True))
    if not groups:
        raise ValidationError(
            _now("No desk may receive all of these items. Leave some out, or choose another audience.")
        )
    row.number = f"RIFC/DG/{now.year}/{next_in(f'watch:digest:{now.year}'):04d}"
    row.approved_by_id, row.issued_at = actor.user_id, now
    share(actor, row, groups, basis="digest")
    _document(actor, row, groups, now)
    emit("watch.digest_issued", row, {"number": row.number, "level": row.level, "desks": sorted(groups)})
    return row


def _document(actor: Actor, row: Digest, groups: list[int], now: datetime.datetime) -> None:
    """Render what all of the audience may have, and hand it out; the reports counted stay on the row."""
    kept = [one for one in queries.items(row) if one.kept and one.gone_at is None]
    desks = list(Desk.objects.filter(pk__in=groups).values_list("code", flat=True))
    found = queries.pointed_to(kept)
    entries = {queries.key_of(one): queries.entry_of(one) for one in found}
    # of a ministry's week only what its drafter sent is counted: the rest is the ministry's own to know
    reports = found if row.ministry else list(queries.community_reports(Report.objects.all(), row))
    able = queries.fit(reports, desks)
    counted = [one for one in reports if set(desks) <= able[queries.key_of(one)]]
    row.counted, row.edition = sorted({one.thread for one in counted}, key=str), row.edition + 1
    shown = [(one, entries[key]) for one in kept if (key := (one.kind, str(one.subject))) in entries]
    document = printed_documents.make_digest_document(row, shown, queries.figures(counted), now)
    for fmt, data in (("pdf", to_pdf(document)), ("docx", to_docx(document))):
        issue_document(
            actor,
            kind="watch.digest",
            record=row,
            number=row.number,
            title=document.title,
            fmt=fmt,
            data=data,
            content_hash=content_hash(document),
            public=False,
            groups=groups,
            desk_id=row.owner_id,
            at=now,
        )


@action(
    "digest.rebuild",
    model=Digest,
    label=pgettext_lazy("button, watch", "Rebuild"),
    done=_("Rebuilt a digest without a recalled item"),
    policy=policy.is_clock,
    starts={D.ISSUED},
    ends=D.ISSUED,
    automatic=True,
)
def rebuild_digest(actor: Actor, row: Digest) -> Digest:
    """Take the document back, because something in it was recalled, and issue it without that."""
    now = timezone.now()
    if queries.holds(row):
        return row
    desks = queries.audience_desks(row)
    groups, codes = [desk.pk for desk in desks], {desk.code for desk in desks}
    kept = [one for one in queries.items(row) if one.kept and one.gone_at is None]
    able = queries.fit(queries.pointed_to(kept), codes)
    gone = [one.pk for one in kept if not codes <= able.get((one.kind, str(one.subject)), frozenset())]
    DigestItem.objects.filter(pk__in=gone).update(gone_at=now)
    withdraw(row, reason=_now("An item was withdrawn; a new version replaces this one."))
    _document(actor, row, groups, now)
    emit(
        "watch.digest_rebuilt",
        row,
        {"number": row.number, "level": row.level, "desks": sorted({*groups, row.owner_id}), "step": str(row.edition)},
    )
    others = [one for one in queries.stale() if one.pk != row.pk]
    if others:
        emit("watch.digest_stale", others[0])
    return row
