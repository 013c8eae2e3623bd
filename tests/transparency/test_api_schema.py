"""The API against its own description: what it says is what it does, whatever is sent to it."""

import json
from datetime import date

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import override_settings
from schemathesis.config import (
    GenerationConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
)
from schemathesis.engine import Status, from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished

from oversight.council.services.voting import confirm_vote
from oversight.transparency.history import import_history
from oversight.transparency.reports.services import file_report
from oversight.transparency.services import publish_edition
from tests.council.town import drone, proposed, settle, voted
from tests.transparency.rows import earlier_lines

DESCRIPTION = "/api/schema/openapi.json"
MODEST = ProjectConfig(
    generation=GenerationConfig(max_examples=8, deterministic=True, database="none"),
    continue_on_failure=True,
)


@pytest.fixture(scope="module")
def served(shared_database):
    """The application over a year that was published and a technology that was approved, with no limit to the requests."""
    lines = [json.dumps(line).encode() for line in earlier_lines(40)]
    import_history(lines=lines, source="old-system")
    year = {"start": date(2025, 1, 1), "end": date(2026, 1, 1)}
    publish_edition(**year)
    file_report(pack="maryland-2-510", **year)
    town = settle()
    vote = voted(town, proposed(town, drone(town, galleries=("pictures",))))
    confirm_vote(vote=vote, person=town.colleague)
    with override_settings(API_REQUESTS_A_MINUTE=10**9):
        yield closing_connections(get_wsgi_application())


def closing_connections(application):
    """Requests come in threads of their own here, whose connections nobody else would close."""

    def answer(environ, start_response):
        try:
            return application(environ, start_response)
        finally:
            connections.close_all()

    return answer


def test_every_answer_is_as_described(served):
    """All checks: status, type, headers and body as described; bad input refused; no 5xx."""
    config = SchemathesisConfig(projects=ProjectsConfig(default=MODEST))
    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, served, config=config)
    events = list(from_schema(schema).execute())
    errors = [e for e in events if isinstance(e, FatalError | NonFatalError)]
    assert errors == [], errors[0].info if hasattr(errors[0], "info") else errors
    scenarios = [event for event in events if isinstance(event, ScenarioFinished)]
    failed = {failure for each in scenarios for failure in failures_of(each)}
    assert not failed, "\n".join(sorted(failed))
    tried = {each.label for each in scenarios if each.status == Status.SUCCESS}
    paths = schema.raw_schema["paths"]
    assert {f"GET {path}" for path in paths} <= tried


def failures_of(scenario):
    for checks in scenario.recorder.checks.values():
        for check in checks:
            if check.failure_info is not None:
                yield f"{scenario.label}: {check.failure_info.failure.message[:400]}"
