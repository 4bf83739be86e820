"""The farm in a world of its own: a seeded virtual clock, workers, disk and network, without and with faults."""
