"""What an app joins to the others: one `manifest.py` an app, and the registry from which all of them are read.

    # apps/watch/manifest.py
    app = App("watch", urls={"watch/": "urls"}, collections=[Collection("watch/logs", "api.logs.WatchViewSet")])

A manifest imports nothing heavy: what it joins is named by its place in the app's own package ("api.logs.WatchViewSet")
and found when it is asked for, so that a command which shows no page pays for none. `manage.py check` finds all of it.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import KW_ONLY, dataclass, field
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any

from django.apps import apps as installed
from django.utils.module_loading import autodiscover_modules

DECLARING = ("actions", "listeners", "tasks")
UNITS_S = {"s": 1, "m": 60, "h": 3600}


@dataclass(frozen=True, slots=True)
class Page:
    """A page beside the app's own addresses: its address below the front door, its view, its name."""

    address: str
    view: str
    name: str


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection of the API: its address below /api/v1/, and its viewset."""

    address: str
    viewset: str

    @property
    def basename(self) -> str:
        """What the names of its addresses begin with."""
        return self.address.replace("/", "-")


@dataclass(frozen=True, slots=True)
class Tab:
    """A page that the frame offers: what it is called, the name of its address, whose work it is.

    `view` may add a query, where one page is several tabs ("rifc:reports?box=sent"). `functions` may also name single
    desks (`JRCC.watch`); None: it is every seat's. `rank` is the lowest that has it. `under` are beginnings of
    addresses below the front door that belong to it without beginning as its own does; `once` is what it was called
    before, by which it is still found. In which place a function has it, and in which order, is said in one table for
    all apps, caricom_portal/places.py; functions whose row does not name it have it last in `place`.
    """

    label: Any
    view: str
    functions: Set[str] | None = None
    _: KW_ONLY
    rank: int = 0
    place: str = ""
    under: Sequence[str] = ()
    once: Any = ""

    @property
    def name(self) -> str:
        """The name of its page's address, without the query."""
        return self.view.partition("?")[0]

    @property
    def namespace(self) -> str:
        """The space of names that its page is of."""
        return self.view.partition(":")[0]

    @property
    def query(self) -> str:
        """What its address asks the page for; empty where the page is one tab."""
        return self.view.partition("?")[2]

    def is_for(self, actor: Any) -> bool:
        """Whether it belongs to the work of a seat."""
        if self.functions is not None and self.functions.isdisjoint({actor.function, actor.desk_code}):
            return False
        return not self.rank or actor.rank >= self.rank


@dataclass(frozen=True, slots=True)
class Every:
    """Work of the clock: a task, how often ("5s", "10m", "1h") or at which time of each day (UTC, "06:10"), its queue.

    A call that no worker has taken within `expires` seconds is dropped, always before the next one is due: while no
    worker is there they would pile up otherwise, and be done one after the other when it comes back. Each round asks
    what is due and not done, so one is enough. Without `expires`: four fifths of the period, or 20 hours of a day: a
    night's round is done in the morning then, and not once the next night has come.
    """

    period: str
    task: str
    _: KW_ONLY
    lane: str
    expires: float = 0

    @property
    def is_daily(self) -> bool:
        """Whether it has an hour of the day."""
        return ":" in self.period

    @property
    def seconds(self) -> int:
        """From one call to the next."""
        return 24 * 3600 if self.is_daily else int(self.period[:-1]) * UNITS_S.get(self.period[-1], 0)

    @property
    def dropped_after(self) -> float:
        """Seconds for which a call is worth something."""
        return self.expires or (20 * 3600 if self.is_daily else self.seconds * 0.8)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the portal tells of: its code, the group that people choose a way for, its name in the inbox.

    `subject` is that of the mail; it may fill in {party} and nothing else, number and time of the deadline follow by
    themselves, titles are never mailed. `mail`: "now", in the morning's "digest", or "" for in the portal only. `body`
    is what a mail may carry. Dated data: a changed rule is a new Event with its own `since`, the old one has `until`.
    """

    code: str
    group: str
    label: str
    subject: str
    _: KW_ONLY
    kind: str
    mail: str = "now"
    body: str = "number only"
    since: str = "2008-01-01"
    until: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work that waits for a seat on My work, what it is called, and who says what of it waits.

    Without kind and label it is the work of the app, called as the app is. The providers are given the actor.
    """

    kind: str
    label: Any
    providers: Sequence[str]


