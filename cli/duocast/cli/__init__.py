"""The command line: the one place that reads the environment and the arguments."""
