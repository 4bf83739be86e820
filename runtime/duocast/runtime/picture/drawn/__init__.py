"""The drawn person: an illustrated character made from words, with a rig that turns, speaks and looks."""
