"""The editor as a part of pages of the apps above."""
