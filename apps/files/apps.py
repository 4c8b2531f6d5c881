"""Files as an app: its listeners and checks have to be known before anything happens that they wait for."""

from django.apps import AppConfig


class Files(AppConfig):
    """Declares what follows by itself."""

    name = "apps.files"

    def ready(self) -> None:
        """Import the listeners and the check of the settings."""
        from apps.files import checks, tasks  # noqa: F401 - importing declares them
