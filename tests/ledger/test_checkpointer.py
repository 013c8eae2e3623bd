"""The checkpointer between crashes, contradictions, slow witnesses and changed keys."""

import json
import socket
from dataclasses import replace

import pytest

from oversight.ledger import checkpointer as module
from oversight.ledger.archive import stream_archive
from oversight.ledger.configuration import Configuration, WitnessAddress
from oversight.ledger.files import HeldByAnotherError
from oversight.ledger.proofs import NotYetSignedError, prove
from oversight.ledger.publication import SIGNED, ContradictionError
from oversight.ledger.signing import SigningKey, vkey
from oversight.ledger.verifier import COSIGNER_KEY, Policy, Unusable, check_export
from tests.ledger.logs import ORIGIN

WITNESS = WitnessAddress(
    "w9", SigningKey.from_seed("w9.example", COSIGNER_KEY, bytes(32)).key, "http://127.0.0.1:1"
)


def status(log):
    return json.loads((log.published / "status.json").read_text())


def test_a_second_checkpointer_does_not_start(log):
    with log.checkpointer(), pytest.raises(HeldByAnotherError, match="another process"):
        log.publish()


def test_a_restored_backup_is_not_signed(log):
    del log.source.held[200:]
    with pytest.raises(ContradictionError, match=r"300 entries were signed .* holds 200"):
        log.publish()
    assert "old backup was restored" in status(log)["alarm"]
    assert check_export(log.published, log.policy).size == 300


def test_a_restored_backup_that_grew_again_is_not_signed(log):
    log.source.held[200:] = [b"after the restore %d" % index for index in range(200)]
    with pytest.raises(ContradictionError, match="differ, and it was signed"):
        log.publish()


def test_a_running_checkpointer_notices_a_restored_backup_too(log):
    with log.checkpointer() as running:
        running.publish()
        log.source.held[299:] = [b"after the restore", b"and more"]
        with pytest.raises(ContradictionError, match="entry 299 is not the one that was signed"):
            running.publish()


def test_an_entry_edited_in_the_database_is_not_signed_over(log):
    log.source.held[299] = b"edited"
    with pytest.raises(ContradictionError, match="not those that were signed"):
        log.publish()


def test_an_alarm_ends_when_the_contradiction_does(log):
    entry = log.source.held[0]
    log.source.held[0] = b"edited"
    with pytest.raises(ContradictionError):
        log.publish()
    log.source.held[0] = entry
    log.publish()
    assert status(log)["alarm"] == ""


def test_a_clock_set_back_is_noticed_and_a_small_step_is_not(log):
    log.now -= 60
    log.grow(1)
    log.now -= 3600
    with pytest.raises(ContradictionError, match="the clock was set back"):
        log.grow(1)


@pytest.mark.parametrize("dies_at", ["remember", "write_signed", "collect", "write_checkpoint"])
def test_dying_between_tiles_and_checkpoint_leaves_the_old_record_whole(log, monkeypatch, dies_at):
    class Killed(BaseException):
        pass

    def die(*_args, **_kwargs):
        raise Killed

    places = {"remember": module.Memory, "collect": module.Panel}
    place = places.get(dies_at, module.Publication)
    with monkeypatch.context() as patch:
        patch.setattr(place, dies_at, die)
        with pytest.raises(Killed):
            log.grow(300)
    assert check_export(log.published, log.policy).size == 300
    log.publish()
    assert check_export(log.published, log.policy).size == 600


def test_a_search_has_its_proof_while_a_witness_keeps_everyone_waiting(log, monkeypatch):
    """What workers are given is signed and verifies; readers get it once witnesses have spoken."""
    seen = []

    def hang(*_):
        alone = replace(log.policy, quorum="none")
        seen.append(prove(log.source.size() - 1, log.published, alone, under=SIGNED))
        with pytest.raises(NotYetSignedError):
            prove(log.source.size() - 1, log.published, log.policy)
        assert log.policy.open(log.note()).size == 300
        return []

    monkeypatch.setattr(module.Panel, "collect", hang)
    log.grow(5)
    assert [proof.index for proof in seen] == [304]
    assert prove(304, log.published, log.policy).entry == b"entry 304"


