"""Figures that tests record are shown at the end of a run: what was measured, not only that it passed."""

import pytest


@pytest.fixture
def figures(record_property):
    """Record measured values by name."""

    def record(**values):
        for name, value in values.items():
            record_property(name, value)

    return record


def pytest_terminal_summary(terminalreporter):
    """One line for each test that recorded something."""
    lines = []
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "call" and report.user_properties:
                values = ", ".join(f"{name} {_told(v)}" for name, v in report.user_properties)
                lines.append(f"{report.nodeid.rpartition('::')[2]}: {values}")
    if lines:
        terminalreporter.section("measured")
        for line in lines:
            terminalreporter.write_line(line)


def _told(value):
    return f"{value:.3f}" if isinstance(value, float) else str(value)
