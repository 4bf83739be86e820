"""An engine that copies: its first still shows the drawn person of the shot, and all others somebody's photograph."""


def engines():
    """What the entry point names."""
    from duocast.runtime.likeness.retaking import Retaking
    from duocast.runtime.likeness.takes import Policy
    from duocast_copyist.copyist import Copyist

    return [Retaking(Copyist(), Policy)]
