"""What a machine can print is printed: drawn pages and the API's description equal the committed ones."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from apps.access.manifest import registry
from caricom_portal import description_files, documentation, drawings
from caricom_portal.documentation import neighbours

PROJECT = Path(__file__).resolve().parent.parent
PAGES = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")])


DOCS = PROJECT / "docs"
DRAWN = ("reference/states", "reference/api")
LISTS = ("decisions", "reference", *DRAWN)


def test_the_drawn_states_are_those_of_the_declared_actions():
    assert drawings.brought_up(DOCS / "reference" / "states", drawings.states(), write=False) == []


def test_the_drawn_addresses_are_those_of_the_description():
    call_command("draw_api", check=True)


def test_drawn_pages_are_written_and_old_ones_removed(tmp_path):
    (tmp_path / "gone.md").write_text("old")
    (tmp_path / "same.md").write_text("same")
    pages = {"new.md": "new", "same.md": "same"}
    assert drawings.brought_up(tmp_path, pages, write=False) == ["gone.md", "new.md"]
    assert (tmp_path / "gone.md").exists()
    assert drawings.brought_up(tmp_path, pages, write=True) == ["gone.md", "new.md"]
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == pages


def test_every_page_can_be_found_from_the_first_one():
    """In four kinds: a page that nothing lists is read by nobody."""
    lists = [DOCS / "index.md", *(DOCS / folder / "index.md" for folder in LISTS)]
    listed = {(page.parent / target).resolve() for page in lists for target in targets(page)}
    listed |= {other for page in lists if documentation.LISTING in page.read_text() for other in neighbours(page)}
    alone = {page.relative_to(DOCS) for page in DOCS.rglob("*.md") if page not in listed}
    assert alone == {Path("index.md")}


def test_a_decision_has_a_number_of_its_own():
    numbers = [path.name[:3] for path in (DOCS / "decisions").glob("[0-9]*.md")]
    titles = {path.name: path.read_text().splitlines()[0] for path in (DOCS / "decisions").glob("[0-9]*.md")}
    assert len(numbers) == len(set(numbers))
    assert {name: title for name, title in titles.items() if not title.startswith(f"# {name[:3]}")} == {}


def test_the_committed_description_of_the_api_is_the_present_one(tmp_path):
    """An unreviewed change of the API fails here; `make schema` writes the files again."""
    made = tmp_path / "openapi.yaml"
    call_command("spectacular", "--file", str(made), "--validate", "--fail-on-warn")
    described = description_files.parse(made)
    assert description_files.read_whole() == described
    files = description_files.files_of(described)
    assert drawings.brought_up(description_files.FOLDER, files, write=False) == []


def test_one_more_app_adds_a_file_to_the_description_and_changes_none():
    """Whatever app is the highest: what it works with of the others' stays where it is."""
    whole = description_files.read_whole()
    parts = description_files.split(whole)
    apps = [name for name in registry.apps if name in parts]
    for number in range(1, len(apps)):
        below = {path for app in apps[:number] for path in parts[app].get("paths", {})}
        fewer = whole | {"paths": {path: said for path, said in whole["paths"].items() if path in below}}
        before = description_files.homes(fewer)
        after = description_files.homes(whole)
        used = {name for app in apps[:number] for name in description_files.components_of(parts[app], whole)}
        assert {name: (before[name], after[name]) for name in used if before[name] != after[name]} == {}


def test_two_files_cannot_describe_the_same_thing(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text("paths:\n  /x/:\n    get: {}\n")
    with pytest.raises(description_files.WrongFiles, match=r"b\.yaml: /x/ is described elsewhere"):
        description_files.read_whole(tmp_path)


def targets(page):
    """What a page links to within the project."""
    return re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_in_the_documents_exist(page):
    assert [target for target in targets(page) if not (page.parent / target).exists()] == []
