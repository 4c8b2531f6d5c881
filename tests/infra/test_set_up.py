"""The set-up files keep their promises: locked packages without addresses, a container setting with all its parts."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from caricom_portal import checks
from caricom_portal.services import postgres

PROJECT = Path(__file__).resolve().parents[2]
REQUIREMENTS = sorted((PROJECT / "requirements").glob("*.txt"))
COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
PORTAL_PROGRAMS = ("web", "worker", "intake", "scheduler", "migrate")


def names_in(requirements: list[str]) -> set[str]:
    """Normalised package names (PEP 503) of requirement lines."""
    found = (re.match(r"[A-Za-z0-9._-]+", line) for line in requirements)
    return {re.sub(r"[-_.]+", "-", match[0]).lower() for match in found if match}


def locked(name: str) -> set[str]:
    """Names pinned in one of the requirement files."""
    return names_in([line for line in (PROJECT / "requirements" / name).read_text().splitlines() if "==" in line])


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_no_address_of_a_package_index_is_locked(path: Path) -> None:
    assert "://" not in path.read_text()


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_locked_package_has_a_hash(path: Path) -> None:
    entries = re.findall(r"^(\S+==\S+.*(?:\n    --hash=\S+.*)*)", path.read_text(), re.M)
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_everything_the_project_declares_is_locked() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    assert names_in(project["project"]["dependencies"]) <= locked("base.txt")
    assert names_in(project["dependency-groups"]["dev"]) <= locked("dev.txt")
    assert locked("base.txt") <= locked("dev.txt")


def test_no_lock_of_another_kind_is_kept() -> None:
    kept = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split()
    assert not {"uv.lock", "pylock.toml"} & {Path(name).name for name in kept}


def test_the_container_setting_has_every_part() -> None:
    assert {"proxy", "web", "worker", "intake", "scheduler", "migrate", "db", "redis"} == set(COMPOSE["services"])
    assert COMPOSE["services"]["db"]["image"] == "postgres:18"
    assert COMPOSE["services"]["redis"]["image"] == "valkey/valkey:9"


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert [name for name, service in COMPOSE["services"].items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["back"] == {"internal": True}
    assert COMPOSE["services"]["db"]["networks"] == COMPOSE["services"]["redis"]["networks"] == ["back"]


def test_the_container_and_the_recipe_of_its_secrets_give_every_key_that_production_asks_for() -> None:
    recipe = (
        (PROJECT / "docs" / "how-to" / "operators.md")
        .read_text()
        .partition("cat > .env")[2]
        .partition("END\n    docker")[0]
    )
    for key in checks.KEYS:
        assert f"{key}=" in recipe
        for name in PORTAL_PROGRAMS:
            assert COMPOSE["services"][name]["environment"][key] == f"${{{key}:?}}"


def test_no_secret_stands_in_the_container_setting() -> None:
    for name, service in COMPOSE["services"].items():
        for variable, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|KEY|_URL", variable):
                assert re.search(r"\$\{[A-Z_]+:[?-]", value), f"{name}: {variable}"


@pytest.mark.parametrize("name", PORTAL_PROGRAMS)
def test_every_program_runs_the_same_image_without_the_demonstration(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["image"] == "caricom-portal"
    assert service["environment"]["PORTAL_DEMO"] == "0"
    assert ("DATABASE_OWNER_URL" in service["environment"]) is (name == "migrate")


@pytest.mark.parametrize("name", PORTAL_PROGRAMS)
def test_every_program_of_the_container_is_a_command_that_exists(name: str) -> None:
    command: list[str] = COMPOSE["services"][name]["command"]
    call = [sys.executable, "-m", "caricom_portal.services", *command, "--help"]
    assert subprocess.run(call, cwd=PROJECT, capture_output=True).returncode == 0


def test_files_that_the_container_setting_mounts_exist() -> None:
    mounts: list[Any] = [volume for service in COMPOSE["services"].values() for volume in service.get("volumes", [])]
    named = [mount.split(":")[0] for mount in mounts if mount.startswith("./")]
    assert named
    assert [name for name in named if not (PROJECT / name).is_file()] == []


def test_the_container_makes_the_same_privileges_as_the_embedded_database() -> None:
    script = (PROJECT / "caricom_portal" / "deploy" / "roles.sh").read_text()
    limits = [line.partition("  --")[0] for line in postgres.ROLES.splitlines() if " SET " in line or "stats" in line]
    assert len(limits) == 3
    for line in [*postgres.PRIVILEGES.strip().splitlines()[1:], *limits]:
        assert line in script


def test_the_common_check_runs_make_test_and_nothing_else() -> None:
    commands = [line for line in (PROJECT / ".ci" / "run").read_text().splitlines() if line and line[0] != "#"]
    assert commands == ['cd "$(dirname "$0")/.." && CI=1 exec make test']


def test_make_has_the_promised_commands_and_a_dry_run_of_them_does_nothing() -> None:
    makefile = (PROJECT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    assert {"run", "test", "lock", "clean"} <= targets
    assert "$(MAKE)" not in makefile  # such a line is carried out even by `make -n`
