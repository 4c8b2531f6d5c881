"""What programs fetch and send."""

from apps.taxii.models.collections import Collection, Entry, Fetch, ObjectVersion, Publication
from apps.taxii.models.intake import Intake, IntakeDeskGrant

__all__ = ["Collection", "Entry", "Fetch", "Intake", "IntakeDeskGrant", "ObjectVersion", "Publication"]
