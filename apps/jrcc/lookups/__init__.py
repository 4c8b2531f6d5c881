"""Searching for people, documents, journeys and entries, in spite of spelling and under the searcher's own access."""
