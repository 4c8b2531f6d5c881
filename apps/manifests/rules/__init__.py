"""Pure rules about manifests: routes, grades, urgency."""
