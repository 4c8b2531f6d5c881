"""Writing texts. They follow from what people type, many times a minute: rows of the log, not declared verbs."""
