"""Nothing is lost and nothing is done twice when processes die in the middle of the work."""

import concurrent.futures
import random
import time

import httpx
import psutil
import pytest

from tests.running.conftest import Portal, eventually
from tests.running.messages import a_list

pytestmark = pytest.mark.browser
MESSAGES = 200


def named(word: str):
    def matches(process: psutil.Process) -> bool:
        try:
            return word in " ".join(process.cmdline())
        except psutil.Error:
            return False

    return matches


VICTIMS = {"worker": named(" worker"), "valkey": named("valkey-server"), "postgres": named("bin/postgres -D")}


def send(program: httpx.Client, text: str) -> str | None:
    """The address of an answered submission; tried again while the portal recovers, as a carrier's host does."""
    for _ in range(60):
        try:
            answer = program.post(
                "/api/v1/jrcc/submissions/", content=text, headers={"Content-Type": "application/edifact"}
            )
        except httpx.HTTPError:
            answer = None
        if answer is not None and answer.status_code == 202:
            return answer.json()["url"]
        time.sleep(0.5)
    return None


def kill_in_turn(portal: Portal) -> None:
    for victim in ("worker", "valkey", "worker", "postgres"):
        time.sleep(random.uniform(0.5, 1.5))
        for process in portal.processes(VICTIMS[victim]):
            process.kill()


def test_each_answered_submission_is_screened_exactly_once(portal):
    carrier, watch = portal.program("7T.carrier"), portal.program("JRCC.watch", "read")
    texts = [a_list(number) for number in range(MESSAGES)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        killing = pool.submit(kill_in_turn, portal)
        addresses = list(pool.map(lambda text: send(carrier, text), texts))
        killing.result()
    assert None not in addresses
    assert len(set(addresses)) == MESSAGES

    def all_answered() -> bool:
        try:
            states = [watch.get(address).json().get("state") for address in addresses]
        except (httpx.HTTPError, ValueError):
            return False
        return set(states) == {"answered"}

    eventually(all_answered, 180)
    for address in addresses:
        pk = address.rstrip("/").rpartition("/")[2]
        asked = watch.get("/api/v1/audit/records/", params={"object_id": pk, "verb": "submission.screen"})
        assert [row["outcome"] for row in asked.json()["results"]] == ["done"]
    assert "verified" in portal.manage("verify_audit")
