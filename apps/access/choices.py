"""Enumerations whose labels speak the reader's language without a mark: catalogues read them from the source."""

import re
from enum import property as enum_property
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.enums import ChoicesType
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def is_short(text: str) -> bool:
    """One or two words: too few to tell a translator a verb from a noun, so such a text has a context."""
    return 1 <= len(WORD.findall(PLACEHOLDER.sub(" ", text))) <= 2


def context_of(enumeration: str, label: str) -> str:
    """The context of a label by the name of its class, as `Hit.State`: "state of hit"; "" for a longer label."""
    parts = [re.sub(r"(?<=[a-z])(?=[A-Z])", " ", part).lower() for part in reversed(enumeration.split("."))]
    return " of ".join(parts) if is_short(label) else ""


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
    return [(member.value, _lazy(member)) for member in members]


def _lazy(member: Any) -> Promise:
    """A label that pgettext_lazy made stays as it is."""
    label = member._label_
    if isinstance(label, Promise):
        return label
    context = context_of(type(member).__qualname__, label)
    return pgettext_lazy(context, label) if context else gettext_lazy(label)


if TYPE_CHECKING:  # the plugin of mypy knows the members of Django's own alone
    from django.db.models import IntegerChoices, TextChoices
else:

    class TextChoices(models.TextChoices, metaclass=Worded):
        """Words for states, kinds, outcomes: English in the source, `label` in the language of now."""

        @enum_property
        def label(self) -> str:
            return str(_lazy(self))

    class IntegerChoices(models.IntegerChoices, metaclass=Worded):
        """The same for ranks that are numbers."""

        @enum_property
        def label(self) -> str:
            return str(_lazy(self))
