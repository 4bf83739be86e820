"""Moderation: words and pictures are looked at before anything is made of them, by a policy and small models."""

from duocast.runtime.moderation.office import Office, refusals
from duocast.runtime.moderation.policy import Action, Policy, default_policy, read_policy

__all__ = ["Action", "Office", "Policy", "default_policy", "read_policy", "refusals"]
