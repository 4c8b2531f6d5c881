"""Nothing is lost and nothing is done twice when processes die in the middle of the work."""

import collections
import concurrent.futures
import contextlib
import random
import signal
import time
from collections.abc import Iterator
from typing import Any

import httpx
import psutil
import pytest

from bench.messages import a_list
from tests.running.conftest import Portal, eventually

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


WEB, SERVING = named("caricom_portal.asgi"), named("multiprocessing.spawn")


def serving(portal: Portal) -> list[psutil.Process]:
    """The processes that serve pages, under the one that keeps them."""
    return [child for web in portal.processes(WEB) for child in web.children() if SERVING(child)]


def statuses(portal: Portal, asked: int) -> set[int]:
    """What a page answers to whoever comes anew, so many times."""
    return {httpx.get(f"{portal.url}/accounts/login/", timeout=30).status_code for _ in range(asked)}


def test_a_web_process_that_dies_leaves_the_portal_open(portal):
    first, second = serving(portal)
    first.kill()
    assert statuses(portal, 20) == {200}
    eventually(lambda: len(serving(portal)) == 2 and first.pid not in {one.pid for one in serving(portal)})
    assert second.is_running()


def test_a_reload_replaces_the_web_processes_one_by_one_and_refuses_nobody(portal):
    before = {one.pid for one in serving(portal)}
    [web] = portal.processes(WEB)
    web.send_signal(signal.SIGHUP)
    answered: set[int] = set()
    while before & {one.pid for one in serving(portal)}:
        answered |= statuses(portal, 2)
    assert answered | statuses(portal, 5) == {200}
    assert len(serving(portal)) == 2


def test_the_web_server_killed_with_all_its_processes_comes_back(portal):
    for process in [*portal.processes(WEB), *serving(portal)]:
        process.kill()
    eventually(lambda: _answers(portal), 120)
    assert len(serving(portal)) == 2


def _answers(portal: Portal) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(f"{portal.url}/healthz", timeout=5).status_code == 200
    return False


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
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()


def test_each_answered_submission_is_screened_exactly_once(portal):
    carrier, watch = portal.program("7T.carrier"), portal.program("JRCC.watch", "read")
    oversight = portal.program("JRCC.oversight", "read")
    texts = [a_list(number) for number in range(MESSAGES)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        killing = pool.submit(kill_in_turn, portal)
        addresses = list(pool.map(lambda text: send(carrier, text), texts))
        killing.result()
    assert None not in addresses
    assert len(set(addresses)) == MESSAGES

    wanted = {address.rstrip("/").rpartition("/")[2] for address in addresses}
    answered = "/api/v1/jrcc/submissions/?state=answered&page_size=200"
    eventually(lambda: wanted <= {row["id"] for row in every(watch, answered)}, 180)
    screened = [row for row in every(oversight, "/api/v1/audit/records/?verb=submission.screen&page_size=200")]
    times = collections.Counter(row["object_id"] for row in screened if row["outcome"] == "done")
    assert {times[pk] for pk in wanted} == {1}
    assert [row for row in screened if row["outcome"] != "done"] == []
    assert "verified" in portal.manage("verify_audit")


def every(program: httpx.Client, address: str | None) -> Iterator[dict[str, Any]]:
    """The records of all pages; of none while the portal recovers."""
    while address:
        try:
            page = program.get(address).json()
        except (httpx.HTTPError, ValueError):
            return
        yield from page.get("results", [])
        address = page.get("next")
