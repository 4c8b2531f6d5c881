"""The description of the API, for programs that ask for it."""

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView


@lru_cache(maxsize=4)
def described(_language: str | None) -> dict[str, Any]:
    """The whole API as OpenAPI 3.1 in the language that is active; made once for each process, which takes a second."""
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made


class MadeOnce(SchemaGenerator):
    """Gives everybody the same description: it does not depend on who asks."""

    def get_schema(self, request: Any = None, public: bool = False) -> dict[str, Any]:
        """The description of the whole API."""
        return described(get_language())


class DescriptionView(SpectacularAPIView):
    """OpenAPI 3.1 of everything under /api/v1/."""

    generator_class = MadeOnce
