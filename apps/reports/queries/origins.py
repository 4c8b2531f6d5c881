"""Where a figure comes from: the records of a sentence that the reader may open, each with its page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.access.manifest import registry
from apps.audit.sentences import kind_in_words
from apps.reports.rules import words

MOST = 60


@dataclass(frozen=True, slots=True)
class Origin:
    """One record: what it is, what it says, and its page ("" where it has none)."""

    kind: str
    label: str
    detail: str
    url: str


def _stage(row: Any) -> tuple[str, str]:
    place = row.participation
    said = pgettext("words, reports", "%(party)s: %(stage)s since %(day)s")
    named = {"party": place.party.short_name, "stage": row.get_stage_display(), "day": words.day(row.valid_from)}
    return said % named, row.source


def _stated(row: Any) -> tuple[str, str]:
    said = _("%(n)s of %(of)s, stated on %(day)s") % {"n": row.n, "of": row.of, "day": words.day(row.as_of)}
    return said, row.source


def _period(row: Any) -> tuple[str, str]:
    said = pgettext("words, reports", "%(status)s since %(day)s") % {
        "status": row.get_status_display(),
        "day": words.day(row.valid_from),
    }
    return said, row.source


def _chair(row: Any) -> tuple[str, str]:
    said = pgettext("words, reports", "%(party)s, chair since %(day)s")
    return said % {"party": row.party.short_name, "day": words.day(row.valid_from)}, row.source


def _step(row: Any) -> tuple[str, str]:
    said = pgettext("words, reports", "%(stage)s on %(day)s") % {
        "stage": row.get_stage_display(),
        "day": words.day(row.on),
    }
    return said, row.source


def _action(row: Any) -> tuple[str, str]:
    said = pgettext("words, reports", "%(party)s: %(decision)s, clause %(clause)s")
    named = {"party": row.party.short_name, "decision": row.decision, "clause": row.clause.number}
    return said % named, row.get_state_display()


def _plain(row: Any) -> tuple[str, str]:
    return str(getattr(row, "title", "") or row), str(getattr(row, "source", "") or getattr(row, "legal_basis", ""))


# type: (how to say it, what has to be loaded for that, whose page it is: a path of attributes to its key)
KINDS: dict[str, tuple[Callable[[Any], tuple[str, str]], tuple[str, ...]]] = {
    "region.stageperiod": (_stage, ("participation__party", "participation__system")),
    "region.statedcount": (_stated, ("system",)),
    "region.systemperiod": (_period, ("system",)),
    "region.trackstep": (_step, ("track",)),
    "council.organchair": (_chair, ("party",)),
    "impacs.stateaction": (_action, ("party", "decision", "clause")),
}


def origins(actor: Actor, rows: Iterable[Iterable[str]]) -> list[Origin]:
    """The records that the actor may see, in the order of their kinds. One query for each kind."""
    by_kind: dict[str, list[str]] = {}
    for kind, pk in rows:
        by_kind.setdefault(kind, []).append(pk)
    found: list[Origin] = []
    for kind, keys in by_kind.items():
        model = apps.get_model(kind)
        say, related = KINDS.get(kind, (_plain, ()))
        seen = model._default_manager.visible_to(actor).filter(pk__in=keys)
        for row in (seen.select_related(*related) if related else seen)[:MOST]:
            label, detail = say(row)
            found.append(Origin(kind_in_words(kind), label, detail, find_record_page(kind, row)))
    return sorted(found, key=lambda one: (one.kind, one.label))


# records that are shown on the page of what they belong to: (url name, what names it there)
ELSEWHERE: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "region.stageperiod": ("region:participation", lambda row: row.participation_id),
    "region.statedcount": ("region:number", lambda row: row.system_id),
    "region.system": ("region:system", lambda row: row.pk),
    "region.systemperiod": ("region:system", lambda row: row.system_id),
    "region.trackstep": ("region:track", lambda row: row.track_id),
}


def find_record_page(kind: str, row: Any) -> str:
    """The page that shows a record; "" where there is none."""
    name, named = ELSEWHERE.get(kind, (registry.stream_pages.get(kind, ""), lambda one: one.pk))
    try:
        return reverse(name, args=[named(row)]) if name else ""
    except NoReverseMatch:
        return ""
