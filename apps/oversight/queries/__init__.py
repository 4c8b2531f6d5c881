"""What oversight's pages ask."""

from apps.oversight.queries import anchors, anomalies, cases

__all__ = ["anchors", "anomalies", "cases"]
