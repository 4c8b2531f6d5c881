"""How much room is left where the portal keeps data. Below a tenth it warns, while there is time to make room."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

LOW = 0.1
"""Share of a disk, or the room for so many of the largest attachments, whichever is less."""
ATTACHMENTS = 400


@dataclass(frozen=True, slots=True)
class Disk:
    """A disk that holds the portal's data: which folders, and bytes."""

    folders: tuple[str, ...]
    free: int
    total: int

    @property
    def is_low(self) -> bool:
        """Whether room has to be made soon."""
        return self.free < min(LOW * self.total, ATTACHMENTS * settings.FILE_LIMIT)


def disks() -> list[Disk]:
    """The disks of the portal's home, of attachments and of watched folders; each once."""
    found: dict[int, list[str]] = {}
    for folder in dict.fromkeys((settings.HOME, settings.FILE_ROOT, settings.DROP_ROOT)):
        place = next(_existing(Path(folder)))
        found.setdefault(place.stat().st_dev, []).append(str(place))
    return [_disk(tuple(folders)) for folders in found.values()]


def is_low() -> bool:
    """Whether one of them has little room left."""
    return any(disk.is_low for disk in disks())


def _existing(folder: Path) -> Iterator[Path]:
    """The folder, or the nearest one above it that is there already."""
    return (one for one in (folder, *folder.parents) if one.is_dir())


def _disk(folders: tuple[str, ...]) -> Disk:
    usage = shutil.disk_usage(folders[0])
    return Disk(folders, usage.free, usage.total)
