"""Captions: what is said, cut into cues that can be read in time, as SRT, WebVTT and under each shot."""

from duocast.runtime.delivery.captions.cue import Cue, CueLine, CueWord
from duocast.runtime.delivery.captions.cues import cues_of
from duocast.runtime.delivery.captions.engine import Captioner
from duocast.runtime.delivery.captions.faults import CaptionFault, caption_faults

__all__ = ["CaptionFault", "Captioner", "Cue", "CueLine", "CueWord", "caption_faults", "cues_of"]
