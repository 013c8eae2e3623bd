"""The life of an authorization, as a machine that Hypothesis drives in any order.

Beside the database stands a model of what must be: at most one opening, then at most one run; a
failure or a recall ends it; nothing that is over comes back.
"""

import psycopg
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.recognition import scene as scenes
from tests.recognition.scene import DIGEST, opened, run

SETTINGS = settings(
    max_examples=25,
    stateful_step_count=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def attempt(session, act, *arguments, **named):
    """Whether the database allowed it, with its answer."""
    try:
        return True, act(session, *arguments, **named)
    except psycopg.DatabaseError as error:
        return False, error.sqlstate


def end(session, table, permit):
    code = ", code" if table == "failure" else ""
    value = ", 'x'" if code else ""
    session.execute(
        f"INSERT INTO recognition_{table} (authorization_id{code}) VALUES (%s{value})", [permit]
    )


class Life(RuleBasedStateMachine):
    scene: scenes.Scene
    worker: psycopg.Connection
    web: psycopg.Connection

    def __init__(self):
        super().__init__()
        self.permit = self.scene.authorize()
        self.state, self.run_id = "waiting", None

    @rule(right=st.booleans(), commits=st.booleans())
    def open(self, right, commits):
        self.worker.autocommit = False
        digest = DIGEST if right else DIGEST[::-1]
        allowed, _ = attempt(self.worker, opened, self.permit, digest=digest)
        assert allowed == (right and self.state == "waiting")
        if allowed:
            assert attempt(self.worker, run, self.permit) == (False, "RC011")
        # What failed inside was the run: the transaction is over with it.
        self.worker.rollback()
        if allowed and commits:
            opened(self.worker, self.permit)
            self.worker.commit()
            self.state = "opened"
        self.worker.autocommit = True

    @rule(commits=st.booleans())
    def run(self, commits):
        self.worker.autocommit = False
        allowed, answer = attempt(self.worker, run, self.permit)
        assert allowed == (self.state in {"opened", "run"})
        if allowed and self.state == "run":
            assert answer == self.run_id
        if allowed and commits:
            self.worker.commit()
            self.state, self.run_id = "run", answer
        self.worker.rollback()
        self.worker.autocommit = True

    @rule()
    def fail(self):
        allowed, _ = attempt(self.worker, end, "failure", self.permit)
        assert allowed == (self.state in {"waiting", "opened"})
        self.state = "over" if allowed else self.state

    @rule()
    def recall(self):
        allowed, _ = attempt(self.web, end, "recall", self.permit)
        assert allowed == (self.state == "waiting")
        self.state = "over" if allowed else self.state

    @invariant()
    def the_tables_agree(self):
        held = self.worker.execute(
            "SELECT (SELECT count(*) FROM recognition_opening WHERE authorization_id = %(id)s),"
            " (SELECT count(*) FROM recognition_run WHERE authorization_id = %(id)s)",
            {"id": self.permit},
        ).fetchone()
        assert held[0] == (self.state in {"opened", "run"}) or self.state == "over"
        assert held[1] == (self.state == "run")


def test_the_life_of_an_authorization(fresh_database):
    Life.scene = scenes.build(fresh_database)
    with Life.scene.connect("worker") as Life.worker, Life.scene.connect("web") as Life.web:
        run_state_machine_as_test(Life, settings=SETTINGS)
