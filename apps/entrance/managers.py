"""Who may read what is kept of signing in."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from apps.access.actor import Actor
from apps.audit.managers import is_regional
from apps.entrance.policy import RULE_READERS
from apps.people.managers import administering
from apps.people.policy import ENOUGH


class SignInRuleQuerySet(models.QuerySet[Any]):
    """How a party's people sign in."""

    def visible_to(self, actor: Actor | None) -> Self:
        """A party's own rules, for its administration and oversight; all for the region's oversight."""
        if actor is None or actor.function not in RULE_READERS:
            return self.none()
        return self if is_regional(actor) else self.filter(party_id=actor.party_code)


class OwnQuerySet(models.QuerySet[Any]):
    """From where a person has signed in, and what was changed about it."""

    def visible_to(self, actor: Actor | None) -> Self:
        """One's own rows, and all for the portal that notes them."""
        if actor is None:
            return self.none()
        return self if actor.function == "automation" else self.filter(user_id=actor.user_id)


class LimitQuerySet(models.QuerySet[Any]):
    """From where keys are used."""

    def visible_to(self, actor: Actor | None) -> Self:
        """A party's own, for its administration and oversight; all for the portal that guards them."""
        if actor is not None and actor.function == "automation":
            return self
        if actor is None or actor.function not in RULE_READERS:
            return self.none()
        return self.filter(token__seat__desk__party_id=actor.party_code)


class DirectoryQuerySet(models.QuerySet[Any]):
    """Parties' own directories."""

    def visible_to(self, actor: Actor | None) -> Self:
        """A party's own, for its administration and oversight; all for the region's oversight.

        The platform desk sees what waits where a party has no second administrator, and what it put into force. With
        `administrators`, the number of people who administer the party's accounts now.
        """
        if actor is None:
            return self.none()
        rows = self.annotate(administrators=administering())
        if actor.function == "platform":
            return rows.filter(Q(administrators__lt=ENOUGH, state="proposed") | Q(confirmed_by=actor.user_id))
        if actor.function not in RULE_READERS:
            return rows.none()
        return rows if is_regional(actor) else rows.filter(party_id=actor.party_code)


class DirectoryLinkQuerySet(models.QuerySet[Any]):
    """Who is linked to their party's directory."""

    def visible_to(self, actor: Actor | None) -> Self:
        """One's own; those of the party's people for its administration and oversight; all for the portal itself."""
        if actor is None:
            return self.none()
        if actor.function == "automation":
            return self
        mine = Q(user_id=actor.user_id)
        ours = Q(user__home_party_id=actor.party_code)
        return self.filter(mine | ours) if actor.function in RULE_READERS else self.filter(mine)
