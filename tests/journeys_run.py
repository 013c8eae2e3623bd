"""In CI, browser journeys must run: a suite that skipped them has not shown what it claims.

Loaded with ``tests.environment`` (see ``addopts``). It counts on the process that reports, so it
also works with pytest-xdist.
"""

import os

import pytest

_SKIPPED: list[str] = []
_RUN: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note each journey that was skipped, and each that ran."""
    if "journey" in report.keywords:
        if report.skipped and not hasattr(report, "wasxfail"):
            _SKIPPED.append(report.nodeid)
        elif report.when == "call":
            _RUN.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a whole CI run in which a journey was skipped, or none was there."""
    if _whole_suite_in_ci(session) and (_SKIPPED or not _RUN) and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the journeys that were skipped."""
    if _SKIPPED:
        terminalreporter.section("browser journeys skipped", red=True)
        terminalreporter.line("Install Debian's chromium, or name one in OVERSIGHT_CHROMIUM.")
        for nodeid in _SKIPPED:
            terminalreporter.line(nodeid)


def _whole_suite_in_ci(session: pytest.Session) -> bool:
    on_worker = hasattr(session.config, "workerinput")
    wanted = session.config.getoption("file_or_dir") or session.config.getoption("keyword")
    return os.environ.get("CI") == "true" and not on_worker and not wanted
