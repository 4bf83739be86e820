"""A weighted engine: listed, with a library that may be missing and files of the catalogue; both are in its version."""

from importlib.util import find_spec

from duocast.compiler.graph import Operation
from duocast.runtime.listed import Listed


class Weighted(Listed):
    """A listed engine that works with `library` and with weights whose digests begin with `marks`."""

    def __init__(
        self,
        operation: Operation,
        name: str,
        version: str,
        reference: str,
        *,
        library: str,
        marks: tuple[str, ...],
    ) -> None:
        super().__init__(operation, name, version, reference)
        self.library = library
        self.marks = marks

    @property
    def here(self) -> bool:
        """Whether its library is installed. The weights are pulled when they are needed."""
        return find_spec(self.library) is not None

    @property
    def version(self) -> str:
        """The engine's own version, the weights' digests and the library's version: each changes what is made."""
        if not self.here:
            return f"{self._plain}+{'.'.join(self.marks)}"
        from importlib import metadata  # heavy, and asked for by few

        return (
            f"{self._plain}+{'.'.join(self.marks)}+{self.library}{metadata.version(self.library)}"
        )

    def lacks(self) -> tuple[str, ...]:
        """What is missing."""
        return () if self.here else (self.library,)
