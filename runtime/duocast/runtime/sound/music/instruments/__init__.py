"""The instruments: each is a function from pitch, strength and length to samples."""
