"""What is wanted of a farm: a command line of `farm up` as the daemon's settings, and as a command line again."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from duocast.cli.policy import FARMS, office_here
from duocast.cli.studio import FARM, factory, inlines
from duocast.farm.backend import Backend
from duocast.farm.daemon.moderation import Moderator
from duocast.farm.daemon.settings import Settings
from duocast.runtime.engine import EngineError
from duocast.runtime.store.disk import DiskStore

EVERYWHERE = ("0.0.0.0", "::")
"""Addresses to listen at that nobody can ask for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a command line says about a farm; all paths are absolute."""

    folder: Path
    backend: str
    store: Path | None
    jobs: int
    host: str
    port: int
    address: str | None
    new_nodes: int
    cert: Path | None
    key: Path | None

    @property
    def settings(self) -> Settings:
        """The daemon's settings."""
        return Settings(
            folder=self.folder,
            factory=factory(FARM),
            backend=self._opener(),
            inline=inlines(),
            host=self.host,
            port=self.port,
            tls_cert=self.cert,
            tls_key=self.key,
            store=self.store,
            moderator=_moderator(),
        )

    @property
    def url(self) -> str:
        """Where users find the farm: where it listens everywhere, by the first name of its certificate."""
        url = self.settings.url
        if self.cert is None or self.host not in EVERYWHERE:
            return url
        return f"https://{first_name(self.cert) or self.host}:{self.port}"

    @property
    def arguments(self) -> list[str]:
        """The same as a command line."""
        given = {
            "--folder": self.folder,
            "--backend": self.backend,
            "--store": self.store,
            "--jobs": self.jobs,
            "--host": self.host,
            "--port": self.port,
            "--address": self.address,
            "--new-ray-nodes": self.new_nodes or None,
            "--tls-cert": self.cert,
            "--tls-key": self.key,
        }
        said = [(name, str(value)) for name, value in given.items() if value is not None]
        return [word for pair in said for word in pair]

    def _opener(self) -> Callable[[DiskStore, int], Backend]:
        return self._local if self.backend == "local" else self._ray

    def _local(self, store: DiskStore, epoch: int) -> Backend:
        """Workers of this machine; they never outlive their daemon, so that no epoch is needed."""
        from duocast.farm.local import LocalPool

        del epoch
        return LocalPool(store, factory(FARM), self.jobs)

    def _ray(self, store: DiskStore, epoch: int) -> Backend:
        """Hosts on a cluster: on one that runs, or on a Ray of the farm's own."""
        from duocast.farm.cluster.backend import ClusterSettings, RayBackend
        from duocast.farm.cluster.placement import Slots
        from duocast.farm.cluster.start import NodeSettings

        here = NodeSettings(cpus=self.jobs)
        if self.address:
            settings = ClusterSettings(self.folder, self.address)
        else:
            nodes = (here,) * self.new_nodes
            settings = ClusterSettings(self.folder, head=here, nodes=nodes, slots=Slots(cpus=1.0))
        return RayBackend(settings, factory(FARM), store, epoch)


def _moderator() -> Moderator:
    """The policy that holds where the farm is started. Raises `ValueError` for one that is not right."""
    try:
        return Moderator(office_here(), FARMS)
    except EngineError as problem:
        raise ValueError(f"{problem.message} ({problem.code})") from None


def first_name(certificate: Path) -> str:
    """The first name that a certificate is for; empty if it names none, or is none."""
    from cryptography import x509

    try:
        read = x509.load_pem_x509_certificate(certificate.read_bytes())
        names = read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, x509.ExtensionNotFound):
        return ""
    return next(iter(names.get_values_for_type(x509.DNSName)), "")
