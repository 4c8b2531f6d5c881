"""A browser without pictures for attacks over HTTP: it comes from an address of its own and can lie about itself."""

import contextlib
import http.client
import re
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import httpx

from caricom_portal.services.programs import web_command
from tests.running.browser import CODE_S, code
from tests.running.conftest import PROJECT, Portal, eventually, free_port

SIGN_IN, CODE = "/accounts/login/", "/accounts/2fa/authenticate/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Browser(httpx.Client):
    """Follows no redirect. Whoever comes from another `address` of this machine is somebody else to the portal."""

    def __init__(self, url: str, address: str = "127.0.0.1", **options: Any) -> None:
        super().__init__(base_url=url, transport=httpx.HTTPTransport(local_address=address), timeout=30, **options)

    def send_form(self, path: str, data: dict[str, Any], **more: Any) -> httpx.Response:
        """Send a form as its page would: with the token of the page at `at`, or of the form's own address."""
        found = TOKEN.search(self.get(more.pop("at", path)).text)
        return self.post(path, data={**data, "csrfmiddlewaretoken": found[1] if found else ""}, **more)

    def do(self, path: str, data: dict[str, Any]) -> httpx.Response:
        """Send JSON to the API as a page's script would: with the session, and the cookie's token in a header."""
        return self.post(path, json=data, headers={"X-CSRFToken": self.cookies["csrftoken"]})

    def give_password(self, username: str, password: str) -> httpx.Response:
        """The sign-in page with name and password."""
        return self.send_form(SIGN_IN, {"login": username, "password": password})

    def sign_in(self, person: dict[str, Any]) -> httpx.Response:
        """Password and, where there is one, the code of now or of the next half minute: one of them was not used."""
        answer = self.give_password(person["username"], person["password"])
        for ahead in (0, CODE_S):
            if answer.headers.get("location") == CODE or (answer.status_code == 200 and ahead):
                answer = self.send_form(CODE, {"code": code(person["totp_secret"], time.time() + ahead)})
        return answer

    def is_in(self) -> bool:
        """Whether a page that needs a session opens."""
        return self.get("/people/desk/").status_code == 200


def raw(portal: Portal, method: str, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    """(status, body, headers) for a path and a Host as they are given: no client puts them right."""
    line = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=30)
    line.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        line.putheader(name.replace("_", "-"), value)
    line.endheaders()
    answer = line.getresponse()
    told = answer.status, answer.read().decode("utf-8", "replace"), dict(answer.getheaders())
    line.close()
    return told


@contextlib.contextmanager
def as_with_real_data(portal: Portal) -> Iterator[str]:
    """The address of a second web server of the portal, which calls public addresses alone."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    web = subprocess.Popen(
        web_command("127.0.0.1", port, processes="1"), cwd=PROJECT, env={**portal.env, "WEBHOOKS_LOCAL": "0"}
    )
    try:
        eventually(lambda: _answers(url), 60)
        yield url
    finally:
        web.terminate()
        web.wait(20)


def _answers(url: str) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(f"{url}/livez").status_code == 200
    return False
