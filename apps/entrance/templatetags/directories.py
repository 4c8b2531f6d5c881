"""Whether the sign-in page has a second way."""

from django import template

from apps.entrance.queries import any_directory

register = template.Library()
register.simple_tag(any_directory)
