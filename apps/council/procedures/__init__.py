"""Written procedures: decisions by silence, from the text that is sent round to what it comes to."""
