"""Switching sources, and the demonstration's simulator."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, do_also, emit
from apps.access.refusal import Refused
from apps.gateway import policy
from apps.gateway.actions.findings import forget_entries
from apps.gateway.models import Source
from apps.gateway.refusals import Refusals
from apps.gateway.simulator.state import MODES, write_modes
from apps.screening.models import Entry, WatchList

S = Source.State
LIST_NAMES = {"persons": "INTERPOL nominals", "documents": "INTERPOL stolen and lost documents"}
LIST_KINDS = {"persons": WatchList.Kind.NOMINALS, "documents": WatchList.Kind.DOCUMENTS}


@action(
    "source.switch_on",
    model=Source,
    label=pgettext_lazy("button, gateway", "Switch on"),
    done=_("Switched a source on"),
    policy=policy.may_switch,
    starts={S.UNCONNECTED, S.OFF},
    ends=S.ON,
    takes={"why": forms.CharField(label=pgettext_lazy("field, gateway", "Reason"), max_length=300)},
)
def switch_on_source(actor: Actor, source: Source, *, why: str) -> Source:
    """Let a source be asked; everybody still to arrive is asked about. Its list is opened the first time."""
    if source.list_id is None:
        fields: dict[str, Any] = {"name": LIST_NAMES[source.kind], "kind": LIST_KINDS[source.kind]}
        source.list = do_also("list.open", code=f"{actor.party_code}-{source.code}", **fields)
    source.since, source.why = timezone.now(), why.strip()
    emit("source.opened", source)
    return source


@action(
    "source.switch_off",
    model=Source,
    label=pgettext_lazy("button, gateway", "Switch off"),
    done=_("Switched a source off"),
    policy=policy.may_switch,
    starts={S.ON},
    ends=S.OFF,
    takes={"why": forms.CharField(label=pgettext_lazy("field, gateway", "Reason"), max_length=300)},
    danger=True,
)
def switch_off_source(actor: Actor, source: Source, *, why: str) -> Source:
    """Ask a source no more. Travellers without an answer are shown as not asked; answers stay as long as allowed."""
    source.since, source.why = timezone.now(), why.strip()
    return source


@action(
    "source.rehearse",
    model=Source,
    label=_("Simulate a fault"),
    done=_("Changed the simulator of a source"),
    policy=policy.may_rehearse,
    starts=set(S),
    ends=list(S),
    takes={
        "mode": forms.ChoiceField(
            label=pgettext_lazy("field, gateway", "Simulator"), choices=[(code, words) for code, words in MODES.items()]
        )
    },
)
def rehearse_source(actor: Actor, source: Source, *, mode: str) -> Source:
    """Tell the demonstration's simulator how to behave for this source; Refused outside the demonstration."""
    if not settings.DEMO:
        raise Refused("wrong-state", Refusals.ONLY_IN_DEMONSTRATION, record=source)
    write_modes(settings.INTERPOL_SIMULATOR, {source.code: mode})
    return source


@action(
    "source.forget",
    model=Source,
    label=pgettext_lazy("button, gateway", "Remove"),
    done=_("Deleted whom ended entries meant"),
    policy=policy.may_ask,
    starts=set(S),
    ends=list(S),
    automatic=True,
)
def erase_ended_questions(actor: Actor, source: Source, *, entries: Sequence[Entry]) -> Source:
    """Take out of ended entries whom they meant, once nobody works with them."""
    forget_entries(actor, entries)
    return source
