"""Identity without ids: what a writer edits, moves or renames stays the same line, shot, scene and role."""

from duocast.compiler.identity.kept import Identity
from duocast.compiler.identity.settle import Settled, settle

__all__ = ["Identity", "Settled", "settle"]