@dataclass(frozen=True, slots=True)
class Texts:
    """Columns of one kind of record that may name a person in free text, and so are searched when a person asks.

    `told`: a person may be told of being named there, once an officer has said who is meant. `tables`: {"app.model via"
    or "app.model": columns}; `via` is the field that leads to the record.
    """

    label: Any
    told: bool
    tables: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class App:
    """All that one app joins to the others. Texts are places within its package."""

    name: str = field(kw_only=False)
    package: str = ""
    urls: Mapping[str, str] = field(default_factory=dict)
    """{address below the front door: module of addresses}."""
    pages: Sequence[Page] = ()
    collections: Sequence[Collection] = ()
    tabs: Sequence[Tab] = ()
    """Pages that the frame offers."""
    acts: Mapping[str, str] = field(default_factory=dict)
    """{verb that begins something: name of the address of its form}; who may do it finds it in the palette."""
    declares: Sequence[str] = ()
    """Modules beside `actions`, `listeners` and `tasks` whose import declares something: listeners, checks."""
    clock: Sequence[Every] = ()
    events: Sequence[Event] = ()
    groups: Mapping[str, Any] = field(default_factory=dict)
    """{group of events: what it is called}; one app names a group, others may have events in it."""
    reference: str = ""
    """What brings its reference data up to the seed files and gives {what: how many}; idempotent, at each start."""
    work: Sequence[Work] = ()
    texts: Sequence[Texts] = ()
    """Columns in which persons may be named."""
    stream_pages: Mapping[str, str] = field(default_factory=dict)
    """{type of a record: name of its page's address}."""
    enums: Mapping[str, str | Sequence[tuple[str, str]]] = field(default_factory=dict)
    """{name in the API's description: place of the choices that it names, or the choices}."""
    registers: Mapping[str, str] = field(default_factory=dict)
    """{register that this app keeps for those above it: what they offer to it}."""
    offers: Mapping[str, Sequence[str] | Mapping[str, str]] = field(default_factory=dict)
    """{register of this app or one below ("files.owners"): places of what is offered, by key where there are keys}."""

    def places_named(self) -> Iterator[str]:
        """Every place that this manifest names; what `check` looks for."""
        yield from self.urls.values()
        yield from self.declares
        yield from (one.view for one in self.pages)
        yield from (one.viewset for one in self.collections)
        yield from filter(None, [self.reference])
        yield from (place for one in self.work for place in one.providers)
        yield from (one for one in self.enums.values() if isinstance(one, str))
        yield from (place for register in self.offers for place in self.offered_to(register).values())

    def offered_to(self, register: str) -> Mapping[str, str]:
        """{key: place} of what it offers to a register; without keys of its own, by app and place."""
        offered = self.offers.get(register, ())
        return offered if isinstance(offered, Mapping) else {f"{self.name}.{place}": place for place in offered}

    def found(self, place: str) -> Any:
        """What stands at a place in this app's package; AttributeError for nothing."""
        thing: Any = import_module(self.root)
        for name in place.split("."):
            inside = hasattr(thing, "__path__") and find_spec(f"{thing.__name__}.{name}") is not None
            thing = import_module(f"{thing.__name__}.{name}") if inside else getattr(thing, name)
        return thing

    @property
    def root(self) -> str:
        """The package that places are within."""
        return self.package or f"apps.{self.name}"


class Registry:
    """The manifests of all installed apps, the lowest layer first; read at first need, and closed from then on."""

    def __init__(self) -> None:
        self._offered: dict[str, dict[str, Any]] = {}

    @cached_property
    def apps(self) -> Mapping[str, App]:
        """{name: manifest}; LookupError for a manifest that declares no `app`."""
        autodiscover_modules("manifest")
        found = {}
        for config in installed.get_app_configs():
            module = sys.modules.get(f"{config.name}.manifest")
            if module is None:
                continue
            app = getattr(module, "app", None)
            if not isinstance(app, App) or app.root != config.name:
                raise LookupError(f"{config.name}.manifest declares no `app` of its own")
            found[app.name] = app
        return MappingProxyType(found)

    def of(self, part: str) -> Iterator[tuple[App, Any]]:
        """(app, one of what it declares) for all that the apps declare as `part`, in the order of layers."""
        for app in self.apps.values():
            for one in getattr(app, part):
                yield app, one

    def declare(self) -> None:
        """Import what declares verbs, listeners and tasks by being imported: of each app, whole packages."""
        for app in self.apps.values():
            for place in (*DECLARING, *app.declares):
                if place in app.declares or find_spec(f"{app.root}.{place}") is not None:
                    _import_whole(f"{app.root}.{place}")

    def offered(self, register: str) -> dict[str, Any]:
        """{key: what is found} of all that apps offer to a register, in the order of layers."""
        if register not in self._offered:
            offers = [(app, app.offered_to(register).items()) for app in self.apps.values()]
            self._offered[register] = {key: app.found(place) for app, offer in offers for key, place in offer}
        return self._offered[register]

    @cached_property
    def stream_pages(self) -> Mapping[str, str]:
        """{type of a record: name of its page's address} that the apps state."""
        return {kind: name for app in self.apps.values() for kind, name in app.stream_pages.items()}

    def page_of(self, kind: str) -> str:
        """The name of the address of a page of this type of record; where none is stated, the type's own."""
        return self.stream_pages.get(kind, kind.replace(".", ":"))

    @cached_property
    def tabs(self) -> Mapping[str, Tab]:
        """{view: tab} of all apps."""
        return MappingProxyType({tab.view: tab for _app, tab in self.of("tabs")})


def _import_whole(name: str) -> None:
    module = import_module(name)
    for one in iter_modules(getattr(module, "__path__", ())):
        _import_whole(f"{name}.{one.name}")


registry = Registry()

app = App(
    "access",
    pages=[Page("api/stream/", "stream.stream", "stream")],
    clock=[
        Every("5s", "access.intake", lane="intake"),
        Every("5s", "access.sweep", lane="clock"),
        Every("5s", "access.heartbeat", lane="clock"),
        Every("1h", "access.purge", lane="slow"),
    ],
    registers={
        "access.encrypted": "columns with texts under FIELD_KEY, to be written anew under a new key",
        "access.gates": "asked with the request and its actor before the API answers",
    },
    enums={
        "Level": "models.Level",
    },
)
