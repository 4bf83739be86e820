"""What the API is asked with: bodies of requests, with the limits that they must keep."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(min_length=1, max_length=200)]
Address = Annotated[str, Field(min_length=1, max_length=500)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_MILLION = 1_000_000_000.0


class Wanted(BaseModel):
    """A body with nothing in it that is not known."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class PriorityWanted(Wanted):
    """A higher priority goes first among a user's jobs."""

    priority: int = Field(ge=-1000, le=1000)


class TasksWanted(Wanted):
    """Tasks of a job, by address."""

    tasks: list[Address] = Field(min_length=1, max_length=10_000)


class DigestsWanted(Wanted):
    """Contents by their SHA-256."""

    digests: list[Digest] = Field(max_length=200_000)


class UserWanted(Wanted):
    """A user's share, and the credits that are left (None: no limit)."""

    user: Name
    weight: float = Field(default=1.0, gt=0.0, le=1000.0)
    credits: float | None = Field(default=None, ge=0.0, le=_MILLION)


class TokenWanted(Wanted):
    """A token for a user, that ends after so many days (None: it stays until it is revoked)."""

    user: Name
    scope: Literal["submit", "operate", "admin"] = "submit"
    days: float | None = Field(default=None, gt=0.0, le=36_500.0)


class LimitWanted(Wanted):
    """How many of a licence there are (None: any number)."""

    licence: Name
    count: int | None = Field(ge=0, le=1_000_000)


class CollectWanted(Wanted):
    """How much the store may hold in bytes, and for how many days ended jobs keep their outputs."""

    max_bytes: int | None = Field(default=None, ge=0, le=1 << 60)
    days: float | None = Field(default=None, ge=0.0, le=36_500.0)


class HookWanted(Wanted):
    """A URL that hears of ended jobs; what it is sent is signed with the secret (HMAC-SHA256)."""

    url: str = Field(min_length=8, max_length=2000)
    secret: str = Field(default="", max_length=200)
    events: list[Literal["done", "failed", "cancelled"]] = Field(
        default=["done", "failed", "cancelled"], min_length=1, max_length=3
    )


class HooksWanted(Wanted):
    """All webhooks of a user; they replace the ones before."""

    webhooks: list[HookWanted] = Field(max_length=10)
