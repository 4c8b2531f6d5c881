"""What this app keeps under FIELD_KEY."""

from apps.access.key_rotation import of_column

WEBHOOKS = of_column("notices.Webhook", "sealed")
