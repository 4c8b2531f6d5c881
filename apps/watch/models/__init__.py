"""The watch log of a desk on duty, bulletins, and the weekly digest."""

from apps.watch.models.bulletins import Bulletin, BulletinDeskGrant, BulletinReceipt
from apps.watch.models.digests import Digest, DigestDeskGrant, DigestItem
from apps.watch.models.log import Handover, Watch, WatchDeskGrant, WatchEntry

__all__ = [
    "Bulletin",
    "BulletinDeskGrant",
    "BulletinReceipt",
    "Digest",
    "DigestDeskGrant",
    "DigestItem",
    "Handover",
    "Watch",
    "WatchDeskGrant",
    "WatchEntry",
]
