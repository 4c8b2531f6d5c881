"""Pages of reports: one report, its sentences and drafts, clearances, facts, scorecards."""
