"""Manifests: what the apps join to one another is declared once, found, and told apart."""

import inspect
import re
import sys
from importlib import import_module
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import resolve, reverse

from apps.access.manifest import App, Collection, Event, Every, Page, Tab, registry
from caricom_portal import layers
from caricom_portal.manifest_checks import faults
from caricom_portal.services.commands import uses_declarations
from caricom_portal.services.prepare import REFERENCE_SOURCES, sources

PROJECT = Path(__file__).resolve().parent.parent


def test_manifests_of_the_portal_hold() -> None:
    assert list(faults(registry.apps)) == []


def an_event(**more: str) -> Event:
    """One that is right but for what is said."""
    said: dict[str, Any] = {"code": "log.kept", "group": "logs", "label": "Kept", "subject": "A log", "kind": "digest"}
    return Event(**said | more)


def with_events(*events: Event) -> list[App]:
    """An app that tells of these."""
    return [App("watch", events=events, groups={"logs": "Logs"})]


WRONG: dict[str, tuple[list[App], str]] = {
    "a module of addresses that is not there": ([App("watch", urls={"watch/": "no_urls"})], "watch names no_urls"),
    "a page without a view": ([App("watch", pages=[Page("x/", "views.duty.nothing", "x")])], "views.duty.nothing"),
    "a collection without a viewset": ([App("watch", collections=[Collection("w", "api.Nothing")])], "api.Nothing"),
    "two collections at one address": (
        [
            App("watch", collections=[Collection("watch/logs", "api.logs.WatchViewSet")]),
            App("files", collections=[Collection("watch/logs", "api.UploadViewSet")]),
        ],
        "collection watch/logs",
    ),
    "two pages at one address": (
        [App("search", pages=[Page("s/", "views.results", "s"), Page("s/", "views.results", "t")])],
        "page s/",
    ),
    "a tab without an address": ([App("watch", tabs=[Tab("Log", "watch:nothing?box=all")])], "watch:nothing"),
    "an act that begins nothing": ([App("watch", acts={"bulletin.issue": "watch:bulletin_new"})], "bulletin.issue"),
    "an act without a form": ([App("watch", acts={"bulletin.draft": "watch:nothing"})], "watch:nothing"),
    "one tab of two apps": (
        [App("watch", tabs=[Tab("Log", "watch:desk")]), App("search", tabs=[Tab("Guard", "watch:desk")])],
        "tab watch:desk",
    ),
    "a clock without a lane": ([App("watch", clock=[Every("1m", "watch.tick", lane="")])], "watch.tick has no lane"),
    "a clock without a period": ([App("watch", clock=[Every("1d", "watch.tick", lane="slow")])], "'1d'"),
    "a call that outlasts its period": (
        [App("watch", clock=[Every("1m", "watch.tick", lane="slow", expires=60)])],
        "count 60 s",
    ),
    "a clock of another app": ([App("files", clock=[Every("1m", "watch.tick", lane="slow")])], "files has no task"),
    "a clock of nothing": ([App("watch", clock=[Every("1m", "watch.tock", lane="slow")])], "watch.tock"),
    "one work of the clock twice": (
        [App("watch", clock=[Every("1m", "watch.tick", lane="slow"), Every("2m", "watch.tick", lane="slow")])],
        "clock watch.tick",
    ),
    "two events of one name": (with_events(an_event(), an_event(since="2020-01-01")), "2 events are called log.kept"),
    "a subject that says too much": (with_events(an_event(subject="{title}")), "fills in ['title']"),
    "an event of no kind": (with_events(an_event(kind="fyi")), "'fyi'"),
    "an event that is mailed somehow": (with_events(an_event(mail="later")), "'later'"),
    "a group without a name": (with_events(an_event(group="others")), "group others of log.kept"),
    "a group with two names": (
        [App("watch", groups={"logs": "Logs"}), App("files", groups={"logs": "Books"})],
        "group of events logs",
    ),
    "reference data that nothing loads": ([App("watch", reference="reference.nothing")], "reference.nothing"),
    "a record whose page has no address": (
        [App("watch", stream_pages={"watch.watch": "watch:nothing"})],
        "watch:nothing",
    ),
    "a register of another app": (
        [App("watch", registers={"files.owners": "x"})],
        "watch keeps no register files.owners",
    ),
    "an offer to nobody": ([App("watch", offers={"watch.things": ["urls"]})], "keeps watch.things"),
    "an offer to an app above": (
        [App("watch", offers={"rifc.standing": ["urls"]}), App("rifc", registers={"rifc.standing": "x"})],
        "No app up to watch keeps rifc.standing",
    ),
    "an offer of nothing": (
        [App("watch", registers={"watch.things": "x"}, offers={"watch.things": {"one": "queries.nothing"}})],
        "queries.nothing",
    ),
    "two offers by one key": (
        [
            App("rifc", registers={"rifc.things": "x"}, offers={"rifc.things": {"one": "urls"}}),
            App("watch", offers={"rifc.things": {"one": "urls"}}),
        ],
        "one of rifc.things",
    ),
    "choices that are not there": ([App("watch", enums={"Kind": "models.Watch.Nothing"})], "models.Watch.Nothing"),
}
"""{what is wrong: (manifests that say it, what the sentence about it holds)}."""


