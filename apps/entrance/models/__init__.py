"""Devices from which people sign in, what changed about it, each party's rules for it and its own directory."""

from apps.entrance.models.changes import AccountChange
from apps.entrance.models.devices import Device
from apps.entrance.models.directories import Directory, DirectoryLink
from apps.entrance.models.limits import KeyLimit
from apps.entrance.models.rules import SignInRule

__all__ = ["AccountChange", "Device", "Directory", "DirectoryLink", "KeyLimit", "SignInRule"]
