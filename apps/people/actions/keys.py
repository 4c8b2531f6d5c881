"""Keys of desks for programs: one person asks, a second one of that desk approves, one of the two is shown it, once."""

import hashlib
import re
import secrets
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.declared_actions import action, also, emit
from apps.access.manifest import registry
from apps.access.models import Level
from apps.access.write_guard import writing
from apps.people import policy
from apps.people.actions.approvals import ANSWER
from apps.people.actions.seats import service_seat
from apps.people.models import Desk, DeskToken, Seat
from apps.people.queries import rule

TOKEN_MARK = "ccp_"  # noqa: S105  (the public mark of a key, not a key)
TOKEN_BYTES = 32
LONGEST_TOKEN = timedelta(days=366)
THUMBPRINT = re.compile(r"[A-Za-z0-9_-]{43}")
S = DeskToken.State


def _lines(label: Any, hint: Any) -> forms.CharField:
    """A field of words, one a line."""
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, help_text=hint, widget=widget, max_length=2500, required=False)


@action(
    "token.propose",
    model=DeskToken,
    label=_("Ask for a key"),
    done=_("Asked for a key"),
    policy=policy.may_propose_key,
    ends=S.PROPOSED,
    step_up=True,
    takes={
        "desk": forms.CharField(label=pgettext_lazy("field, people", "Desk"), max_length=40),
        "scope": forms.ChoiceField(label=pgettext_lazy("field, people", "Scope"), choices=DeskToken.Scope.choices),
        "days": forms.IntegerField(
            label=pgettext_lazy("field, people", "Days"), min_value=1, max_value=366, required=False
        ),
        "label": forms.CharField(label=pgettext_lazy("field, people", "Label"), max_length=80, required=False),
        "networks": _lines(
            _("Networks, one per line"),
            _("For example 192.0.2.0/24. None: those from which your party's people sign in, if it has named any."),
        ),
        "verbs": _lines(_("Actions, one per line (empty: all)"), _("For example submission.receive. Reading stays.")),
        "collections": _lines(
            _("Collections, one a line (empty: all)"), _("For example jrcc-hits; also taxii, stream.")
        ),
        "proof_key": forms.CharField(
            label=_("Thumbprint of the program's own key"),
            help_text=_(
                "RFC 7638. The key then works only with a proof by that key (DPoP), and may be valid for 366 days."
            ),
            max_length=43,
            required=False,
        ),
    },
)
def propose_api_key(
    actor: Actor,
    _row: None,
    *,
    desk: str,
    scope: str,
    days: int | None = None,
    label: str = "",
    networks: str = "",
    verbs: str = "",
    collections: str = "",
    proof_key: str = "",
    succeeds: DeskToken | None = None,
    overlap_days: int | None = None,
) -> DeskToken:
    """Ask for a key of a desk; somebody else who decides there approves it, and until then there is no key.

    For desks of one's own party; the platform desk for itself and for carriers, a carrier's people for their own. It
    lives 90 days; longer, up to 366, only if it is bound to the program's own key (`proof_key`). From where and for
    what it is used is a part of what is approved: without networks it is taken from those of the party.
    """
    at = _desk(actor, desk)
    _decided_by_another(actor, at)
    if proof_key and not THUMBPRINT.fullmatch(proof_key):
        raise ValidationError({"proof_key": _("A thumbprint has 43 letters, figures, hyphens and underscores.")})
    now = timezone.now()
    token: DeskToken = DeskToken.objects.create(
        seat=service_seat(at),
        label=label,
        scope=scope,
        state=S.PROPOSED,
        expires_at=now + _life(rule("key_days") if days is None else days, bound=bool(proof_key)),
        proof_key=proof_key,
        maker_seat_id=actor.seat_id,
        lapses_at=now + timedelta(hours=rule("proposal")),
        succeeds=succeeds,
        overlap_days=overlap_days,
    )
    for keep in registry.offered("people.key_purposes").values():
        keep(token, networks=networks, verbs=verbs, collections=collections)
    emit("token.proposed", token)
    return token


def _desk(actor: Actor, code: str) -> Desk:
    """A desk for which the actor may ask for a key; the same ValidationError for every other one."""
    at = Desk.objects.select_related("function").filter(code=code, active=True).first()
    if at is not None:
        own_party = actor.function == "administration" and at.party_id == actor.party_code
        carriers = actor.function == "platform" and at.function_id == "carrier"
        if own_party or carriers or at.pk == actor.desk_id:
            return at
    raise ValidationError({"desk": _("You cannot ask for keys of a desk %(desk)s.") % {"desk": code}})


