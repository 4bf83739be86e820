"""Delivery: titles, captions, encoding, joining and signing."""
