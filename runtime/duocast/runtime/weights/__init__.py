"""Weights: every model file by name, digest and licence, pulled into one cache folder when it is needed."""

from duocast.runtime.weights.cache import WeightCache
from duocast.runtime.weights.catalogue import Catalogue, Weight, load_catalogue
from duocast.runtime.weights.state import PullStep, WeightState

__all__ = ["Catalogue", "PullStep", "Weight", "WeightCache", "WeightState", "load_catalogue"]
