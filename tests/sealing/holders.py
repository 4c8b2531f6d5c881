"""Holders of a State's keys, and what their browsers do: by the program of holders, which does the same."""

import uuid
from dataclasses import dataclass
from typing import Any

from apps.people.models import User
from apps.rifc.actions import drafts, openings
from apps.rifc.models import Opening, Report, SealedShare, SealedText
from apps.sealing import actions
from apps.sealing.holder import caricom_holder as program
from apps.sealing.models import HolderKey
from apps.sealing.queries import for_scripts, holders_of
from apps.sealing.rules import envelopes
from tests.rifc.people import GIVEN, paragraph

HIDDEN = SealedText.PLACEHOLDER
BARBADOS = ("brb.intelligence.officer", "brb.intelligence.head", "brb.contact.officer")
JAMAICA = ("jam.intelligence.officer", "jam.intelligence.head", "jam.contact.officer")
ADMINS = {"BRB": "brb.administration.administrator", "JAM": "jam.administration.administrator"}
WORDS = ("Marlinspike", "Quicksilver", "Ferrymansgate")
"""What no table, index, log or copy may hold; each stands in another part of the text."""

TEXT: dict[str, Any] = {
    "summary": f"Operation {WORDS[0]} begins.",
    "paragraphs": [{"text": f"The {WORDS[1]} lies at anchor."}, {"text": f"{WORDS[2]} is the meeting place."}],
}


@dataclass
class Holder:
    """A holder with their key and its row."""

    name: str
    key: program.FileKey
    row: HolderKey


def proposed(cast: Any, name: str, key: program.FileKey | None = None) -> Holder:
    """A holder whose key waits for a second person."""
    own = key or program.FileKey()
    row = actions.propose_holder_key(cast[name], None, public=program.said(own.public), kept="file", why="Order 12")
    return Holder(name, own, row)


def confirmed(cast: Any, holder: Holder) -> Holder:
    """The same once an administrator of the party was read the fingerprint."""
    admin = cast[ADMINS[holder.row.party_id]]
    said = program.fingerprint(holder.key.public)
    return Holder(holder.name, holder.key, actions.confirm_holder_key(admin, holder.row, fingerprint=said))


def holders(cast: Any, names: tuple[str, ...] = BARBADOS) -> list[Holder]:
    """Three holders of a State in force."""
    User.objects.filter(username__in=names).update(clearance=3)
    for name in names:
        cast.pop(name, None)
    return [confirmed(cast, proposed(cast, name)) for name in names]


def envelope(*parties: str, author: program.FileKey, text: dict[str, Any] = TEXT) -> dict[str, Any]:
    """A text sealed for the holders in force of these parties, as JSON."""
    return program.seal_text(text, for_scripts(holders_of(parties)), author.public)


def given(sealed: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The input of a report whose text is sealed."""
    rows = [paragraph(HIDDEN, portion=3) for _one in range(sealed["count"])]
    return {**GIVEN, "classification": 3, "paragraphs": rows, "sealed": envelopes.read_envelope(sealed)} | more


def a_sealed_draft(cast: Any, *parties: str, author: str = BARBADOS[0], **more: Any) -> tuple[Report, program.FileKey]:
    """(a draft of Barbados with a sealed text, the key of its author's browser)."""
    browser = program.FileKey()
    sealed = envelope("BRB", *parties, author=browser)
    return drafts.draft_rifc_report(cast[author], None, **given(sealed, **more)), browser


def asked(cast: Any, name: str, report: Report) -> tuple[Opening, program.FileKey]:
    """(an opening that somebody asks for, the key of their browser)."""
    browser = program.FileKey()
    public = program.said(browser.public)
    return openings.ask_sealed_opening(cast[name], None, of=report, why="Case 7", public=public), browser


def as_sent(share: SealedShare) -> dict[str, Any]:
    """A share as the page and the API give it to its holder."""
    return {"x": share.x, "check": share.check_hash, "enc": share.enc, "share": share.share}


def release(cast: Any, holder: Holder, opening: Opening) -> Opening:
    """A holder's browser opens their share and encrypts it for the reader."""
    share = SealedShare.objects.get(text=opening.text, holder__username=holder.name)
    text = str(opening.text.text_id)
    made = program.release_share(holder.key, text, opening.party_id, as_sent(share), str(opening.pk), opening.public)
    return openings.release_key_share(cast[holder.name], opening, **made)


def combined(opening: Opening, browser: program.FileKey) -> dict[str, Any]:
    """What the reader's browser makes of what was released for it."""
    from apps.rifc.queries import sealed_texts

    rows = [
        {"x": one.x, "check": one.check_hash, "enc": one.enc, "share": one.share}
        for one in sealed_texts.released(opening)
    ]
    key = program.combine(browser, str(opening.text.text_id), opening.party_id, str(opening.pk), rows)
    return program.open_text({"id": str(opening.text.text_id), "body": opening.text.body}, key)


def new_id() -> str:
    return str(uuid.uuid4())
