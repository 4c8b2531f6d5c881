"""Who reads what of the sharing of reports: the rule of apps.rifc.rules.release once more, in SQL."""

from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now, TruncDate
from guardian.utils import get_group_obj_perms_model

from apps.access.actor import Actor
from apps.access.managers import PartQuerySet, ScopedQuerySet, permission_id
from apps.rifc import policy
from apps.rifc.rules import facts
from apps.sealing.policy import HOLDING_LEVEL

OPEN_TLP = (facts.GREEN, facts.CLEAR)
NEVER_SHARED = sorted(facts.WORKING)
OF_OWN_REPORT = """EXISTS (
  SELECT 1 FROM rifc_report of_row WHERE of_row.id = {row}.report_id AND of_row.originator_id = {party})"""
"""In a bound: that the row is about a report of the seat's own party."""


class ReferenceQuerySet(models.QuerySet[Any]):
    """Lists, schemes and the membership of the MoU: everybody reads them."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All rows; none without an actor."""
        return self.none() if actor is None else self


def addressed_to(actor: Actor) -> Q:
    """Rows of receipts and answers that are the actor's: their desk's, or their own by name."""
    return Q(desk_id=actor.desk_id, user=None) | Q(user_id=actor.user_id)


def _today() -> Any:
    return TruncDate(Now())


def mou_in_force(actor: Actor) -> Exists:
    """That the MoU is in force for the actor's party today."""
    rows = apps.get_model("rifc", "MouMembership")._default_manager.filter(
        party_id=actor.party_code, in_force_from__lte=_today()
    )
    return Exists(rows.filter(Q(in_force_to=None) | Q(in_force_to__gt=_today())))


def is_associate(actor: Actor) -> Exists:
    """That the actor's party is an Associate Member today."""
    rows = apps.get_model("people", "PartyPeriod")._default_manager.filter(
        party_id=actor.party_code, kind="associate_member", valid_from__lte=_today()
    )
    return Exists(rows.filter(Q(valid_to=None) | Q(valid_to__gt=_today())))


class ReportQuerySet(ScopedQuerySet):
    """Versions of reports. The conditions stand in the order of the rule and carry its codes.

    What a desk was sent is looked up for each version: the second condition on its key, which adds nothing, keeps
    PostgreSQL from hashing all that the desk ever got first (of 200,000 reports, 50 against 2 ms for a list).
    """

    bound: ClassVar[str] = """{cleared} AND ({row}.owner_id = {desk} OR {row}.originator_id = {party}
  OR {row}.tlp IN ('GREEN', 'CLEAR') OR {held} OR EXISTS (
    SELECT 1 FROM rifc_namedperson n WHERE n.report_id = {row}.id AND n.user_id = {user} AND n.withdrawn_at IS NULL))"""

    def visible_to(self, actor: Actor | None, perm: str = "view", before: Any = None) -> Self:
        """Versions that the actor sees in full now; `before` (a key) bounds the page and the grants alike."""
        if actor is None or policy.roles_of(actor) & {facts.ADMIN}:  # V01
            return self.none()
        own_desk, listed = Q(owner_id=actor.desk_id), self._listed(actor, perm, before)
        received = Q(recalled_at=None) & self._may_receive(actor) & (listed | self._community(actor))  # V10, V12, V11
        shared = ~Q(state__in=NEVER_SHARED) & (self._own_party(actor, listed) | received)
        rows = self._cleared(actor, before).filter(own_desk | shared)  # V03
        if actor.via == "api":  # C01: programs of recipients
            by_machine = ~Q(tlp=facts.RED) & ~Q(handling__contains=["NOAUTO"]) & Q(level__lt=facts.SECRET)
            rows = rows.filter(own_desk | by_machine)
        return rows

    def tombstones_for(self, actor: Actor | None) -> Self:
        """Versions that the actor had and has no more: recalled, or their own entry withdrawn (V10)."""
        if actor is None or policy.roles_of(actor) & {facts.ADMIN}:
            return self.none()
        listed = self._listed(actor, "view", None)
        had = listed | self._dropped(actor)
        gone = (~Q(recalled_at=None) & had) | (Q(recalled_at=None) & self._dropped(actor) & ~listed)
        own = Q(originator_id=actor.party_code)
        kept = Q(owner_id=actor.desk_id) | self._own_party(actor, listed) | (own & ~Q(tlp__in=OPEN_TLP))
        rows = self._cleared(actor, None).exclude(state__in=NEVER_SHARED)
        return rows.filter(gone & self._may_receive(actor) & ~kept)

    def _own_party(self, actor: Actor, listed: Q) -> Q:
        """V05, V06, V07: the desks it went to and, but for RED, the point of contact and the releasing officers."""
        own = Q(originator_id=actor.party_code)
        if policy.roles_of(actor) & {facts.NPC, facts.RELEASING}:
            return own & (~Q(tlp=facts.RED) | listed)
        return own & listed

    def _cleared(self, actor: Actor, before: Any) -> Self:
        """V04, and V02: without the MoU only one's own party's and what is CLEAR. What was emptied is nobody's."""
        rows = self.filter(purged_at=None) if before is None else self.filter(purged_at=None, pk__lt=before)
        mou = Q(originator_id=actor.party_code) | Q(tlp=facts.CLEAR) | Q(mou_in_force(actor))
        return rows.filter(mou, level__lte=actor.clearance)

    def _listed(self, actor: Actor, perm: str, before: Any) -> Q:
        """Sent to the actor: to their desk, and a RED one to themselves by name."""
        model: Any = self.model
        grants: Any = get_group_obj_perms_model(model)
        held = grants.objects.filter(
            content_object_id=OuterRef("pk"),
            group_id__in=actor.groups,
            permission_id=permission_id(model, perm),
            until__gt=Now(),
            content_object_id__lte=OuterRef("pk"),  # see ReportQuerySet
        )
        if before is not None:
            held = held.filter(content_object_id__lt=before)
        named = apps.get_model("rifc", "NamedPerson")._default_manager.filter(
            report=OuterRef("pk"), user_id=actor.user_id, withdrawn_at=None
        )
        return (~Q(tlp=facts.RED) & Q(Exists(held))) | (Q(tlp=facts.RED) & Q(Exists(named)))

    def _may_receive(self, actor: Actor) -> Q:
        """V08 and V09."""
        eyes = Q(eyes=[]) | Q(eyes__contains=[actor.party_code])
        return eyes & (~Q(handling__contains=["NOASSOC"]) | ~Q(is_associate(actor)))

    def _community(self, actor: Actor) -> Q:
        """V11, but for those whose own entry was withdrawn."""
        if actor.function not in policy.CISNET:
            return Q(pk__in=[])
        closed = Q(handling__overlap=sorted(facts.CLOSES_COMMUNITY))
        return Q(tlp__in=OPEN_TLP, orcon=False) & ~closed & ~self._dropped(actor)

    def _dropped(self, actor: Actor) -> Q:
        """Had it: a withdrawn entry, or a recall that follows what another recipient passed on."""
        mine = addressed_to(actor)
        receipts = apps.get_model("rifc", "Receipt")._default_manager.filter(
            mine, report=OuterRef("pk"), report_id__lte=OuterRef("pk"), state="withdrawn"
        )
        acks = apps.get_model("rifc", "RecallAck")._default_manager.filter(mine, report=OuterRef("pk"))
        return Q(Exists(receipts)) | Q(Exists(acks))


