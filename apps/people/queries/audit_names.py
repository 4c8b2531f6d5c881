"""What people are called in the audit trail."""

from collections.abc import Collection

from apps.audit import titles
from apps.people.models import User


@titles.register_names
def full_names(people: Collection[str]) -> dict[str, str]:
    """Of those whose user name the reader may know: that is asked before."""
    return dict(User.objects.filter(username__in=people).exclude(full_name="").values_list("username", "full_name"))
