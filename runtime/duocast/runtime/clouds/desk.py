"""The desk: one task's way from its engine to a cloud: the account, the key, the books, and the name of the order."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duocast.compiler.graph import Operation
from duocast.compiler.keys import node_key
from duocast.runtime.clouds.account import Account, Office
from duocast.runtime.clouds.books import Books, Purpose
from duocast.runtime.clouds.contract import Adapter
from duocast.runtime.clouds.driver import Cloud
from duocast.runtime.engine import Request


class Desk:
    """What an engine of a cloud works with; `usual` is its model where the settings name none."""

    def __init__(
        self, adapter: Adapter, office: Office, operation: Operation, version: str, usual: str
    ) -> None:
        self.adapter = adapter
        self.operation = operation
        self._office = office
        self._version = version
        self._usual = usual

    def account(self) -> Account:
        """The settings. Raises `EngineError` R0705."""
        return self._office.account(self.adapter.name, self.adapter.base, self.adapter.key)

    def model(self, account: Account) -> str:
        """The model that does the work."""
        return account.model(str(self.operation), self._usual)

    def purpose(self, account: Account, request: Request) -> Purpose:
        """Who pays for what: the task of a farm, or the run."""
        office, own = self._office, request.allowance
        engine, model = f"{self.operation} {self.adapter.name}", self.model(account)
        if own is not None:
            return Purpose(engine, model, office.film, own.account, own.most)
        return Purpose(engine, model, office.film, office.run, office.budget)

    def name(self, request: Request, account: Account) -> str:
        """The task's key with the model in it: what the books know the order by."""
        digests = {name: _digest(file) for name, file in request.inputs.items()}
        version = f"{self._version} {self.model(account)}"
        return node_key(self.operation, self.adapter.name, version, request.params, digests)

    @contextmanager
    def opened(self, account: Account, request: Request) -> Iterator[Cloud]:
        """The provider, ready to be asked. Raises `EngineError` R0701 without a key, R0710 offline."""
        key = self._office.key(account)
        with Books(self._office.folder) as books:
            till = _Till(books, request)
            try:
                with Cloud(self.adapter, account, key, books, till.progress) as cloud:
                    yield cloud
            finally:
                till.tell()


class _Till:
    """Tells whoever allowed a task to pay what its calls have taken, as soon as that changes."""

    def __init__(self, books: Books, request: Request) -> None:
        self._books = books
        self._request = request
        self._told: int | None = None

    def progress(self, fraction: float) -> None:
        """A sign of life."""
        self.tell()
        self._request.progress(fraction)

    def tell(self) -> None:
        """What stands in the books under the task's account."""
        own = self._request.allowance
        if own is None:
            return
        used = self._books.used(own.account)
        if used != self._told:
            self._told = used
            own.paid(used)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
