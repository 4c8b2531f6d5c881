"""What of an anchor a desk may hold, and whom it is sent to."""

from typing import Any

from apps.access.actor import Actor
from apps.audit.anchors import AnchorFile, Head, proof_of
from apps.audit.managers import REGIONAL, is_regional
from apps.audit.queries import unlike
from apps.oversight.queries.witnesses import signed_by
from apps.people.models import Desk


def sees_all_chains(actor: Actor) -> bool:
    """The region's oversight and the operators hold whole anchors; how long another's chain is tells of its work."""
    return is_regional(actor) or actor.function == "platform"


def own_heads(anchor: Any, actor: Actor) -> tuple[Head, ...]:
    """The chains of an anchor that the desk may see: its party's, or all."""
    if sees_all_chains(actor):
        heads: tuple[Head, ...] = anchor.ends
        return heads
    return tuple(head for head in anchor.ends if head.stream == actor.party_code)


def file_for(anchor: Any, actor: Actor) -> AnchorFile:
    """The anchor as this desk keeps it: whole, or its party's chain with the proof that it stands under the root."""
    if sees_all_chains(actor):
        return anchor.file(anchor.ends, {}, signed_by(anchor))
    return with_proofs(anchor, own_heads(anchor, actor))


def with_proofs(anchor: Any, heads: tuple[Head, ...]) -> AnchorFile:
    """The anchor with some of its chains, each with the proof that it stands under the root, and its witnesses."""
    proofs = {head.stream: proof_of(anchor.ends, head.stream) for head in heads}
    return anchor.file(heads, proofs, signed_by(anchor))  # type: ignore[no-any-return]


def rewritten(anchor: Any, actor: Actor) -> list[Head]:
    """Of the chains that the desk may see those at which the trail no longer says what the anchor holds. One query."""
    return unlike(own_heads(anchor, actor))


def oversight_of(party: str) -> list[str]:
    """The oversight desks of a party and of the region."""
    return [code for code in oversight_desks() if code in {f"{party}.oversight", REGIONAL}]


def oversight_desks() -> list[str]:
    """Codes of all desks that oversee."""
    return list(Desk.objects.filter(function="oversight", active=True).order_by("code").values_list("code", flat=True))
