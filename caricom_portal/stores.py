"""Settings of database, cache and live channels: where they are, and how long anybody waits for them."""

import os
import sys
from pathlib import Path
from typing import Any

from environ import Env

UNREACHABLE = {"connect_timeout": 4, "tcp_user_timeout": 20_000, "keepalives_idle": 10, "keepalives_interval": 5}
"""Seconds until a connection, milliseconds until a server that acknowledges nothing is given up, seconds between signs
of life: a server that vanished from the network is noticed long before TCP would."""
POOL_WAITS_S = 4


IDLE_S = 60
"""Seconds that a transaction may stand open in which nobody asks anything: its locks are others' waiting."""


def process() -> str:
    """What this process is called where PostgreSQL lists its sessions: `portal web`, `portal command backup`."""
    return f"portal {os.environ.get('PORTAL_PROCESS') or called(*sys.argv)}"[:63]


def called(program: str, *words: str) -> str:
    """Worker, intake, scheduler or command, by the command line (caricom_portal.services.programs)."""
    if "celery" in Path(program).parts:
        return "scheduler" if "beat" in words else "intake" if "intake" in words else "worker"
    return f"command {words[0]}" if Path(program).name == "manage.py" and words else "command"


def statement_limit_s() -> int:
    """Seconds that one statement may take: of a page a minute, of commands and workers an hour.

    Nobody waits an hour for a page, but a list of 100,000 lines is written by statements of minutes. Which process
    serves pages, `caricom_portal.asgi` says before the settings are read.
    """
    if os.environ.get("PORTAL_PROCESS") == "web":
        return int(Env().int("DATABASE_STATEMENT_S", default=60))
    return int(Env().int("DATABASE_WORK_STATEMENT_S", default=3600))


def limits() -> str:
    """What PostgreSQL ends by itself, as each connection says it: it holds on every server, whoever made the roles.

    Of a page also the transaction, after twice the time of the longest statement: no page waits for more than two of
    them. Imports and rounds of a worker are acts of hours and have no such end.
    """
    statement_ms = 1000 * statement_limit_s()
    said = {
        "lock_timeout": 5000,
        "statement_timeout": statement_ms,
        "idle_in_transaction_session_timeout": 1000 * IDLE_S,
        **({"transaction_timeout": 2 * statement_ms} if os.environ.get("PORTAL_PROCESS") == "web" else {}),
    }
    return " ".join(f"-c {name}={value}" for name, value in said.items())


def database(url: str, *, pool: int) -> dict[str, Any]:
    """The database; with `pool` connections at most, or one for each thread where it is 0."""
    options: dict[str, Any] = {"options": limits(), "application_name": process(), **UNREACHABLE}
    if pool:
        options["pool"] = {"min_size": 2, "max_size": pool, "timeout": POOL_WAITS_S}
    return {
        **Env.db_url_config(url),
        "ENGINE": "caricom_portal.postgres",
        "ATOMIC_REQUESTS": False,  # actions own their transaction (durable=True)
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,  # a restarted server must not cost one error per pooled connection
        "OPTIONS": options,
    }


def cache(redis_url: str) -> dict[str, Any]:
    """The cache; it says itself how long it waits (caricom_portal.caching)."""
    return {"BACKEND": "caricom_portal.caching.Cache", "LOCATION": f"{redis_url}/1"}


def live_channels(redis_url: str) -> dict[str, Any]:
    """What the processes tell each other about open texts; a lost message costs half a second, never a letter."""
    return {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [f"{redis_url}/2"], "prefix": "portal", "capacity": 1000},
    }
