"""Lets all tests of the farm use the engines in this folder: pytest looks for modules where this stands."""
