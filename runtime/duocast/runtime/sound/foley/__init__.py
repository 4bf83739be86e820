"""Foley: the sounds of weather, places, things and people, made from noise and ringing bodies."""
