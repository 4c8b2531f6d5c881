"""The software bill of materials: every locked package with version, hashes and licence; the same each time."""

import io
import json
from importlib.metadata import version

import pytest
from django.core.management import call_command

from caricom_portal import bill_of_materials
from tests.test_dependencies import declared, plain, runtime


@pytest.fixture(scope="module")
def bill():
    said = io.StringIO()
    call_command("bill_of_materials", stdout=said)
    return json.loads(said.getvalue())


def test_every_package_of_the_running_portal_is_in_it_with_the_version_that_runs(bill):
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    found = {plain(one["name"]): one for one in bill["components"]}
    running = list(runtime())
    assert {plain(name) for name in running} <= set(found)
    for name in running:
        one = found[plain(name)]
        assert one["version"] == version(name), name
        assert one["hashes"], name
        assert one["licenses"], name
        assert one["purl"] == f"pkg:pypi/{plain(name)}@{one['version']}"


def test_who_needs_what_is_the_lock_files(bill):
    refs = {one["bom-ref"] for one in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    needs = {one["ref"]: one["dependsOn"] for one in bill["dependencies"]}
    assert set(needs) == refs
    assert all(set(others) <= refs for others in needs.values())
    names = {one["bom-ref"]: plain(one["name"]) for one in bill["components"]}
    direct = {names[ref] for ref in needs[bill["metadata"]["component"]["bom-ref"]]}
    assert direct == declared()


def test_it_names_no_place_that_packages_come_from_and_is_the_same_each_time(bill, tmp_path):
    said = io.StringIO()
    call_command("bill_of_materials", file=tmp_path / "bill.json", stdout=said)
    written = (tmp_path / "bill.json").read_text()
    assert json.loads(written) == bill
    assert "://" not in written
    assert str(len(bill["components"])) in said.getvalue()


def test_a_package_for_another_machine_says_for_which():
    lock = (
        "one==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:"
        + "a" * 64
        + "\n    # via\n    #   two\n    #   three\n"
    )
    (package,) = bill_of_materials.locked(lock)
    assert (package.marker, package.needed_by, len(package.hashes)) == ("sys_platform == 'win32'", ["two", "three"], 1)
