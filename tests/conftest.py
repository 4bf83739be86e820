"""What all tests share."""

import os
import signal
from pathlib import Path


def pytest_configure():
    """Children are to hear Ctrl-C and a closed terminal, even where the tests themselves run in the background.

    Films of tests pull no models of moderation.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    os.environ.setdefault("DUOCAST_POLICY", str(Path(__file__).parent / "measure" / "policy.toml"))
