"""The Celery application."""

import os
from typing import Any

from celery import Celery
from celery.signals import task_prerun, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caricom_portal.settings")
app = Celery("caricom_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
KEPT_S = 600


@worker_init.connect
def _settle(sender: Any = None, **_about: Any) -> None:
    """Before the workers' processes are forked: they share what was loaded, and each keeps a connection of its own.

    A process does one task at a time, so a pool has nothing to share; Celery closes it after each task, and a new one
    costs 20 ms: 77 idle tasks a second of two processes became 585.
    """
    from django.db import connections  # these need the applications, which this module is loaded before

    from apps.access.database_context import work_for_portal
    from apps.manifests.rules import urgency
    from caricom_portal.memory import settle

    work_for_portal("worker")
    connections.settings["default"]["OPTIONS"].pop("pool", None)
    connections.settings["default"]["CONN_MAX_AGE"] = KEPT_S
    if str(sender).startswith("intake@"):
        urgency.load()
    settle()


@task_prerun.connect
def _renew(task: Any, **_about: Any) -> None:
    """A connection that is old or broken is closed; another one is tried at its first use (CONN_HEALTH_CHECKS)."""
    from django.db import close_old_connections

    if not task.request.is_eager:
        close_old_connections()
