"""Messages of carriers, drafts of lists, bookings, and by when a State wants a list."""

from apps.manifests.models.bookings import BookedTraveller, Booking, BookingDeskGrant, BookingLaw
from apps.manifests.models.drafts import Draft, SheetLayout
from apps.manifests.models.regimes import Regime
from apps.manifests.models.submissions import Submission, SubmissionContent, SubmissionDeskGrant

__all__ = [
    "BookedTraveller",
    "Booking",
    "BookingDeskGrant",
    "BookingLaw",
    "Draft",
    "Regime",
    "SheetLayout",
    "Submission",
    "SubmissionContent",
    "SubmissionDeskGrant",
]
