"""The marking of a page, taken from what its view or its template states."""

import logging
from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.template import Context

from apps.access.marking import OFFICIAL, PUBLIC, Shown, Unmarked, shown

register = template.Library()
log = logging.getLogger(__name__)
STATED = "marking stated in a template"


@register.simple_tag(takes_context=True)
def stated(context: Context, word: str) -> str:
    """State the marking of a page all of whose text stands in its template: "PUBLIC" or "OFFICIAL"."""
    context.render_context[STATED] = {"PUBLIC": PUBLIC, "OFFICIAL": OFFICIAL}[word]
    return ""


@register.simple_tag(takes_context=True)
def page_marking(context: Context) -> Shown:
    """What the banners print: the marking given with the page, or for its view, or in its template.

    A page that states none fails in tests and at development (UNMARKED_PAGES_FAIL). At work its reader is not left
    without it: it wears the highest level that the reader may read, so never a lower one than what stands in it.
    """
    banner = statement_of(context)
    if banner:
        return shown(banner)
    request = context.get("request")
    if settings.UNMARKED_PAGES_FAIL:
        raise Unmarked(f"{_view_of(request)}: no marking is stated; see apps/access/marking.py")
    log.error("page without a marking", extra={"view": _view_of(request)})
    return shown({"level": getattr(getattr(request, "actor", None), "clearance", 0)})


def statement_of(context: Context) -> Mapping[str, Any] | None:
    """What is stated of a page, by the nearest to it that says something."""
    asked = getattr(context.get("request"), "marking", None)
    return context.get("marking") or asked or context.render_context.get(STATED)


def _view_of(request: Any) -> str:
    match = getattr(request, "resolver_match", None)
    return f"{match.view_name} ({match._func_path})" if match else "a page without an address"
