"""Engines and the store: what turns one node of the graph into a media file."""
