"""The watch log of a desk on duty, bulletins, and the weekly digest."""

from apps.watch.models.bulletins import Bulletin, BulletinDeskGrant, BulletinReceipt, BulletinThing
from apps.watch.models.digests import Digest, DigestDeskGrant, DigestItem
from apps.watch.models.log import Handover, Watch, WatchDeskGrant, WatchEntry

__all__ = [
    "Bulletin",
    "BulletinDeskGrant",
    "BulletinReceipt",
    "BulletinThing",
    "Digest",
    "DigestDeskGrant",
    "DigestItem",
    "Handover",
    "Watch",
    "WatchDeskGrant",
    "WatchEntry",
]
