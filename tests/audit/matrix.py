"""The audit's addresses for tests/matrix.py: who wrote of what."""

RECORDS = {"audit:object": "hit"}
VALUES = {("audit:object", "kind"): "jrcc.hit", ("audit:person", "name"): "jrcc.watch.officer"}