def _decided_by_another(actor: Actor, at: Desk) -> None:
    """ValidationError where nobody could be the second person."""
    rank = WORKS if at.function_id == "carrier" else DECIDES
    seats = Seat.objects.current().filter(desk=at, kind=Seat.Kind.STANDING, rank__gte=rank)
    if not seats.exclude(user_id=actor.user_id).exists():
        words = _("You are the only approver at the desk %(desk)s: appoint a second one first.")
        raise ValidationError({"desk": words % {"desk": at.code}})


def _life(days: int, *, bound: bool = True) -> timedelta:
    most = rule("key_days")
    if days > most and not bound:
        words = _("A key lives %(most)s days at most, unless it is bound to the program's own key.")
        raise ValidationError({"days": words % {"most": most}})
    if not 1 <= days <= LONGEST_TOKEN.days:
        raise ValidationError({"days": _("Enter a number of days from 1 to 366.")})
    return timedelta(days=days)


@action(
    "token.approve",
    model=DeskToken,
    label=_("Approve the key"),
    done=_("Approved a key"),
    policy=policy.may_approve_key,
    starts={S.PROPOSED},
    ends={S.APPROVED, S.VOID, S.LAPSED},
    step_up=True,
    takes={
        "clearance": forms.TypedChoiceField(
            label=_("Reads up to"),
            help_text=_("Official if you choose nothing; never more than you read yourself at this desk."),
            choices=Level.choices,
            coerce=int,
            empty_value=None,
            required=False,
        )
    },
)
def approve_api_key(actor: Actor, token: DeskToken, *, clearance: int | None = None) -> DeskToken:
    """Approve a key of one's own desk as the second person, up to official or another level that one reads oneself.

    Too late, it lapses. If who asked sits there no longer, it is void.
    """
    if clearance is not None and clearance > actor.clearance:
        raise ValidationError({"clearance": _("A key reads no more than you do at this desk.")})
    token.approver_seat_id, token.decided_at = actor.seat_id, timezone.now()
    if token.has_lapsed:
        token.state = S.LAPSED
    elif not _in_force(token.maker_seat):
        token.state, token.answer = S.VOID, _now("The person who made the request no longer has that appointment.")
    else:
        token.clearance = min(Level.OFFICIAL, actor.clearance) if clearance is None else clearance
        token.state, token.lapses_at = S.APPROVED, token.decided_at + timedelta(hours=rule("proposal"))
    return token


def _in_force(*seats: Seat | None) -> bool:
    wanted = {seat.pk for seat in seats if seat is not None}
    return Seat.objects.current().filter(pk__in=wanted).count() == len(seats)


@action(
    "token.refuse",
    model=DeskToken,
    label=_("Refuse the key"),
    done=_("Refused a key"),
    policy=policy.may_approve_key,
    starts={S.PROPOSED},
    ends=S.REFUSED,
    takes={"answer": ANSWER},
    danger=True,
)
def refuse_api_key(actor: Actor, token: DeskToken, *, answer: str) -> DeskToken:
    """Say no to a key of one's own desk; who asked reads the reason."""
    token.approver_seat_id, token.decided_at, token.answer = actor.seat_id, timezone.now(), answer
    emit("token.refused", token)
    return token


@action(
    "token.withdraw",
    model=DeskToken,
    label=_("Take the key back"),
    done=_("Withdrew the request for a key"),
    policy=policy.may_withdraw_key,
    starts=DeskToken.WAITING,
    ends=S.WITHDRAWN,
)
def withdraw_api_key(actor: Actor, token: DeskToken) -> DeskToken:
    """Take back a key that one asked for and nobody was shown."""
    token.decided_at = timezone.now()
    return token


