"""Provenance: the film says how it was made, signed so that a changed file is found out."""

from duocast.runtime.delivery.provenance.engine import Signatory
from duocast.runtime.delivery.provenance.verify import VerifyReport, verify

__all__ = ["Signatory", "VerifyReport", "verify"]
