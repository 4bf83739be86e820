"""What can go wrong between farmd and a Ray cluster, in words that say what to do.

ClusterError
├── NoCluster      nobody answers at the address
├── OpenCluster    the cluster takes orders from anybody
└── NotStarted     our own Ray could not be started
"""


class ClusterError(Exception):
    """The cluster can't be used; `hint` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}"


class NoCluster(ClusterError):
    """Nobody answers at the address."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(
            f"no Ray cluster answers at {address} ({why})",
            "check the address (HOST:PORT of the head), and that the head runs",
        )


class OpenCluster(ClusterError):
    """The cluster takes orders from anybody who reaches it."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"the Ray cluster at {address} has no token: anybody who reaches it can run programs on it",
            "start its head and nodes with RAY_AUTH_MODE=token and one RAY_AUTH_TOKEN_PATH",
        )


class NotStarted(ClusterError):
    """Ray could not be started on this machine."""

    def __init__(self, why: str) -> None:
        super().__init__("Ray could not be started on this machine", why)
