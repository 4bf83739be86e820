"""Photographed people: a face found, cut out and made to move."""
