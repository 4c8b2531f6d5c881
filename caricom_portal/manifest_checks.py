"""What must hold of the apps' manifests together; part of `manage.py check`, and of each start."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from string import Formatter
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from django.utils.module_loading import autodiscover_modules

from apps.access import outbox
from apps.access.declared_actions import REGISTRY
from apps.access.manifest import App, registry
from apps.notices.models import Event as Notified
from caricom_portal.celery import app as celery
from caricom_portal.checks import TAG

LANES = {outbox.INTAKE, outbox.FAST, outbox.CLOCK, outbox.MAIL, outbox.SLOW}
PERIOD = re.compile(r"[1-9]\d*[smh]|([01]\d|2[0-3]):[0-5]\d")


@register(TAG)
def manifests_hold(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """One error for each thing that a manifest says and that is not so, or that two of them say."""
    return [Error(fault, id="portal.E020") for fault in faults(registry.apps)]


def faults(apps: Mapping[str, App]) -> Iterator[str]:
    """Sentences; none where all is well."""
    return chain.from_iterable(rule(list(apps.values())) for rule in RULES)


def _not_found(apps: Iterable[App]) -> Iterator[str]:
    for app in apps:
        for place in app.places_named():
            try:
                app.found(place)
            except (ImportError, AttributeError) as missing:
                yield f"{app.name} names {place}, which is not there: {missing}"


def _no_address(apps: Iterable[App]) -> Iterator[str]:
    for name, view in ((app.name, tab.name) for app in apps for tab in app.tabs):
        try:
            reverse(view)
        except NoReverseMatch:
            yield f"{name} has a tab for {view}, and no page has this name."


def _no_act(apps: Iterable[App]) -> Iterator[str]:
    registry.declare()
    names = set(_names(get_resolver()))
    for app in apps:
        for verb, name in app.acts.items():
            if not getattr(REGISTRY.get(verb), "creates", False):
                yield f"{app.name} offers {verb}, which begins nothing."
            if name not in names:
                yield f"{app.name} offers {verb} at {name}, and no page has this name."


def _no_page(apps: Iterable[App]) -> Iterator[str]:
    names = set(_names(get_resolver()))
    for owner, kind, name in ((app.name, *said) for app in apps for said in app.stream_pages.items()):
        if name not in names:
            yield f"{owner} says that {kind} has its page at {name}, and no page has this name."


def _names(resolver: Any, within: tuple[str, ...] = ()) -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield ":".join((*within, one.name or ""))
        else:
            yield from _names(one, (*within, one.namespace) if one.namespace else within)


def _offered_to_nobody(apps: Sequence[App]) -> Iterator[str]:
    kept: set[str] = set()
    for app in apps:
        kept |= {register for register in app.registers if register.startswith(f"{app.name}.")}
        yield from (f"{app.name} keeps no register {name}." for name in app.registers if name not in kept)
        yield from (f"No app up to {app.name} keeps {name}, to which it offers." for name in app.offers.keys() - kept)


def _clock_wrong(apps: Iterable[App]) -> Iterator[str]:
    autodiscover_modules("tasks")
    for app, one in ((each, one) for each in apps for one in each.clock):
        if one.lane not in LANES:
            yield f"{one.task} has no lane: {one.lane!r} is none of {', '.join(sorted(LANES))}."
        if not PERIOD.fullmatch(one.period) or not 0 < one.dropped_after < one.seconds:
            yield f"{one.task} runs every {one.period!r} and its calls count {one.expires} s: no period, or too long."
        if not getattr(celery.tasks.get(one.task), "__module__", "").startswith(f"{app.root}."):
            yield f"{app.name} has no task {one.task} for its clock."


def _events_wrong(apps: Iterable[App]) -> Iterator[str]:
    said = [one for app in apps for one in app.events]
    named = {group for app in apps for group in app.groups}
    periods = {one.code: sorted((e.since, e.until) for e in said if e.code == one.code) for one in said}
    for one in said:
        filled_in = {name for _, name, _, _ in Formatter().parse(one.subject) if name is not None}
        if filled_in - {"party"}:
            yield f"The subject of {one.code} fills in {sorted(filled_in)}: it may name the party alone."
        if one.kind not in Notified.Kind.values or one.mail not in {"now", "digest", ""}:
            yield f"{one.code} has no kind or no way of being mailed: {one.kind!r}, {one.mail!r}."
        if one.group not in named:
            yield f"No manifest says what the group {one.group} of {one.code} is called."
    for code, times in periods.items():
        if any(until == "" or until > later for (_, until), (later, _) in pairwise(times)):
            yield f"{len(times)} events are called {code} at one time."


def _said_twice(apps: Iterable[App]) -> Iterator[str]:
    said = [
        *(f"collection {one.address}" for app in apps for one in app.collections),
        *(f"page {one.address}" for app in apps for one in app.pages),
        *(f"tab {one.view}" for app in apps for one in app.tabs),
        *(f"name of the group of events {group}" for app in apps for group in app.groups),
        *(f"page of the records {kind}" for app in apps for kind in app.stream_pages),
        *(f"name of choices {name}" for app in apps for name in app.enums),
        *(f"{key} of {name}" for app in apps for name in app.offers for key in app.offered_to(name)),
        *(f"work of the clock {one.task}" for app in apps for one in app.clock),
    ]
    yield from (f"Two manifests declare the {what}." for what, times in Counter(said).items() if times > 1)


RULES: Sequence[Callable[[Sequence[App]], Iterator[str]]] = (
    _not_found,
    _no_address,
    _no_act,
    _no_page,
    _offered_to_nobody,
    _clock_wrong,
    _events_wrong,
    _said_twice,
)
