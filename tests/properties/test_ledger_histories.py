"""Whatever happens between checkpoints, what was published is never contradicted by what follows."""

import tempfile
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from oversight.ledger.files import HeldByAnotherError
from oversight.ledger.publication import ContradictionError
from oversight.ledger.tree import TileTree, check_consistency
from oversight.ledger.verifier import check_export
from tests.ledger.logs import Log

# Syncing every tile would make hundreds of histories slow; crashes here are of the process.
module_sync = mock.patch("oversight.ledger.files.os.fsync")


class KilledError(BaseException):
    """The process ends here."""


class History(RuleBasedStateMachine):
    """A record that grows, is published, killed, restored, edited and attacked by its own keeper."""

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        self.log = Log(Path(self.folder.name))
        self.signed = []
        self.serial = 0
        self.remembered = []
        module_sync.start()

    def teardown(self):
        module_sync.stop()
        self.folder.cleanup()

    @rule(count=st.sampled_from([1, 2, 7, 120, 256, 300]))
    def append(self, count):
        self.log.source.held += [b"%d" % (self.serial + i) for i in range(count)]
        self.serial += count

    @rule()
    def publish(self):
        continues = self.log.source.held[: len(self.remembered)] == self.remembered
        try:
            self.log.publish()
        except ContradictionError:
            assert not continues
            return
        assert continues
        self.remembered = self.log.source.held.copy()
        self.signed.append(self.log.note())

    @rule(
        place=st.sampled_from(
            [
                "Memory.remember",
                "Publication.write_signed",
                "Panel.collect",
                "Publication.write_checkpoint",
            ]
        )
    )
    def be_killed_while_publishing(self, place):
        death = mock.patch(f"oversight.ledger.checkpointer.{place}", side_effect=KilledError)
        with death, pytest.raises(KilledError):
            self.log.publish()
        if self.log.checkpointer().memory.signed().size == len(self.log.source.held):
            self.remembered = self.log.source.held.copy()

    @rule()
    def run_twice(self):
        with self.log.checkpointer(), pytest.raises(HeldByAnotherError):
            self.log.publish()

    @precondition(lambda self: self.signed and self.log.source.held)
    @rule(keep=st.floats(0, 1), then=st.integers(0, 40))
    def restore_a_backup_that_grows_again(self, keep, then):
        before = self.log.source.held
        self.log.source.held = before[: int(len(before) * keep)]
        self.append(then)
        if self.log.source.held[: len(self.remembered)] != self.remembered:
            self.publish()
        self.log.source.held = before

    @precondition(lambda self: self.signed and self.log.source.held)
    @rule(where=st.floats(0, 0.999))
    def edit_an_entry(self, where):
        before = self.log.source.held
        self.log.source.held = before.copy()
        self.log.source.held[int(len(before) * where)] = b"edited"
        if self.log.source.held[: len(self.remembered)] != self.remembered:
            self.publish()
        self.log.source.held = before

    @invariant()
    def what_is_published_verifies_and_continues_all_that_was_signed(self):
        if not self.signed:
            return
        policy = self.log.policy
        now = check_export(self.log.published, policy)
        tree = TileTree(lambda path: (self.log.published / path).read_bytes(), now.size)
        for note in self.signed:
            old = policy.open(note)
            check_consistency(tree.prove_consistency(old.size), old, now)


TestHistory = History.TestCase
TestHistory.settings = settings(
    max_examples=25,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
