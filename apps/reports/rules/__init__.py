"""How reports say what the record holds: number words, lists, and the language of their sentences. Pure."""
