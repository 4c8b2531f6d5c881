"""What pages of signing in say: whether there is a second way, and what a browser is called."""

from django import template

from apps.entrance.browsers import in_words
from apps.entrance.queries import any_directory

register = template.Library()
register.simple_tag(any_directory)
register.filter("browser", in_words)
