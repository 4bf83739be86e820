"""One file from an https address, straight to disk."""

import urllib.error
import urllib.request
from pathlib import Path

from duocast.runtime.weights.archives import Report, Unavailable

_TIMEOUT = 20


def download_file(url: str, target: Path, report: Report) -> None:
    """Download `url` to `target`. Raises `Unavailable` with the server's or the network's reason."""
    request = urllib.request.Request(url, headers={"User-Agent": "duocast"})
    try:
        with (
            urllib.request.urlopen(request, timeout=_TIMEOUT) as answer,
            target.open("wb") as out,
        ):
            done = 0
            while block := answer.read(1 << 18):
                out.write(block)
                done += len(block)
                report(done)
    except urllib.error.HTTPError as error:
        raise Unavailable(f"the server answered {error.code} {error.reason}") from error
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        raise Unavailable(f"no connection: {getattr(error, 'reason', error)}") from error
