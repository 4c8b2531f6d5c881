"""Reading texts and their log. Callers have asked apps.coedit.actions.rights before."""
