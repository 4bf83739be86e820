"""Underscore: words for a mood become harmony, melody and played instruments."""