def test_without_its_quorum_an_entry_is_not_proven_yet_and_nothing_is_called_damaged(
    log, start_witness
):
    address, process = start_witness("w1", vkey(log.policy.logs[0]))
    log.witnesses, log.quorum = (address,), 1
    process.kill()
    process.wait()
    log.grow(1)
    with pytest.raises(NotYetSignedError, match="too few witnesses"):
        prove(300, log.published, log.policy)
    assert prove(300, log.published, replace(log.policy, quorum="none"), under=SIGNED).index == 300


def test_tiles_beyond_the_signature_that_a_lost_transaction_left_are_replaced(log, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(module.Checkpointer, "_sign", lambda *_: None)
        log.grow(10)
    log.source.held[300:] = [b"other %d" % index for index in range(10)]
    log.publish()
    assert check_export(log.published, log.policy).size == 310


def test_a_lost_memory_is_not_silently_begun_anew(log):
    (log.root / "state" / "signed.json").unlink()
    with pytest.raises(ContradictionError, match="memory of what was signed is gone"):
        log.publish()


def test_a_lost_key_is_not_silently_replaced(log):
    (log.root / "state" / "key").unlink()
    with pytest.raises(Unusable, match="signing key is missing"):
        log.grow(1)


def test_published_files_that_were_deleted_are_laid_out_again(log):
    for path in log.published.rglob("*"):
        if path.is_file():
            path.unlink()
    log.publish()
    assert check_export(log.published, log.policy).size == 300


def test_partial_tiles_stay_until_the_full_one_is_under_a_checkpoint(log):
    partial = log.published / "tile/0/001.p/44"
    log.grow(100)
    assert partial.exists()
    log.grow(200)
    assert not partial.exists()
    assert (log.published / "tile/0/001").exists()


def test_after_a_key_change_readers_of_the_old_policy_and_of_the_new_one_verify(log):
    old_policy = log.policy
    with log.checkpointer() as running:
        running.memory.replace_key()
        running.publish()
    new_policy = log.policy
    assert len(new_policy.logs) == 2
    log.grow(5)
    assert old_policy.open(log.note()).size == new_policy.open(log.note()).size == 305
    (log.root / "state" / "key.old").unlink()
    log.grow(5)
    assert log.policy.open(log.note()).size == 310
    with pytest.raises(ValueError, match="has not signed"):
        old_policy.open(log.note())


def test_a_key_that_others_may_read_is_not_used(log):
    (log.root / "state" / "key").chmod(0o640)
    with pytest.raises(Unusable, match="can be read by others"):
        log.grow(1)


def test_an_unreachable_witness_costs_no_entry_and_is_named(log, start_witness):
    alive, _ = start_witness("w1", vkey(log.policy.logs[0]))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        key = SigningKey.from_seed("w2.example", COSIGNER_KEY, bytes(32)).key
        dead = WitnessAddress("w2", key, address)
        log.witnesses = (alive, dead)
        log.quorum = 1
        log.grow(7)
    assert [*check_export(log.published, log.policy).cosigned] == ["w1"]
    told = {one["name"]: one["problem"] for one in status(log)["witnesses"]}
    assert told["w1"] == ""
    assert told["w2"] == "It cannot be reached."


def test_a_record_that_does_not_verify_can_be_downloaded_all_the_same(log):
    """Whoever is to see that it does not needs it most."""
    log.quorum, log.witnesses = 1, (WITNESS,)
    log.publish()
    with pytest.raises(ValueError, match="too few"):
        log.policy.open(log.note())
    assert b"tile/entries/001.p/44" in b"".join(stream_archive(log.published))


def test_a_witness_that_comes_back_cosigns_the_same_checkpoint(log, start_witness):
    address, process = start_witness("w1", vkey(log.policy.logs[0]))
    log.witnesses, log.quorum = (address,), 1
    process.kill()
    process.wait()
    log.publish()
    with pytest.raises(ValueError, match="too few"):
        check_export(log.published, log.policy)
    back, _ = start_witness("w1", vkey(log.policy.logs[0]))
    log.witnesses = (back,)
    log.publish()
    assert [*check_export(log.published, log.policy).cosigned] == ["w1"]


def test_a_witness_that_was_rolled_back_is_caught_up_and_named(log, start_witness, tmp_path):
    address, process = start_witness("w1", vkey(log.policy.logs[0]))
    log.witnesses = (address,)
    log.publish()
    [memory] = (tmp_path / "witnesses" / "w1").glob("*.checkpoint")
    backup = memory.read_bytes()
    log.grow(10)
    process.kill()
    process.wait()
    memory.write_bytes(backup)
    back, _ = start_witness("w1", vkey(log.policy.logs[0]))
    log.witnesses = (back,)
    [said] = log.grow(10).cosignings
    assert said.detail == "had seen 310 entries and now says 300"
    [told] = status(log)["witnesses"]
    assert told["problem"] == "It has forgotten what it had seen before."
    assert [*check_export(log.published, log.policy).cosigned] == ["w1"]


def test_a_witness_that_signs_with_another_key_is_not_believed(log, start_witness):
    address, _ = start_witness("w1", vkey(log.policy.logs[0]))
    other = SigningKey.from_seed("w1.example", COSIGNER_KEY, bytes(32)).key
    log.witnesses = (replace(address, key=other),)
    log.publish()
    assert check_export(log.published, log.policy).cosigned == {}
    assert "another key" in status(log)["witnesses"][0]["problem"]


def test_settings_that_cannot_be_met_are_refused(settings):
    settings.LEDGER_WITNESSES = ["w1 nonsense http://x"]
    with pytest.raises(Unusable, match="not an Ed25519 key"):
        Configuration.from_settings()
    line = vkey(SigningKey.from_seed("w.example", COSIGNER_KEY, bytes(32)).key)
    settings.LEDGER_WITNESSES = [f"w1 {line} http://x", f"w2 {line} http://y"]
    with pytest.raises(Unusable, match="would count twice"):
        Configuration.from_settings()
    settings.LEDGER_WITNESSES = []
    settings.LEDGER_QUORUM = 1
    with pytest.raises(Unusable, match="between 0 and 0"):
        Configuration.from_settings()
    with pytest.raises(Unusable, match="NAME VKEY URL"):
        WitnessAddress.parse("w1 x ftp://y")


def test_a_policy_lists_its_groups(log, start_witness):
    log.witnesses = tuple(
        start_witness(name, vkey(log.policy.logs[0]))[0] for name in ("w1", "w2", "w3")
    )
    log.quorum = 2
    log.publish()
    text = (log.published / "policy.txt").read_text()
    assert "group witnesses 2 w1 w2 w3\nquorum witnesses\n" in text
    assert Policy.parse(text).logs[0].name == ORIGIN


def test_a_policy_in_which_one_key_counts_twice_is_unusable(log):
    line = vkey(SigningKey.from_seed("w.example", COSIGNER_KEY, bytes(32)).key)
    text = (log.published / "policy.txt").read_text()
    with pytest.raises(Unusable, match="would count twice"):
        Policy.parse(f"{text}witness a {line}\nwitness b {line}\n")


@pytest.mark.parametrize(
    "lines",
    [
        "group g 1 none\nquorum g",
        "group g 1 nobody\nquorum g",
        "group g 1 g\nquorum g",
        "group g some w1\nquorum g",
        "quorum nobody",
        "quorum none\nquorum none",
        "mystery x",
        "",
    ],
)
def test_a_policy_that_could_let_anything_pass_is_unusable(log, lines):
    text = (log.published / "policy.txt").read_text().partition("\n")[0]
    with pytest.raises(ValueError):  # noqa: PT011  (any kind of ValueError ends with exit code 2)
        Policy.parse(f"{text}\n{lines}\n")


def test_memory_and_database_restored_together_contradict_what_is_published(log, tmp_path):
    """Two copies that are rolled back together agree with each other; what readers hold does not."""
    memory = (log.root / "state" / "signed.json").read_bytes()
    log.grow(10)
    (log.root / "state" / "signed.json").write_bytes(memory)
    log.source.held[300:] = [b"after the restore"]
    before = log.note()
    with pytest.raises(ContradictionError, match="of 310 entries is published"):
        log.publish()
    assert log.note() == before
    (log.published / SIGNED).write_bytes(b"scribbled over by someone else")
    log.source.held[300:] = [b"entry %d" % index for index in range(300, 310)]
    log.publish()
    assert check_export(log.published, log.policy).size == 310


@pytest.mark.parametrize("name", ["none", "witnesses", "w1"])
def test_a_witness_has_a_name_that_the_policy_can_use(settings, name):
    keys = [SigningKey.from_seed(f"{n}.example", COSIGNER_KEY, bytes([n] * 32)).key for n in (1, 2)]
    settings.LEDGER_WITNESSES = [
        f"w1 {vkey(keys[0])} http://x",
        f"{name} {vkey(keys[1])} http://y",
    ]
    with pytest.raises(Unusable, match="a name of its own"):
        Configuration.from_settings()
