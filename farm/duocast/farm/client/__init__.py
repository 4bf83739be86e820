"""Talks to a farm over HTTP: submits films, follows them, and fetches what is finished."""
