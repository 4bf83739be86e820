"""Wording: one question to a model of words, and its answer, through the books like every paid call."""

import hashlib
import json

from duocast.runtime.clouds.account import Office
from duocast.runtime.clouds.books import Books, Purpose
from duocast.runtime.clouds.contract import Medium, Order
from duocast.runtime.clouds.driver import Cloud
from duocast.runtime.clouds.houses import ADAPTERS
from duocast.runtime.clouds.looking import text_check
from duocast.runtime.clouds.terms import WRITERS
from duocast.runtime.engine import EngineError

MOST_TOKENS = 8192
"""What an answer may have: some 60 lines of talk take 3,000."""
_FORMS = ("response_format", "json_schema", "responseSchema")


class CloudWriter:
    """A provider that writes. The same question within a week is answered from what was paid."""

    def __init__(self, provider: str, office: Office, schema: str, seed: int = 0) -> None:
        self._adapter = ADAPTERS[provider]
        self._office = office
        self._schema = schema
        self._seed = seed

    def ask(self, system: str, prompt: str) -> str:
        """The answer. A server that knows no forms gets the form in words. Raises `EngineError` R0701 to R0710."""
        try:
            return self._asked(system, prompt, self._schema)
        except EngineError as problem:
            if problem.code != "R0705" or not any(word in problem.message for word in _FORMS):
                raise
        return self._asked(f"{system}\nThe form, as a JSON schema:\n{self._schema}", prompt, "")

    def _asked(self, system: str, prompt: str, schema: str) -> str:
        adapter, office = self._adapter, self._office
        account = office.account(adapter.name, adapter.base, adapter.key)
        model = account.model("text", WRITERS[adapter.name])
        asked = [adapter.name, model, system, prompt, schema, self._seed]
        order = Order(
            name=hashlib.sha256(json.dumps(asked).encode()).hexdigest(),
            medium=Medium.TEXT,
            model=model,
            prompt=prompt,
            seed=self._seed,
            system=system,
            schema=schema,
            most=MOST_TOKENS,
        )
        purpose = Purpose(f"write {adapter.name}", model, office.film, office.run, office.budget)
        key = office.key(account)
        with Books(office.folder) as books, Cloud(adapter, account, key, books, _quiet) as cloud:
            return cloud.make(order, purpose, text_check).file.read_text("utf-8", errors="replace")


def _quiet(fraction: float) -> None:
    del fraction
