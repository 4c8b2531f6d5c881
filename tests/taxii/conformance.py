"""A TAXII 2.1 client that asks what the standard and the contract require; it knows nothing of the server's code.

Each check is a function of a `Client`; `tests/taxii/test_conformance.py` runs them in one process, and
`tests/running/test_taxii.py` against a portal as it runs.
"""

import base64
import json
import uuid
from collections.abc import Callable
from typing import Any

import httpx

MT = "application/taxii+json;version=2.1"
GREEN = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"
CHECKS: list[Callable[["Client"], None]] = []


def check(function: Callable[["Client"], None]) -> Callable[["Client"], None]:
    CHECKS.append(function)
    return function


class Client:
    """Somebody with a discovery URL, a user and a password."""

    def __init__(self, http: httpx.Client, user: str, password: str, stranger: tuple[str, str]) -> None:
        self.http, self.user, self.password, self.stranger = http, user, password, stranger
        self._found: list[dict[str, Any]] = []

    def get(self, url: str, params: Any = None, auth: Any = "own", **headers: str) -> httpx.Response:
        login = (self.user, self.password) if auth == "own" else auth
        sent = {"Accept": MT} | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.http.get(url, params=params, headers=sent, auth=login)

    def raw(self, method: str, url: str, headers: Any = None, content: Any = None) -> httpx.Response:
        """With the key and nothing else that was not asked for."""
        request = self.http.build_request(method, url, content=content, headers=headers or {})
        if "accept" not in {name.lower() for name in dict(headers or {})}:
            del request.headers["accept"]
        return self.http.send(request, auth=(self.user, self.password))

    def post(self, objects: Any, url: str = "", **headers: str) -> httpx.Response:
        body = objects if isinstance(objects, bytes) else json.dumps({"objects": objects}).encode()
        sent = {"Accept": MT, "Content-Type": MT} | {k.replace("_", "-"): v for k, v in headers.items()}
        return self.raw("POST", url or f"{self.working}objects/", sent, body)

    @property
    def root(self) -> str:
        return str(self.get("/taxii2/").json()["default"])

    @property
    def collections(self) -> list[dict[str, Any]]:
        if not self._found:
            self._found = self.get(f"{self.root}collections/").json()["collections"]
        return self._found

    @property
    def working(self) -> str:
        return self._url(lambda one: one["can_read"] and one["can_write"])

    @property
    def reading(self) -> str:
        return self._url(lambda one: one["can_read"] and not one["can_write"])

    def _url(self, fits: Callable[[Any], bool]) -> str:
        one = next(one for one in self.collections if fits(one))
        return f"{self.root}collections/{one['id']}/"

    def crawl(self, url: str, **params: Any) -> list[dict[str, Any]]:
        """All objects, by `next`."""
        found: list[dict[str, Any]] = []
        page = self.get(f"{url}objects/", params).json()
        found += page.get("objects", [])
        while page.get("more"):
            page = self.get(f"{url}objects/", {**params, "next": page["next"]}).json()
            found += page.get("objects", [])
        return found


def an_object(kind: str = "indicator", **more: Any) -> dict[str, Any]:
    """A valid object with an id of its own."""
    plain = {
        "type": kind,
        "spec_version": "2.1",
        "id": f"{kind}--{uuid.uuid4()}",
        "created": "2009-03-01T10:00:00.000Z",
        "modified": "2009-03-01T10:00:00.000Z",
        "object_marking_refs": [GREEN],
    }
    if kind == "indicator":
        pattern = {"pattern": "[url:value = 'http://example.org/']", "pattern_type": "stix"}
        plain |= {**pattern, "valid_from": "2009-03-01T10:00:00Z", "name": "Demo"}
    return plain | more


def an_address(value: str) -> dict[str, Any]:
    return {"type": "domain-name", "spec_version": "2.1", "id": f"domain-name--{uuid.uuid4()}", "value": value}


def is_error(answer: httpx.Response, *statuses: int) -> None:
    """An error message as section 3.6.1 wants it."""
    assert answer.status_code in statuses, (answer.status_code, answer.text[:300])
    assert answer.headers["content-type"].replace(" ", "") == MT
    body = answer.json()
    assert isinstance(body["title"], str)
    assert body["title"]
    assert body.get("http_status", str(answer.status_code)) == str(answer.status_code)


def taken(client: Client, *objects: Any) -> list[Any]:
    answer = client.post(list(objects))
    assert answer.status_code == 202, answer.text
    assert answer.json()["failure_count"] == 0, answer.text
    return list(objects)


def basic(user: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}
