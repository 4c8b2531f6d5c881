"""The demonstration lies beside the product: found by the names of the apps, played by layers, and not missed."""

import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from caricom_portal import demonstration, layers
from demo.scenes import Scene, find_scenes

PROJECT = Path(__file__).resolve().parent.parent


def test_whoever_plays_it_begins_with_the_people_and_ends_with_their_terms() -> None:
    scenes = list(find_scenes())
    assert (scenes[0].counts, scenes[-1].counts) == ("people", "invitations and seats under review")
    assert len({scene.counts for scene in scenes}) == len(scenes) > 15


def test_each_app_plays_after_those_below_it() -> None:
    apps = [scene.load.__module__.split(".")[1] for scene in find_scenes() if not scene.last]
    order = [name.removeprefix("apps.") for name in layers.packages()]
    assert apps == sorted(apps, key=order.index)


def test_what_lies_in_its_folder_is_the_part_of_an_app() -> None:
    beside = {
        path.stem for path in (PROJECT / "demo").iterdir() if path.stem not in {"__init__", "scenes", "__pycache__"}
    }
    assert beside - {name.removeprefix("apps.") for name in layers.packages()} == set()
    modules = {path.stem for path in (PROJECT / "apps").rglob("*.py") if "migrations" not in path.parts}
    assert not {name for name in modules if name == "demo" or name.startswith("demo_")}


def test_a_scene_is_played_in_its_turn_whatever_its_module_says_first(monkeypatch: pytest.MonkeyPatch) -> None:
    late = Scene("what came of it", lambda: 1, last=True)
    monkeypatch.setattr("demo.people.SCENES", [late, Scene("people", lambda: 2)])
    assert next(scene.counts for scene in find_scenes()) == "people"
    assert list(find_scenes())[-1] is late


@pytest.mark.parametrize("command", ["load_demo", "demo_cast"])
def test_an_installation_without_the_folder_says_so_in_one_sentence(
    command: str, settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    for name in [one for one in sys.modules if one == "demo" or one.startswith("demo.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "demo", None)
    with pytest.raises(CommandError) as said:
        call_command(command)
    assert str(said.value) == demonstration.ABSENT
    assert str(said.value).count(". ") == 0


def test_the_image_of_the_portal_is_made_without_it() -> None:
    copied = [line.split()[1] for line in (PROJECT / "Dockerfile").read_text().splitlines() if line.startswith("COPY")]
    assert "apps" in copied
    assert "demo" not in copied
