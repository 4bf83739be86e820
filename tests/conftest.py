"""What all tests share."""

import signal


def pytest_configure():
    """Children are to hear Ctrl-C and a closed terminal, even where the tests themselves run in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
