"""What the clock does for the audit."""

from celery import shared_task
from django.utils import timezone

from apps.audit import actions


@shared_task(name="audit.bundle")
def bundle_now() -> int:
    """The clock's call, each minute: entries for refusals that were repeated; how many."""
    return actions.append_repetitions(timezone.now())
