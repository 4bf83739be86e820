"""How laws are tried: the same few scripts in every run, or as many others as DUOCAST_EXAMPLES says."""

import os

from hypothesis import HealthCheck, Phase, settings

_ASKED = os.environ.get("DUOCAST_EXAMPLES")


def law(examples: int, *, shrinks: bool = True) -> settings:
    """The settings of a law; `shrinks` is off where one try takes too long to make a failure smaller."""
    phases = [Phase.explicit, Phase.reuse, Phase.generate, *([Phase.shrink] if shrinks else [])]
    return settings(
        max_examples=int(_ASKED or examples),
        derandomize=not _ASKED,
        database=None,
        deadline=None,
        phases=phases,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
