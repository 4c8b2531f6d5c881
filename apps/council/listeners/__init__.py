"""What follows by itself in the Council, by area; imported by apps.council.tasks."""
