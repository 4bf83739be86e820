"""Talking heads made by other programs: what a person means frame by frame, and how much motion is let through.

A program that draws a head from coefficients is governed between the two: `talking_intent` says what each frame is for,
`governed` holds the coefficients to it.
"""

from duocast.runtime.talking.governor import UnknownCoefficients, governed
from duocast.runtime.talking.intent import IntentSegment, intent_map, talking_intent

__all__ = ["IntentSegment", "UnknownCoefficients", "governed", "intent_map", "talking_intent"]
