"""Pure rules about schedules."""
