"""The review: what is written well and can't be meant. It runs over the whole script when all names are resolved."""
