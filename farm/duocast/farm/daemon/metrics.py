"""Metrics: figures in Prometheus' text format."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Series = Mapping[str, Mapping[str, float]]
"""Values by label and label's value."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure: one value, or values by a label."""

    name: str
    about: str
    value: float | Series
    gauge: bool = False


def as_text(metrics: Iterable[Metric]) -> str:
    """The text that Prometheus reads; every name begins with `duocast_farm_`."""
    return "".join(line + "\n" for metric in metrics for line in _lines(metric))


def _lines(metric: Metric) -> Iterable[str]:
    name = f"duocast_farm_{metric.name}"
    yield f"# HELP {name} {metric.about}"
    yield f"# TYPE {name} {'gauge' if metric.gauge else 'counter'}"
    if isinstance(metric.value, Mapping):
        for label, values in metric.value.items():
            for value, number in sorted(values.items()):
                yield f'{name}{{{label}="{_escaped(value)}"}} {number:g}'
    else:
        yield f"{name} {metric.value:.10g}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
