"""The commands of a farm: starting one, sending films to it, watching them, and taking them home."""
