"""Sealing the text of a version, as a part of writing it; and what follows for its approval and its recipients."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.refusal import Refused
from apps.rifc.models import Opening, ReadLog, ReleasedShare, Report, SealedShare, SealedText
from apps.rifc.queries import sealed_texts as queries
from apps.rifc.queries import texts
from apps.rifc.refusals import Refusals
from apps.rifc.rules.facts import SECRET
from apps.sealing.models import HolderKey
from apps.sealing.queries import holders_of, seals
from apps.sealing.rules import envelopes

HIDDEN = SealedText.PLACEHOLDER
OPENED = "opened"
"""The channel of a reading for which two holders released their shares."""

FAULTS = {
    "form": _("This is not a sealed text. Seal it again on the page, or with the program of holders."),
    "body": _("The sealed text is incomplete. Seal it again."),
    "bytes": _("Part of the sealed text cannot be read. Seal it again."),
    "shares": _("The shares of the key have the wrong form. Seal the text again."),
    "author": _("The author's own key to the draft is missing. Seal the text again."),
}


class Sealed(forms.JSONField):
    """An envelope (apps.sealing.rules.envelopes)."""

    def __init__(self) -> None:
        super().__init__(label=pgettext_lazy("field, rifc", "Sealed text"), required=False, widget=forms.HiddenInput)

    def clean(self, value: Any) -> Any:
        """The envelope; None without one."""
        given = super().clean(value)
        if given in (None, ""):
            return None
        try:
            return envelopes.read_envelope(given)
        except ValueError as wrong:
            raise ValidationError(FAULTS[str(wrong)]) from wrong


def sealing_fields() -> dict[str, forms.Field]:
    """What everything that writes a version takes besides its text."""
    return {
        "sealed": Sealed(),
        "kept_open": forms.CharField(
            label=_("Why the text is not sealed"),
            required=False,
            max_length=300,
            help_text=_("for the highest level, where your State has keys: for example that a recipient has none"),
        ),
    }


def settle(row: Report, given: dict[str, Any], paragraphs: list[dict[str, Any]]) -> None:
    """Set on the row whether its text is sealed; `row.envelope` is what is to be kept. Errors at their fields.

    A State with keys has its texts of the highest level sealed, or says why not. Beside an envelope nothing of the
    text may come in clear.
    """
    envelope = given.get("sealed")
    row.sealed, row.envelope = envelope is not None, envelope
    could_be = envelope is None and row.level >= SECRET
    row.kept_open = (given.get("kept_open") or "") if could_be else ""
    if envelope is None:
        _refuse_unsealed(row, paragraphs)
        return
    if row.level < SECRET:
        raise ValidationError({"sealed": _now("Only texts of the highest level are sealed.")})
    clear = [one for one in paragraphs if one["text"] != HIDDEN or one["source_ref"]]
    if clear or given.get("summary") not in {None, "", HIDDEN}:
        said = _now("A part of the text came in clear beside the sealed one. Nothing is kept.")
        raise ValidationError({"sealed": said})
    if envelope.count != len(paragraphs):
        raise ValidationError({"sealed": _now("The sealed text has another number of paragraphs than the form.")})
    row.summary = HIDDEN
    _refuse_wrong_holders(row.originator_id, envelope.shares)


def _refuse_unsealed(row: Report, paragraphs: list[dict[str, Any]]) -> None:
    if any(one["text"] == HIDDEN for one in paragraphs):
        said = _now("A paragraph is marked as sealed, but no sealed text came with it. Write it again, or remove it.")
        raise ValidationError({"paragraphs": said})
    if row.summary == HIDDEN:
        row.summary = ""  # what was sealed before is not sealed any more
    if row.level >= SECRET and not row.kept_open and seals(row.originator_id):
        said = _now("Texts of this level are sealed under your State's keys. Seal it, or say why it is not.")
        raise ValidationError({"kept_open": said})


def _refuse_wrong_holders(originator: str, shares: dict[str, tuple[envelopes.Share, ...]]) -> None:
    """Each State named gets a share for each key that it has in force, no more and no less."""
    holders = holders_of({originator, *shares})
    if originator not in holders:
        raise ValidationError({"sealed": _now("Your State has not enough keys in force: three at least.")})
    wrong = [
        party
        for party in {originator, *shares}
        if {one.pk for one in holders.get(party, [])} != {one.key for one in shares.get(party, ())}
    ]
    if wrong:
        said = _now("The keys of %(parties)s have changed. Reload the page and seal the text again.")
        raise ValidationError({"sealed": said % {"parties": ", ".join(sorted(wrong))}})


def refuse_files(row: Report, file: Any) -> None:
    """A version with a sealed text has no files: they would lie beside it in clear."""
    if row.sealed and (file is not None or texts.files(row)):
        said = _now("A file would be kept in clear. Put what it says into the sealed text, or remove the file first.")
        raise ValidationError({"file": said})


def keep(actor: Actor, row: Report) -> None:
    """Keep the envelope in place of the one before."""
    SealedText.objects.filter(report=row).delete()
    if not row.sealed:
        return
    envelope: envelopes.Envelope = row.envelope
    if SealedText.objects.filter(text_id=envelope.id).exists():
        raise ValidationError({"sealed": _now("This text is already stored. Seal it again.")})
    text = SealedText.objects.create(
        report=row, text_id=envelope.id, body=envelope.body, author=envelope.author, made_by_id=actor.user_id
    )
    holders = holders_of(envelope.shares)
    for party, shares in envelope.shares.items():
        keep_shares(text, party, shares, holders[party])


def keep_shares(
    text: SealedText, party: str, shares: Iterable[envelopes.Share], holders: list[HolderKey]
) -> list[SealedShare]:
    """Keep shares of a party, one for each of its keys in force."""
    users = {key.pk: key.user_id for key in holders}
    rows = [
        SealedShare(
            text=text,
            party_id=party,
            key_id=one.key,
            holder_id=users[one.key],
            x=one.x,
            check_hash=one.check,
            enc=one.wrapped.enc,
            share=one.wrapped.share,
        )
        for one in shares
    ]
    return list(SealedShare.objects.bulk_create(rows))


def carry_sealed_text(row: Report, made: Report) -> None:
    """The same sealed text with the next version that says the same: it opens with the same shares."""
    text = queries.text_of(row)
    if text is None:
        return
    shares = list(SealedShare.objects.filter(text=text))
    again = SealedText.objects.create(report=made, text_id=text.text_id, body=text.body, made_by_id=text.made_by_id)
    for one in shares:
        one.pk, one.text = SealedShare._meta.pk.get_default(), again
        one._state.adding = True
    SealedShare.objects.bulk_create(shares)


def refuse_unread(actor: Actor, row: Report) -> None:
    """Who approves has opened and read the text as it is now."""
    text = queries.text_of(row) if row.sealed else None
    if text is None:
        return
    read = ReadLog.objects.filter(report=row, user_id=actor.user_id, channel=OPENED, at__gte=text.at)
    if not read.exists():
        raise Refused("wrong-state", Refusals.OPEN_SEALED_FIRST, record=row)


def forget_author(row: Report) -> None:
    """Once it is approved its author opens it like everybody else: with two holders."""
    SealedText.objects.filter(report=row).update(author=None)


def not_sealed_for(row: Report, parties: Iterable[str]) -> list[str]:
    """Parties of these that could not open the text of a version; none where it is not sealed."""
    if not row.sealed:
        return []
    return sorted(set(parties) - queries.parties_of(row))


def refuse_keyless(row: Report, parties: Iterable[str], at: str = "to") -> None:
    """ValidationError at a field for parties that could not open the text."""
    missing = not_sealed_for(row, parties)
    if missing:
        said = _now(
            "%(parties)s could not open the text: it is not sealed for them. Open it and seal it for them, leave them "
            "out, or write a version that is kept as before and say why."
        )
        raise ValidationError({at: said % {"parties": ", ".join(missing)}})


def end_openings(reports: Iterable[Report]) -> None:
    """As a part of taking versions back: of what holders released for them nothing is left."""
    live = Opening.objects.filter(report__in=list(reports), state__in=[Opening.State.ASKED, Opening.State.OPEN])
    ReleasedShare.objects.filter(opening__in=live).delete()
    live.update(state=Opening.State.OVER)
