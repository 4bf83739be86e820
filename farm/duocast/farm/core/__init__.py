"""The farm's core: a pure fold of events, without a clock, a file, a network or a process."""
