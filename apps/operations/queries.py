"""What is switched off, whether maintenance runs, and how the portal's work stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Max, Min, Q

from apps.access.database_context import beyond
from apps.access.models import Dispatch, Heartbeat
from apps.access.short_cache import forget, remembered
from apps.files.models import StoredBlob
from apps.notices.models import Delivery, Webhook, WebhookCall
from apps.operations.models import Feature, FeatureSwitch, Maintenance

CACHED_S = 30
KEY = "operations:now"
TABLES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Now:
    """What holds for all requests now: {party: beginnings of names that are closed}, and the notice of maintenance."""

    closed: dict[str, list[str]]
    notice: str
    until: str

    def closes(self, party: str, name: str) -> bool:
        """Whether an address is closed to a party."""
        return any(name.startswith(place) for place in self.closed.get(party, ()))


def now() -> Now:
    """See Now. From the cache for half a minute; two queries without it."""
    try:
        return Now(**remembered(KEY, CACHED_S, _state))
    except DatabaseError:
        return Now({}, "", "")  # without a database there is nothing to read or change; others say so


def forget_now() -> None:
    """Let the next request ask anew."""
    forget(KEY)


def _state() -> dict[str, Any]:
    closed: dict[str, list[str]] = {}
    for switch in FeatureSwitch.objects.filter(valid_to=None).select_related("feature"):
        closed.setdefault(switch.party_id, []).extend(switch.feature.places)
    running = Maintenance.objects.filter(state=Maintenance.State.RUNNING).first()
    notice = running.notice if running else ""
    return {"closed": closed, "notice": notice, "until": running.until.isoformat() if running else ""}


def features() -> list[Any]:
    """Apps that can be switched, by name."""
    return list(Feature.objects.order_by("label"))


def queue() -> dict[str, Any]:
    """Open work: how much waits and since when, how much has failed, by topic, the oldest first. One query."""
    rows = Dispatch.objects.filter(done_at=None).order_by().values("topic")
    counted = rows.annotate(
        waiting=Count("pk", filter=Q(dead_at=None)),
        oldest=Min("created_at", filter=Q(dead_at=None)),
        failing=Count("pk", filter=Q(attempts__gt=0, dead_at=None)),
        dead=Count("pk", filter=Q(dead_at__isnull=False)),
    )
    topics = sorted(counted, key=lambda row: (-row["waiting"], row["topic"]))
    return {
        "topics": topics,
        "waiting": sum(row["waiting"] for row in topics),
        "dead": sum(row["dead"] for row in topics),
        "oldest": min((row["oldest"] for row in topics if row["oldest"]), default=None),
    }


def heartbeats() -> list[Heartbeat]:
    """The last signs of life."""
    return list(Heartbeat.objects.order_by("name"))


@dataclass(frozen=True, slots=True)
class Results:
    """When a part last did what it is for, when it last did not, and whether something is being tried again."""

    good: datetime | None
    bad: datetime | None
    tried_again: bool = False


def scans() -> Results:
    """Of the scanner of files. One query."""
    S = StoredBlob.State
    good, bad = Q(state__in=[S.CLEAN, S.REFUSED]), Q(state=S.UNAVAILABLE)
    return Results(
        **StoredBlob.objects.aggregate(good=Max("scanned_at", filter=good), bad=Max("scanned_at", filter=bad))
    )


def mails() -> Results:
    """Of mails about notices. Two queries."""
    D = Delivery.State
    rows = Delivery.objects.exclude(channel=Delivery.Channel.PORTAL)
    found = rows.aggregate(
        good=Max("changed_at", filter=Q(state=D.SENT)), bad=Max("changed_at", filter=Q(state=D.FAILED))
    )
    return Results(**found, tried_again=_tried_again("mail.due"))


def calls() -> Results:
    """Of calls of desks' own programs. Two queries."""
    C = WebhookCall.State
    found = WebhookCall.objects.aggregate(
        good=Max("done_at", filter=Q(state=C.SENT)), bad=Max("done_at", filter=Q(state=C.FAILED))
    )
    return Results(**found, tried_again=_tried_again("webhook.due"))


def _tried_again(topic: str) -> bool:
    return Dispatch.objects.filter(topic=topic, done_at=None, dead_at=None, attempts__gt=0).exists()


def webhook_states() -> dict[str, int]:
    """{state: number} of the addresses of desks' own programs that have not ended. One query."""
    rows = (
        beyond(Webhook.objects.all(), "operations").exclude(state=Webhook.State.ENDED).order_by().values_list("state")
    )
    return dict(rows.annotate(n=Count("pk")))


def database() -> dict[str, Any]:
    """Version and size of the database in bytes, its largest tables, connections in use. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), pg_database_size(current_database()),"
            " (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),"
            " current_setting('max_connections')::int"
        )
        version, size, used, most = cursor.fetchone()
        cursor.execute(
            "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r' AND relnamespace ="
            " 'public'::regnamespace ORDER BY 2 DESC LIMIT %s",
            [TABLES_SHOWN],
        )
        return {"version": version, "size": size, "used": used, "most": most, "tables": cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class OpenTransactions:
    """The oldest transaction that stands open on the server beside this one, and how many sessions are not shown to
    us: `application` is None where none is seen, which says nothing of those."""

    hidden: int
    application: str | None = None
    role: str = ""
    database: str = ""
    began: datetime | None = None


def open_transactions() -> OpenTransactions:
    """Of all databases of the server; other roles' by the right of pg_read_all_stats alone. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_name, usename, datname, xact_start, backend_type IS NULL FROM pg_stat_activity"
            " WHERE datid IS NOT NULL AND pid <> pg_backend_pid() AND (xact_start IS NOT NULL OR backend_type IS NULL)"
            " ORDER BY xact_start NULLS LAST"
        )
        found = cursor.fetchall()
    hidden = sum(is_hidden for *_said, is_hidden in found)
    return OpenTransactions(hidden, *found[0][:4]) if len(found) > hidden else OpenTransactions(hidden)


def applied_migrations() -> set[tuple[str, str]]:
    """(app, name) of the migrations that the database has seen. One query."""
    return set(MigrationRecorder(connection).applied_migrations())
