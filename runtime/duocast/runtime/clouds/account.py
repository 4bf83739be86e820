"""An account: how a worker reaches one provider, by the user's settings; a key only by the name of its variable.

The settings are a TOML file (`~/.config/duocast/clouds.toml`) with a table for each provider:
`key` (the variable's name), `base`, `voice` and `voices`, `speak`, `compose`, `animate` (models), `price`, `poll`,
`patience` (seconds), `at_once`, `workflow`, `webhook` (where a farm hears of jobs), `webhook_key` (a variable's name).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duocast.runtime.clouds.faults import no_key, no_settings, offline
from duocast.runtime.clouds.prices import Price, micro_of, read

POLL, PATIENCE, AT_ONCE = 10.0, 1200.0, 4
_KNOWN = {
    *("key", "base", "voice", "voices", "speak", "compose", "animate", "text", "price", "poll"),
    *("patience", "at_once", "workflow", "webhook", "webhook_key"),
}

Secret = Callable[[str], str | None]


def _nobody(name: str) -> str | None:
    del name
    return None


@dataclass(frozen=True, slots=True)
class Account:
    """One provider's settings. `poll`: seconds between two questions, `patience`: seconds until a task gives up."""

    provider: str
    base: str
    variable: str
    poll: float = POLL
    patience: float = PATIENCE
    at_once: int = AT_ONCE
    prices: tuple[Price, ...] = ()
    own: Mapping[str, Any] = field(default_factory=dict)

    def model(self, operation: str, usual: str) -> str:
        """The model for an operation."""
        return str(self.own.get(operation, usual))


@dataclass(frozen=True, slots=True)
class Office:
    """What the engines of the clouds share: where the books are, the settings file, who knows the keys, and who pays.

    `secret` gives the value of an environment variable on this machine. Nothing of it but paths travels.
    Without `network` no cloud is asked, not even a server of one's own.
    """

    folder: Path
    file: Path | None = None
    secret: Secret = _nobody
    film: str = ""
    run: str = ""
    budget: int | None = None
    network: bool = True

    @classmethod
    def nowhere(cls) -> "Office":
        """No settings, no keys and no books: for what can be known without them."""
        return cls(Path())

    def account(self, provider: str, base: str, variable: str) -> Account:
        """The provider's settings, with these where the file says nothing.

        Raises `EngineError` R0705 for a file that can't be read.
        """
        own = self._tables().get(provider, {})
        if not isinstance(own, dict) or (unknown := sorted(set(own) - _KNOWN)):
            what = f"[{provider}] in {self.file} has an entry that nobody knows"
            raise no_settings(f"{what}: {unknown[0] if isinstance(own, dict) else own}", _hint())
        try:
            return Account(
                provider,
                str(own.get("base", base)).rstrip("/"),
                str(own.get("key", variable)),
                float(own.get("poll", POLL)),
                float(own.get("patience", PATIENCE)),
                max(1, int(own.get("at_once", AT_ONCE))),
                _prices(provider, own.get("price", {})),
                own,
            )
        except (TypeError, ValueError, KeyError) as problem:
            raise no_settings(
                f"[{provider}] in {self.file} is not right: {problem}", _hint()
            ) from None

    def key(self, account: Account) -> str:
        """The key's value, empty where none is needed: whoever asks is about to call.

        Raises `EngineError` R0701 that names the variable, and R0710 where calls are forbidden.
        """
        if not self.network:
            raise offline(account.provider)
        if not account.variable:
            return ""
        found = (self.secret(account.variable) or "").strip()
        if not found:
            raise no_key(account.provider, account.variable)
        return found

    def webhook_key(self, account: Account) -> str | None:
        """What a provider signs its webhooks with; None: nobody looks at signatures; empty: it is not set here."""
        name = account.own.get("webhook_key")
        return None if name is None else (self.secret(str(name)) or "").strip()

    def _tables(self) -> dict[str, Any]:
        if self.file is None or not self.file.is_file():
            return {}
        import tomllib  # only who has settings needs it

        try:
            return tomllib.loads(self.file.read_text("utf-8"))
        except (OSError, ValueError) as problem:
            raise no_settings(f"{self.file} can't be read: {problem}", _hint()) from None


def _prices(provider: str, own: Mapping[str, Any]) -> tuple[Price, ...]:
    """`price = {"a/model" = {per = "second", usd = "0.05"}}`; `written` beside it for tokens that are written."""
    return tuple(
        read(
            {
                "provider": provider,
                "model": model,
                **{name: str(said) for name, said in one.items()},
            }
        )
        for model, one in own.items()
        if micro_of(str(one["usd"])) >= 0
    )


def _hint() -> str:
    return "docs/clouds.md shows the file"