@action(
    "token.show",
    model=DeskToken,
    label=_("Show the key once"),
    done=_("Was shown a key, once"),
    policy=policy.may_show_key,
    starts={S.APPROVED},
    ends={S.LIVE, S.VOID, S.LAPSED},
    step_up=True,
)
def show_api_key(actor: Actor, token: DeskToken) -> DeskToken:
    """Make the key that two people agreed on and show it to one of them: it is on the row as `.secret`, this once.

    Too late, it lapses. If one of the two sits there no longer, it is void. What it succeeds ends after the overlap.
    """
    if token.has_lapsed:
        token.state, token.decided_at = S.LAPSED, timezone.now()
        return token
    if not _in_force(token.maker_seat, token.approver_seat):
        token.state, token.answer = S.VOID, _now("One of the two no longer has such an appointment.")
        return token
    _make(token)
    token.state = S.LIVE
    if token.succeeds is not None:
        _shorten(token.succeeds, token.overlap_days or 0)
    emit("token.made", token)
    return token


def _make(token: DeskToken) -> None:
    token.secret = TOKEN_MARK + secrets.token_urlsafe(TOKEN_BYTES)
    token.prefix, token.sha256, token.lapses_at = token.secret[:12], digest(token.secret), None


def _shorten(key: DeskToken, days: int) -> None:
    """An end of the old key that comes sooner stays; one that was revoked meanwhile stays revoked."""
    old = DeskToken.objects.select_for_update(of=("self",)).get(pk=key.pk)
    if old.state == S.LIVE:
        old.expires_at = min(old.expires_at, timezone.now() + timedelta(days=days))
        old.save(update_fields=["expires_at"])
        also("token.shorten", old, before=S.LIVE, after=S.LIVE)


@action(
    "token.lapse",
    model=DeskToken,
    label=_("Close the expired request"),
    done=_("Closed an expired request for a key"),
    policy=policy.may_lapse,
    starts=DeskToken.WAITING,
    ends=S.LAPSED,
    automatic=True,
)
def lapse_api_key(actor: Actor, token: DeskToken) -> DeskToken:
    """End a key that nobody has approved, or had shown, in time."""
    token.decided_at = timezone.now()
    return token


@action(
    "token.create",
    model=DeskToken,
    label=_("Create an API key"),
    done=_("Made a key on the command line"),
    policy=policy.may_install,
    ends=S.LIVE,
    automatic=True,
)
def create_api_key(
    actor: Actor,
    _row: None,
    *,
    desk: str,
    scope: str,
    days: int,
    label: str = "",
    clearance: int | None = None,
    operator: str = "",
) -> DeskToken:
    """Make a key on the operators' command line, without a second person: the desk, oversight and the audit hear of it.

    It reads what the desk may read, or less: up to `clearance`. `operator` is who ran the command on the machine.
    The key is on the returned row as `.secret`, this once.
    """
    at = Desk.objects.select_related("function").filter(code=desk, active=True).first()
    if at is None:
        raise ValidationError({"desk": _("There is no desk %(desk)s.") % {"desk": desk}})
    most = at.function.max_level
    token = DeskToken(
        seat=service_seat(at),
        label=label,
        scope=scope,
        expires_at=timezone.now() + _life(days),
        clearance=most if clearance is None else min(clearance, most),
        maker_seat_id=actor.seat_id,
        operator=operator,
    )
    _make(token)
    token.save(force_insert=True)
    emit("token.made", token)
    return token


@action(
    "token.revoke",
    model=DeskToken,
    label=_("Revoke this key"),
    done=_("Revoked a key"),
    policy=policy.may_revoke_token,
    starts={S.LIVE, S.APPROVED},
    ends=S.REVOKED,
    danger=True,
)
def revoke_api_key(actor: Actor, token: DeskToken) -> DeskToken:
    """Make a key useless from now on."""
    return token


@action(
    "token.outlive",
    model=DeskToken,
    label=_("End it with its desk"),
    done=_("Ended a key with its desk"),
    policy=policy.may_lapse,
    starts={S.LIVE, S.APPROVED},
    ends=S.REVOKED,
    automatic=True,
)
def end_orphaned_key(actor: Actor, token: DeskToken) -> DeskToken:
    """End a key whose desk is closed, for good: it opens nothing either when the desk is opened again."""
    token.answer = _now("Its desk was closed.")
    return token


def digest(secret: str) -> str:
    """How a key is stored: SHA-256, hexadecimal. The key has 256 random bits, so no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def used(token: Any) -> None:
    """Note that a key was used, at most once a minute; not an act of anybody, so not an action."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > timedelta(minutes=1):
        with writing("use of a key"):
            first = {"first_used_at": now} if token.last_used_at is None else {}
            DeskToken.objects.filter(pk=token.pk).update(last_used_at=now, **first)
