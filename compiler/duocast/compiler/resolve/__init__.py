"""Resolving: every name of the script is looked up, and what cannot be found is said, with the exact edit."""
