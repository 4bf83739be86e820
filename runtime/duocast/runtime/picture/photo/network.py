"""A TensorFlow Lite model on one thread: arrays in, arrays out."""

from pathlib import Path

import numpy as np

from duocast.runtime.picture.photo.reals import Reals


class Network:
    """The model in a file; calling it runs it once."""

    def __init__(self, path: Path) -> None:
        from ai_edge_litert.interpreter import Interpreter

        self._interpreter = Interpreter(model_path=str(path), num_threads=1)
        self._interpreter.allocate_tensors()
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._outputs = [detail["index"] for detail in self._interpreter.get_output_details()]

    def __call__(self, values: Reals) -> list[Reals]:
        """The outputs, in the model's order, for an input of the model's shape."""
        self._interpreter.set_tensor(self._input, np.ascontiguousarray(values, np.float32))
        self._interpreter.invoke()
        return [np.array(self._interpreter.get_tensor(index)) for index in self._outputs]