class SourceQuerySet(models.QuerySet[Any]):
    """True references of sources: the handlers of the desk itself; the database keeps them to that desk as well."""

    def visible_to(self, actor: Actor | None) -> Self:
        """Those of the actor's own desk, for who handles its sources (C06)."""
        if actor is None or facts.SOURCES not in policy.roles_of(actor):
            return self.none()
        return self.filter(desk_id=actor.desk_id)


def _originator_sees(actor: Actor) -> Q:
    """Rows about reports of one's own party that one sees oneself (C07); not RED ones of another desk."""
    reports = apps.get_model("rifc", "Report")._default_manager.visible_to(actor)
    return Q(Exists(reports.filter(pk=OuterRef("report_id"), originator_id=actor.party_code)))


class ReceiptQuerySet(PartQuerySet):
    """What was sent to whom, and what they did with it: the originator, and each recipient their own."""

    bound: ClassVar[str] = (
        "{row}.desk_id = {desk} OR {row}.user_id = {user} OR {row}.added_by_seat_id = {seat} OR " + OF_OWN_REPORT
    )

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """One's own desk's or one's own by name; the originator's; all for the portal's clock."""
        if actor is None:
            return self.none()
        rows = self if before is None else self.filter(pk__lt=before)
        if policy.is_clock(actor, None):
            return rows
        mine = addressed_to(actor)
        passed_on = Q(basis="internal-forward", added_by_seat_id=actor.seat_id)
        return rows.filter(mine | passed_on | _originator_sees(actor))


class ReadLogQuerySet(PartQuerySet):
    """Who read what: the originator of it, and everybody their own readings."""

    bound: ClassVar[str] = "{row}.user_id = {user} OR " + OF_OWN_REPORT

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """One's own readings; those of reports of one's own party (C07)."""
        if actor is None:
            return self.none()
        rows = self if before is None else self.filter(pk__lt=before)
        return rows.filter(Q(user_id=actor.user_id) | _originator_sees(actor))


class RequestQuerySet(ScopedQuerySet):
    """Requests to pass a report on: the desk that asked, and the originators who decide."""

    bound: ClassVar[str] = """{cleared} AND ({row}.owner_id = {desk}
  OR {row}.report_desk_id = {desk} OR {party} = ANY ({row}.originators))"""

    def visible_to(self, actor: Actor | None, perm: str = "view", before: Any = None) -> Self:
        """One's own desk's; those of which one's party decides a part; all for the portal's clock."""
        if actor is None or policy.roles_of(actor) & {facts.ADMIN}:
            return self.none()
        rows = self if before is None else self.filter(pk__lt=before)
        if policy.is_clock(actor, None):
            return rows
        rows = rows.filter(level__lte=actor.clearance)
        deciding = Q(report_desk_id=actor.desk_id)
        if policy.roles_of(actor) & {facts.NPC, facts.RELEASING}:
            deciding |= Q(originators__contains=[actor.party_code])
        return rows.filter(Q(owner_id=actor.desk_id) | deciding)


