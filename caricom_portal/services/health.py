"""Ask a portal on this machine whether it is ready."""

import http.client
import os

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to ask a server that listens everywhere


def ask_health(host: str, port: int) -> tuple[bool, str]:
    """Whether GET /healthz answers 200, and what it said instead (status and text, or why it could not be asked)."""
    # the server refuses names that it was not told of
    name = (os.environ.get("ALLOWED_HOSTS") or "localhost").split(",")[0].strip().lstrip(".*") or "localhost"
    connection = http.client.HTTPConnection(EVERYWHERE.get(host, host), port, timeout=10)
    try:
        connection.request("GET", "/healthz", headers={"Host": name})
        response = connection.getresponse()
        said = response.read(500).decode(errors="replace")
    except (OSError, http.client.HTTPException) as error:
        return False, str(error)
    finally:
        connection.close()
    return response.status == 200, f"{response.status} {said}"
