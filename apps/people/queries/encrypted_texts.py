"""What this app keeps under FIELD_KEY."""

from apps.access.key_rotation import of_column

HANDOVERS = of_column("people.Handover", "sealed")
