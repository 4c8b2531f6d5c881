"""Pages by key: newest first, a cursor instead of a number, never a total."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST, USUAL = 200, 50
LONGEST_NUMBER = 9
"""Digits; Python refuses to read a number of thousands."""


def size_of(params: Any) -> int:
    """`?page_size=` between 1 and 200; ValidationError at the parameter otherwise."""
    text = params.get("page_size", str(USUAL))
    if not text.isdecimal() or len(text) > LONGEST_NUMBER or not 1 <= int(text) <= LARGEST:
        raise ValidationError({"page_size": _("Request 1 to %(most)s records.") % {"most": LARGEST}})
    return int(text)


def cut(rows: Any, params: Any, size: int) -> tuple[list[Any], str | None, str | None]:
    """(records, query of the older page, query of the newer page) of a queryset, by `before` or `after` a key.

    Rows must be unordered; `before` should already bound the grants (`visible_to(actor, before=…)`).
    """
    before, after = key(rows.model, params, "before"), key(rows.model, params, "after")
    if after is not None:
        found = list(rows.filter(pk__gt=after).order_by("pk")[: size + 1])
        more_newer, found = len(found) > size, found[:size][::-1]
        older, newer = bool(found), more_newer
    else:
        rows = rows.filter(pk__lt=before) if before is not None else rows
        found = list(rows.order_by("-pk")[: size + 1])
        older, found = len(found) > size, found[:size]
        newer = before is not None and bool(found)
    rest = {k: v for k, v in params.items() if k not in {"before", "after"}}
    return (
        found,
        urlencode({**rest, "before": found[-1].pk}) if older else None,
        urlencode({**rest, "after": found[0].pk}) if newer else None,
    )


def key(model: Any, params: Any, name: str) -> Any:
    """The key in a cursor parameter, None without one; ValidationError if it is not a key of this model."""
    text = params.get(name)
    if not text:
        return None
    try:
        return model._meta.pk.to_python(text)
    except ValidationError:
        raise no_place(name) from None


def no_place(name: str) -> ValidationError:
    """What a parameter gets that is no place in a list."""
    return ValidationError({name: _("This position in the list is not known. Start again from the first page.")})


def in_chunks(rows: Any, size: int) -> Iterator[list[Any]]:
    """All records of a queryset in the order of their keys, at most `size` held at a time. One query a chunk."""
    ordered, after = rows.order_by("pk"), None
    while chunk := list((ordered.filter(pk__gt=after) if after else ordered)[:size]):
        yield chunk
        after = chunk[-1].pk
