"""Arrays of real numbers, of whichever width: images as floats, lines, points."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.floating[Any]]
