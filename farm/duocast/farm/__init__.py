"""Schedules the graph over workers: a local process pool, or a shared cluster."""
