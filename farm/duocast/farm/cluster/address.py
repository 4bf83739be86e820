"""A cluster's address: is anybody there, and does the cluster ask who gives it orders?

Ray waits for minutes for a head that is not there, so the port is tried first.
"""

import contextlib
import socket

from duocast.farm.cluster.faults import NoCluster, OpenCluster

_PATIENCE = 3.0
"""Seconds in which a head must answer."""


def split(address: str) -> tuple[str, int]:
    """Host and port of `HOST:PORT`. Raises `NoCluster`."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise NoCluster(address, "an address is HOST:PORT")
    return host, int(port)


def answers(address: str, patience: float = _PATIENCE) -> bool:
    """Whether something listens at the address."""
    try:
        probe(address, patience)
    except NoCluster:
        return False
    return True


def probe(address: str, patience: float = _PATIENCE) -> None:
    """Raises `NoCluster` unless something listens at the address."""
    try:
        socket.create_connection(split(address), patience).close()
    except OSError as problem:
        raise NoCluster(address, problem.strerror or str(problem)) from problem


def refuse_open(address: str, patience: float = _PATIENCE) -> None:
    """Raises `OpenCluster` if the head answers a question that comes without a token, `NoCluster` if it is no head."""
    import grpc
    from ray.core.generated import gcs_service_pb2, gcs_service_pb2_grpc

    with grpc.insecure_channel(address) as channel:
        service = gcs_service_pb2_grpc.NodeInfoGcsServiceStub(channel)
        try:
            service.CheckAlive(gcs_service_pb2.CheckAliveRequest(), timeout=patience)
        except grpc.RpcError as refusal:
            if refusal.code() is grpc.StatusCode.UNAUTHENTICATED:
                return
            raise NoCluster(address, str(refusal.code().name).lower()) from refusal
    raise OpenCluster(address)


def free_ports(count: int) -> list[int]:
    """Different ports that nobody listens on now."""
    with contextlib.ExitStack() as stack:
        taken = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in taken:
            each.bind(("", 0))
        return [int(each.getsockname()[1]) for each in taken]