@pytest.mark.parametrize("wrong", WRONG)
def test_check_finds_what_is_wrong_and_nothing_else(wrong: str) -> None:
    apps, told = WRONG[wrong]
    found = list(faults({str(number): app for number, app in enumerate(apps)}))
    assert len(found) == 1
    assert told in found[0]


def test_the_registry_is_closed() -> None:
    with pytest.raises(TypeError):
        registry.apps["other"] = App("other")  # type: ignore[index]


def test_every_folder_of_an_app_is_installed_in_its_layer_and_has_a_manifest() -> None:
    folders = {f"apps.{path.parent.name}" for path in (PROJECT / "apps").glob("*/__init__.py")}
    *product, beside = layers.packages()
    assert beside == "bench", "it measures the product and is no part of it: no manifest"
    assert folders | {"caricom_portal"} == set(product)
    assert [name for name in settings.INSTALLED_APPS if name in folders] == product[:-1]
    assert [app.root for app in registry.apps.values()] == product


def test_layers_are_read_from_below() -> None:
    listed = {"name": layers.CONTRACT, "layers": ["top", "apps.b | apps.c", "apps.a"]}
    stated = {"tool": {"importlinter": {"contracts": [{"name": "other"}, listed]}}}
    assert layers.layers(stated) == [["apps.a"], ["apps.b", "apps.c"], ["top"]]


def test_an_app_may_put_pages_among_those_of_an_app_below_it() -> None:
    pk = "019b0000-0000-7000-8000-000000000001"
    for name in ("rifc:report", "taxii:intake", "entities:thing", "assessments:assessment"):
        address = reverse(name, args=[pk])
        assert address.startswith("/rifc/")
        assert resolve(address).view_name == name


@pytest.mark.parametrize("name", ["watch", "caricom_portal"])
def test_apps_prints_what_an_app_declares(name: str) -> None:
    out: Any = StringIO()
    call_command("apps", name, stdout=out)
    first, *lines = out.getvalue().splitlines()
    assert first.startswith(f"{name}, layer ")
    assert all(line.startswith("  ") for line in lines)
    wanted = {"watch": {"  address     /watch/", "  collection  /api/v1/watch/logs/", "  verb        watch.log"}}
    assert wanted.get(name, {"  address     /operations/"}) <= set(lines)


def test_a_seat_has_the_tabs_of_its_work_and_rank_and_those_of_everybody() -> None:
    seat = SimpleNamespace(function="watch", desk_code="RIFC.watch", rank=2)
    assert Tab("", "").is_for(seat)
    assert Tab("", "", {"watch"}).is_for(seat)
    assert Tab("", "", {"RIFC.watch"}).is_for(seat)
    assert not Tab("", "", {"border", "JRCC.watch"}).is_for(seat)
    assert Tab("", "", {"watch"}, rank=2).is_for(seat)
    assert not Tab("", "", {"watch"}, rank=3).is_for(seat)


def test_a_changed_event_follows_the_one_that_ended() -> None:
    assert list(faults({"watch": with_events(an_event(until="2020-01-01"), an_event(since="2020-01-01"))[0]})) == []


def test_an_app_with_a_loader_has_it_in_its_manifest() -> None:
    for app in registry.apps.values():
        folder = Path(inspect.getfile(import_module(app.root))).parent
        assert bool(app.reference) == any(folder.glob("**/reference.py")), app.name


def test_a_changed_manifest_has_the_reference_data_loaded_again() -> None:
    assert Path(inspect.getfile(import_module("apps.notices.manifest"))) in sources(REFERENCE_SOURCES)


DECLARES = re.compile(r"^@(action|outbox\.on|at_once|shared_task|register)\b", re.MULTILINE)


def test_whatever_declares_by_being_imported_is_imported() -> None:
    folders = ("apps", "caricom_portal")
    sources = [
        path for folder in folders for path in (PROJECT / folder).rglob("*.py") if "templatetags" not in path.parts
    ]
    named = {".".join(path.relative_to(PROJECT).with_suffix("").parts): path for path in sources}
    declaring = {name for name, path in named.items() if DECLARES.search(path.read_text())}
    assert {"apps.carriers.listeners", "apps.files.checks", "apps.access.tasks", "caricom_portal.tasks"} <= declaring
    names = {name.removesuffix(".__init__") for name in declaring}
    registry.declare()
    assert names - set(sys.modules) == set()


def test_only_a_command_that_cannot_act_is_spared_the_declarations() -> None:
    assert not uses_declarations(["manage.py", "migrate", "--no-input"])
    for line in (
        ["manage.py", "load_demo"],
        ["manage.py", "check"],
        ["manage.py"],
        ["-m", "celery"],
        ["pytest", "migrate"],
    ):
        assert uses_declarations(line)
