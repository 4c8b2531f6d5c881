"""What pages of signing in say: whether there is a second way, and what a browser is called."""

from django import template

from apps.entrance.queries.sign_in import any_directory
from apps.entrance.rules.browsers import in_words

register = template.Library()
register.simple_tag(any_directory)
register.filter("browser", in_words)
