"""What can go wrong with a cloud, as coded failures that say what to do. None of them holds a key.

R0701 no key · R0702 the key is refused · R0703 the account is empty · R0704 refused by moderation · R0705 an order that
can't be · R0706 nobody knows whether it was paid · R0707 not now · R0708 paid, and of no use · R0709 over the budget
R0710 calls are forbidden here · R0711 no answer makes a script
"""

from duocast.runtime.clouds.contract import Fate, Fault
from duocast.runtime.clouds.prices import NoPrice, dollars
from duocast.runtime.engine import EngineError, FailureClass

_AGAIN = (
    "duocast credits lists it; --again KEY lets it be paid once more, --paid KEY books it as spent"
)


def no_key(provider: str, variable: str) -> EngineError:
    """The worker has no key."""
    return EngineError(
        FailureClass.UNAVAILABLE,
        "R0701",
        f"{provider} needs a key, and {variable} is not set here",
        f"set {variable} where the work is done, or choose another engine; nothing was paid",
    )


def offline(provider: str) -> EngineError:
    """Calls are forbidden where the work is done."""
    return EngineError(
        FailureClass.UNAVAILABLE,
        "R0710",
        f"{provider} is a cloud, and DUOCAST_OFFLINE forbids calls",
        "unset DUOCAST_OFFLINE, or choose an engine that works on this machine; nothing was sent",
    )


def no_settings(what: str, hint: str) -> EngineError:
    """Something that only the user can say is not said."""
    return EngineError(FailureClass.INVALID, "R0705", what, hint)


def no_price(problem: NoPrice) -> EngineError:
    """A paid call needs an estimate first."""
    place = f'[{problem.provider}.price."{problem.model}"]'
    return no_settings(str(problem), f'say it in clouds.toml: {place} per = "...", usd = "..."')


def held(provider: str, key: str, why: str) -> EngineError:
    """An order that may have been paid; nobody sends it again without a person's word."""
    message = f"nobody knows what became of the order at {provider}: {why}"
    return EngineError(FailureClass.INVALID, "R0706", message, f"{_AGAIN} (KEY {key[:12]})")


def useless(provider: str, key: str, why: str) -> EngineError:
    """A result that is paid at the provider and can't be used."""
    message = f"{provider} finished the order, but {why}"
    return EngineError(FailureClass.INVALID, "R0708", message, f"{_AGAIN} (KEY {key[:12]})")


def not_now(provider: str, why: str) -> EngineError:
    """It may go well later; what was submitted is asked for again, not paid again."""
    return EngineError(
        FailureClass.TRANSIENT,
        "R0707",
        f"{provider} has no result yet: {why}",
        "render again later: an order that was taken is asked for, not paid again",
    )


def over_budget(wanted: int, spent: int, budget: int) -> EngineError:
    """The next call would go over what may be spent."""
    return EngineError(
        FailureClass.INVALID,
        "R0709",
        f"it costs {dollars(wanted)}, and {dollars(spent)} of the budget of {dollars(budget)} dollars "
        "is spent or reserved",
        "give a bigger --budget, or make less with --select",
    )


def refused(provider: str, fault: Fault) -> EngineError:
    """A failure that the provider told of, by its kind."""
    said = f"{provider}: {fault.message}"
    match fault.fate:
        case Fate.AUTH:
            hint = "check the key's value and what it may do; nothing was paid"
            return EngineError(FailureClass.UNAVAILABLE, "R0702", said, hint)
        case Fate.QUOTA:
            hint = "add credit to the account there; nothing was paid"
            return EngineError(FailureClass.UNAVAILABLE, "R0703", said, hint)
        case Fate.MODERATED:
            hint = (
                "say it in another way, or choose another engine; the same request is refused again"
            )
            return EngineError(FailureClass.MODERATED, "R0704", said, hint)
        case Fate.INVALID:
            return EngineError(FailureClass.INVALID, "R0705", said, "docs/clouds.md has the limits")
        case _:
            return not_now(provider, fault.message)
