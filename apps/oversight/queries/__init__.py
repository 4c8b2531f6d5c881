"""What oversight's pages ask."""

from apps.oversight.queries import anchors, anomalies, cases, openings, walks

__all__ = ["anchors", "anomalies", "cases", "openings", "walks"]
