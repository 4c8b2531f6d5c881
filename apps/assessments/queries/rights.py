"""Who may write or read the text of a section: asked by the editing of texts whenever something changed."""

import uuid

from apps.access.actor import Actor
from apps.assessments import policy
from apps.assessments.models import Assessment, Section
from apps.coedit.actions.rights import Grant


def grant(actor: Actor, assessment_id: uuid.UUID, section_id: uuid.UUID) -> Grant:
    """ "write", "read" or None: nothing of an assessment, or of a section, that the actor does not see."""
    row = Assessment.objects.visible_to(actor).filter(pk=assessment_id).first()
    if row is None or not Section.objects.filter(pk=section_id, assessment=row, removed_at=None).exists():
        return Grant(None, "not-visible")
    mode = policy.text_right(actor.user_id, row.lead_id, row.drafters, row.state)
    return Grant(mode if actor.may_write else "read", row.state)
