"""Interchange: scripts for other programs, and scripts from them, by way of the elements of a printed page."""
