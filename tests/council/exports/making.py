"""Decisions brought to their seal by a vote in which Haiti and Suriname explain themselves in their own languages."""

import io
from typing import Any

from pypdf import PdfReader

from apps.council.actions import seals, votes
from apps.council.models import AgendaItem, Decision, Meeting
from apps.council.queries import membership
from apps.people.queries import service_actor
from tests.council.people import SECRETARIAT, a_proposal, a_session

HAITI = "Haïti vote pour : la coopération naît de l’échange, où qu’elle s’exerce."
SURINAM = "Suriname stemt vóór: de coördinatie is geëigend, één aanspreekpunt volstaat."
MANAGER = SECRETARIAT


def a_voted(cast: Any, api: Any, **fields: Any) -> Decision:
    """Voted on by everybody: Barbados abstains, Trinidad and Tobago does not vote, all others are for it.

    `votes` gives other votes of States.
    """
    cast_by = {"BRB": "abstain"} | fields.pop("votes", {})
    meeting = fields.pop("meeting", None) or a_session()
    decision = a_proposal(cast, meeting=meeting.pk, **fields)
    decision = votes.open_vote(cast[MANAGER], decision)
    said = {"HTI": HAITI, "SUR": SURINAM}
    for party in membership.roll(meeting.starts_at.date()):
        if party.code != "TTO":
            api(f"{party.code}.ministry")  # a ministry without people votes with its own key
            actor = service_actor(f"{party.code}.ministry", request_id="test")
            votes.cast_vote(actor, decision, vote=cast_by.get(party.code, "for"), explanation=said.get(party.code, ""))
    return votes.close_vote(cast[MANAGER], Decision.objects.get(pk=decision.pk))


def a_sealed(cast: Any, **fields: Any) -> Decision:
    """Adopted by consensus and sealed."""
    meeting = fields.pop("meeting", None) or a_session()
    decision = votes.adopt_decision_by_consensus(cast[MANAGER], a_proposal(cast, meeting=meeting.pk, **fields))
    return seals.seal_decision(cast[MANAGER], decision)


def a_restricted_item(cast: Any, meeting: Meeting, title: str = "Informants") -> AgendaItem:
    """An item that Member States and the Secretariats alone see; the row as the room's actions write it."""
    from apps.access.grants import share
    from apps.council.queries import audience

    item = AgendaItem.objects.create(
        meeting=meeting,
        position=2,
        title=title,
        kind=AgendaItem.Kind.DECISION,
        restricted=True,
        chair_id=meeting.chair_id,
        owner_id=meeting.owner_id,
        originator_id="IMPACS",
        state=AgendaItem.State.DECIDED,
    )
    share(service_actor("IMPACS.automation"), item, audience.members(meeting.starts_at.date()))
    return item


def words_of(pdf: bytes) -> str:
    """The text of a PDF without any white space: lines are broken anywhere within long words."""
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def squeezed(text: str) -> str:
    """A text as `words_of` gives it."""
    return "".join(text.split())
