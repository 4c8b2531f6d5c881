"""What time alone brings about: reminders, comments that nobody objected to, reviews that come due."""

import datetime

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.access.clock import done
from apps.access.retention import round_done
from apps.assessments.actions import comments, releases, steps
from apps.assessments.queries import clocks
from apps.coedit.actions import section_texts
from apps.people.queries import service_actor


@shared_task(name="assessments.tick")
def run_assessments_deletions() -> dict[str, int]:
    """Each hour: how many reminders went, comments were closed, reviews came due, rows of history were dropped."""
    return run_assessments_clock(timezone.now())


def run_assessments_clock(now: datetime.datetime) -> dict[str, int]:
    """All that is due at a moment, each thing one action; again at the same moment it does nothing."""
    clock = service_actor("RIFC.automation", request_id="assessments")
    reminders = clocks.reminders(clock, now.date())
    lapsed = clocks.lapsed_comments(clock, now)
    reviews = clocks.reviews(clock, now.date())
    reason = _("Its review is due.")
    forgotten = section_texts.forget(clocks.over(clock, now), now - clocks.HISTORY_KEPT)
    round_done("assessments.tick", forgotten)
    return {
        "reminders": sum(
            done(steps.remind_of_assessment, clock, one.row, step=one.step, parties=one.parties, lead=one.lead)
            for one in reminders
        ),
        "comments": sum(
            done(comments.lapse_assessment_comment, clock, row, comment=comment) for row, comment in lapsed
        ),
        "reviews": sum(done(releases.mark_assessment_due, clock, row, reason=reason) for row in reviews),
        "forgotten": forgotten,
    }