class DecisionQuerySet(models.QuerySet[Any]):
    """What each originator said: their reasons are their own, the requester reads the answer."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """One's own party's; for the desk that asked, all of its request."""
        if actor is None:
            return self.none()
        requests = apps.get_model("rifc", "ReleaseRequest")._default_manager.visible_to(actor)
        mine = Q(party_id=actor.party_code) | Q(request__owner_id=actor.desk_id)
        return self.filter(mine & Q(Exists(requests.filter(pk=OuterRef("request_id")))))


class AckQuerySet(PartQuerySet):
    """What recipients of a recalled report said of their copies: the originator's, and each their own."""

    bound: ClassVar[str] = "{row}.desk_id = {desk} OR {row}.user_id = {user} OR " + OF_OWN_REPORT

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """One's own desk's or one's own by name; the originator's; all for the portal's clock."""
        if actor is None:
            return self.none()
        rows = self if before is None else self.filter(pk__lt=before)
        if policy.is_clock(actor, None):
            return rows
        mine = addressed_to(actor)
        return rows.filter(mine | _originator_sees(actor))


class UseQuerySet(PartQuerySet):
    """What recipients say of reports: the originator, and each desk its own."""

    bound: ClassVar[str] = "{row}.desk_id = {desk} OR " + OF_OWN_REPORT

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """One's own desk's; those of reports of one's own party; all for the portal's clock, which counts them."""
        if actor is None:
            return self.none()
        rows = self if before is None else self.filter(pk__lt=before)
        if policy.is_clock(actor, None):
            return rows
        return rows.filter(Q(desk_id=actor.desk_id) | _originator_sees(actor))


class BalanceQuerySet(models.QuerySet[Any]):
    """What parties give and get: each its own, and the region's median."""

    def visible_to(self, actor: Actor | None) -> Self:
        """One's own party's for the desks that speak for it, and medians of the region."""
        if actor is None:
            return self.none()
        if policy.is_clock(actor, None):
            return self
        if not policy.may_see_balance(actor, None):
            return self.none()
        return self.filter(Q(party=None) | Q(party_id=actor.party_code))


class FlowQuerySet(models.QuerySet[Any]):
    """What parties give each other: the region as a whole for RIFC, and each party what it gives and gets itself."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All for RIFC's desks and the clock; one's own party's for the desks that speak for it."""
        if actor is None:
            return self.none()
        if policy.sees_region(actor) or policy.is_clock(actor, None):
            return self
        if not policy.may_see_balance(actor, None):
            return self.none()
        return self.filter(Q(giver_id=actor.party_code) | Q(receiver_id=actor.party_code))


class SealedShareQuerySet(PartQuerySet):
    """Shares of keys of texts: a holder's own, and those of texts that one sees; none opens by itself."""

    bound: ClassVar[str] = """{row}.party_id = {party} OR EXISTS (
  SELECT 1 FROM rifc_sealedtext of_row JOIN rifc_report r ON r.id = of_row.report_id
  WHERE of_row.id = {row}.text_id AND r.originator_id = {party})"""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """One's own for one's State; of texts that one sees those of one's own party, for the originator all."""
        if actor is None:
            return self.none()
        rows = self if before is None else self.filter(pk__lt=before)
        texts = apps.get_model("rifc", "SealedText")._default_manager.visible_to(actor)
        seen = texts.filter(pk=OuterRef("text_id"))  # asked apart: a join would lose shares of texts beyond the level
        ours = Q(Exists(seen), party_id=actor.party_code)
        originated = Q(Exists(seen.filter(report__originator_id=actor.party_code)))
        return rows.filter(Q(holder_id=actor.user_id, party_id=actor.party_code) | ours | originated)


class OpeningQuerySet(PartQuerySet):
    """Who asks to read a sealed text: they themselves, the holders of their State, and the originator."""

    bound: ClassVar[str] = "{row}.party_id = {party} OR " + OF_OWN_REPORT

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """One's own; where one holds a share and is cleared to hold; the originator's; all for the portal's clock."""
        if actor is None:
            return self.none()
        rows = self if before is None else self.filter(pk__lt=before)
        if policy.is_clock(actor, None):
            return rows
        shares = apps.get_model("rifc", "SealedShare")._default_manager.filter(
            text_id=OuterRef("text_id"), party_id=actor.party_code, holder_id=actor.user_id
        )
        mine = Q(user_id=actor.user_id, party_id=actor.party_code)
        if actor.clearance >= HOLDING_LEVEL:
            mine |= Q(Exists(shares), party_id=actor.party_code)
        return rows.filter(mine | _originator_sees(actor))
