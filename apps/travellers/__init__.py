"""The same person on many journeys, searches for people, and how long anything is kept."""
