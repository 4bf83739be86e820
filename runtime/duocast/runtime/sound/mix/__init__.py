"""The mix: voices in their rooms, music that makes way for them, one programme at the norm."""
