"""The work plan of the agency: tasks, their dates and people, templates, and what follows when a date moves."""
