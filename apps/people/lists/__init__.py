"""Lists of people, their accounts, keys and work, as they are declared."""

from apps.people.lists import desks, keys
from apps.people.lists.accounts import Decided, Invitations, People, account_chip, factor_chip

__all__ = ["Decided", "Invitations", "People", "account_chip", "desks", "factor_chip", "keys"]
