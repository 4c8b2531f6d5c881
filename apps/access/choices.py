"""Enumerations whose labels speak the reader's language without a mark: catalogues read them from the source."""

from enum import property as enum_property
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.enums import ChoicesType
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


class Worded(ChoicesType):
    """`choices` with labels translated when they are shown: fields and forms are made before anybody reads."""

    @property
    def choices(cls) -> list[tuple[Any, Promise]]:
        return some(*cls)

    @property
    def values(cls) -> list[Any]:
        members: tuple[Any, ...] = (*cls,)
        return [member.value for member in members]


def some(*members: Any) -> list[tuple[Any, Promise]]:
    """The choices of some members, for a form that does not offer all."""
    return [(member.value, _lazy(member._label_)) for member in members]


def _lazy(label: str | Promise) -> Promise:
    """A label with a context ("open", the state, is not "Open", the button) comes as pgettext_lazy made it."""
    return label if isinstance(label, Promise) else gettext_lazy(label)


if TYPE_CHECKING:  # the plugin of mypy knows the members of Django's own alone
    from django.db.models import IntegerChoices, TextChoices
else:

    class TextChoices(models.TextChoices, metaclass=Worded):
        """Words for states, kinds, outcomes: English in the source, `label` in the language of now."""

        @enum_property
        def label(self) -> str:
            return str(_lazy(self._label_))

    class IntegerChoices(models.IntegerChoices, metaclass=Worded):
        """The same for ranks that are numbers."""

        @enum_property
        def label(self) -> str:
            return str(_lazy(self._label_))
