"""What programs fetch and send."""

from apps.taxii.models.intake import Intake, IntakeDeskGrant
from apps.taxii.models.serving import Collection, Entry, Fetch, ObjectVersion, Publication

__all__ = ["Collection", "Entry", "Fetch", "Intake", "IntakeDeskGrant", "ObjectVersion", "Publication"]
