"""The description of the API, for programs that ask for it."""

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView

from apps.access.downloads import state_marking
from apps.access.manifest import registry
from apps.access.marking import PUBLIC


@lru_cache(maxsize=4)
def described(_language: str | None) -> dict[str, Any]:
    """The whole API as OpenAPI 3.1 in the language that is active; made once for each process, which takes a second."""
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made


def enum_names() -> dict[str, Any]:
    """{name in the description: choices that it names}, as the apps' manifests say."""
    return {
        name: app.found(choices) if isinstance(choices, str) else choices
        for app in registry.apps.values()
        for name, choices in app.enums.items()
    }


class MadeOnce(SchemaGenerator):
    """Gives everybody the same description: it does not depend on who asks."""

    def get_schema(self, request: Any = None, public: bool = False) -> dict[str, Any]:
        """The description of the whole API."""
        return described(get_language())


class DescriptionView(SpectacularAPIView):
    """OpenAPI 3.1 of everything under /api/v1/."""

    generator_class = MadeOnce

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """The description; a file that anybody may keep, by the name that programs know."""
        return state_marking(super().finalize_response(request, response, *args, **kwargs), PUBLIC, in_name=False)
