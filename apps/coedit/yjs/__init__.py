"""Yjs as bytes: decoding, judging and rendering of documents. Pure: nothing of Django."""
