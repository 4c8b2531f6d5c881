"""Files as an app."""

from typing import ClassVar

from django.apps import AppConfig

from apps.access.wall_tables import FLOOR, Table


class Files(AppConfig):
    """Its name and its words; what it joins to others is in its manifest."""

    name = "apps.files"
    walls: ClassVar[dict[str, Table]] = {
        "files.storedblob": FLOOR.kept_rows(),
        "files.attachment": FLOOR.kept_rows(),
        "files.upload": FLOOR.kept_rows(),
    }
