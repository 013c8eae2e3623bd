"""Logs: one line an event, one id from a request to its tasks, and nothing about people."""

import io
import json
import logging
import os
import subprocess
import sys

import pytest
import structlog
from django.conf import settings

from oversight.site.logs import configuration
from oversight.site.paths import BASE_DIR

NAME = "Maria Example"


@pytest.fixture
def lines(monkeypatch):
    """Log as in service; returns a function that gives what was written as objects."""
    monkeypatch.setenv("OVERSIGHT_LOG", "json")
    stream = io.StringIO()
    formatter = configuration()["formatters"]["line"]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter.pop("()")(**_without_class(formatter)))
    root = logging.getLogger()
    before, root.handlers, level = root.handlers, [handler], root.level
    root.setLevel(logging.INFO)
    django = logging.getLogger("django")
    propagated, django.propagate = django.propagate, True
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers, django.propagate = before, propagated
    root.setLevel(level)


def _without_class(formatter):
    return {key: value for key, value in formatter.items() if key != "class"}


def test_an_event_is_one_object_a_line(lines):
    structlog.get_logger("oversight.test").info("search_handed_over", authorization="a-1")
    (line,) = lines()
    assert line["event"] == "search_handed_over"
    assert line["authorization"] == "a-1"
    assert line["level"] == "info"
    assert line["timestamp"].endswith("Z")


def test_the_text_of_an_exception_stays_out(lines):
    try:
        _look_up(NAME)
    except ValueError:
        structlog.get_logger("oversight.test").exception("it_broke")
        logging.getLogger("oversight.test").exception("it broke")
    first, second = lines()
    for line in (first, second):
        assert [each["type"] for each in line["raised"]] == [
            "builtins.ValueError",
            "builtins.KeyError",
        ]
        assert "test_logs.py" in line["raised"][0]["at"][0]
    assert NAME not in json.dumps(lines())


def _look_up(name: str) -> None:
    try:
        {}[name]
    except KeyError as error:
        raise ValueError(f"no such person: {name}") from error


def test_what_other_libraries_fill_in_stays_out(lines):
    logging.getLogger("django.request").error("Internal Server Error: %s", f"/people/{NAME}/")
    logging.getLogger("celery.worker").warning("Received message %r", {"args": [NAME]})
    assert [line["event"] for line in lines()] == [
        "Internal Server Error: %s",
        "Received message %r",
    ]


def test_what_we_fill_in_ourselves_stays(lines):
    logging.getLogger("recognition.tasks").warning("authorization %s failed: %s", "a-1", "EXPIRED")
    assert lines()[0]["event"] == "authorization a-1 failed: EXPIRED"


@pytest.mark.django_db
def test_a_request_leaves_one_line_without_its_visitor(lines, client):
    client.get(
        "/accounts/login/",
        {"next": f"/requests/?name={NAME}"},
        headers={"user-agent": "Spy/1.0"},
        REMOTE_ADDR="203.0.113.7",
    )
    (line,) = [line for line in lines() if line["event"].startswith("request_")]
    assert line["page"] == "account_login"
    assert line["code"] == 200
    assert line["method"] == "GET"
    assert isinstance(line["ms"], int)
    assert line["request_id"]
    for private in (NAME, "Maria", "Spy", "203.0.113.7", "?"):
        assert private not in json.dumps(lines())


@pytest.mark.django_db
def test_an_address_that_does_not_exist_is_not_written_down(lines, client):
    client.get(f"/{NAME}/")
    assert NAME not in json.dumps(lines())
    assert lines()[-1]["page"] == "unknown"


@pytest.mark.django_db
def test_a_failing_page_is_told_without_what_was_typed(lines, client, monkeypatch):
    class Broken:
        def __getitem__(self, _alias):
            raise RuntimeError(NAME)

    monkeypatch.setattr("oversight.site.views.connections", Broken())
    client.raise_request_exception = False
    client.get("/readyz", {"q": NAME})
    told = json.dumps(lines())
    assert "request_failed" in told
    assert NAME not in told


def test_a_task_carries_the_id_of_its_request_and_nothing_else():
    """What travels in a message's headers (django-structlog) is this context."""
    assert settings.DJANGO_STRUCTLOG_IP_LOGGING_ENABLED is False
    assert settings.DJANGO_STRUCTLOG_USER_ID_FIELD is None
    from django_structlog.celery.receivers import CeleryReceiver

    headers = {}
    with structlog.contextvars.bound_contextvars(request_id="r-1"):
        CeleryReceiver().receiver_before_task_publish(headers=headers)
    assert headers == {"__django_structlog__": {"request_id": "r-1"}}


@pytest.mark.parametrize("form", ["json", "text", "detail"])
def test_every_form_works_in_a_process_of_its_own(form):
    code = (
        "import django; django.setup()\n"
        "import structlog\n"
        "try: 1 / 0\n"
        "except ZeroDivisionError: structlog.get_logger('oversight').exception('broke', n=1)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=BASE_DIR,
        env={**os.environ, "OVERSIGHT_LOG": form},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "", "standard output is for what commands print"
    assert "broke" in done.stderr
    assert ("division by zero" in done.stderr) is (form == "detail")


def test_an_unknown_form_is_refused(monkeypatch):
    monkeypatch.setenv("OVERSIGHT_LOG", "loud")
    with pytest.raises(ValueError, match="must be one of json, text, detail"):
        configuration()
