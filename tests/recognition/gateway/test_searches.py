"""A search through the door, from authorization to candidates, whatever happens on the way."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from recognition import gateway, searching, tasks
from recognition.custody import keep_probe_image
from recognition.gateway import AuthorizationRefused, Band, SearchStatus, Unknown
from recognition.models import Failure, Inspection, Opening, Probe, ProbeImage, Run
from tests.recognition import machine as machines


def test_a_search_finds_the_mate_and_tells_examiners_no_more_than_they_may_know(machine, as_role):
    permit = machine.authorized()
    assert machine.state(permit).status == SearchStatus.WAITING
    machine.deliver(permit)
    assert machine.state(permit).status == SearchStatus.RUN
    run = machine.run(permit)
    assert (run.templates_compared, run.candidate_count) == (1, 1)
    with as_role("web"):
        (candidate,) = gateway.candidates(run.id)
        assert candidate.band is Band.STRONG
        assert candidate.has_image
        assert set(vars(candidate)) == {"id", "band", "has_image"}
        assert gateway.candidate_image(candidate.id).startswith(b"\xff\xd8")
        assert gateway.candidate_reference(candidate.id) == "B-100"


def test_other_people_are_no_candidates(machine, as_role):
    permit = machine.authorized(machine.inspected(machines.group()))
    machine.deliver(permit)
    run = machine.run(permit)
    assert run.candidate_count == 0
    with as_role("web"):
        assert gateway.candidates(run.id) == ()


@pytest.mark.parametrize("times", [2, 3])
def test_a_message_that_comes_again_runs_nothing_again(machine, times):
    permit = machine.authorized()
    for _ in range(times):
        machine.deliver(permit)
    assert Run.objects.count() == 1


@pytest.mark.parametrize("step", ["_template", "open_search", "run_search"])
def test_a_worker_that_dies_at_any_step_is_made_good_by_the_next(machine, monkeypatch, step):
    permit = machine.authorized()

    def die(*_args, **_named):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(searching, step, die)
        with pytest.raises(SystemExit):
            machine.deliver(permit)
    assert Opening.objects.exists() == (step == "run_search")
    machine.deliver(permit)
    assert (Opening.objects.count(), Run.objects.count()) == (1, 1)


def test_what_another_delivery_opened_meanwhile_is_run(machine, monkeypatch):
    permit = machine.authorized()
    real = searching.open_search

    def overtaken(**named):
        real(**named)
        real(**named)

    monkeypatch.setattr(searching, "open_search", overtaken)
    machine.deliver(permit)
    assert machine.state(permit).status == SearchStatus.RUN


@pytest.mark.parametrize(
    "forged", ["", "x", "7", None, 7, {"id": 1}, "8c02c104-d553-403c-a0f1-083fae963392", "'; --"]
)
def test_forged_messages_are_dropped_and_not_repeated_in_the_log(machine, caplog, forged):
    machine.authorized()
    for task in (tasks.run_search, tasks.inspect_probe):
        assert task.apply(args=(forged,), throw=True).successful()
    assert not Run.objects.exists()
    assert not Failure.objects.exists()
    assert "'; --" not in caplog.text


def test_an_expired_authorization_fails_for_good(machine):
    permit = machine.authorized()
    machine.expire(permit)
    assert machine.state(permit).status == SearchStatus.EXPIRED
    machine.deliver(permit)
    state = machine.state(permit)
    assert state.status == SearchStatus.EXPIRED
    assert state.failure.code == "expired"
    assert state.failed_at
    assert not Opening.objects.exists()


def test_an_engine_that_stays_away_fails_the_search_with_a_reason(machine, settings, tmp_path):
    permit = machine.authorized()
    settings.RECOGNITION_PACKS_ROOT = tmp_path
    machine.deliver(permit)
    assert machine.state(permit).failure.code == "engine_unavailable"
    settings.RECOGNITION_PACKS_ROOT = machines.photographs.embedded_pack().parent
    machine.deliver(permit)
    assert not Run.objects.exists()


def test_an_original_that_was_swapped_is_never_searched(machine):
    probe = machine.inspected()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE recognition_probeimage DISABLE TRIGGER closed")
        cursor.execute("DELETE FROM recognition_probeimage WHERE kind = 'original'")
    keep_probe_image(probe_id=probe, kind=ProbeImage.Kind.ORIGINAL, data=machines.group())
    permit = machine.authorized(probe)
    machine.deliver(permit)
    assert machine.state(permit).failure.code == "other_probe"
    assert not Opening.objects.exists()


def test_an_original_that_is_gone_is_said_so(machine):
    probe = machine.inspected()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE recognition_probeimage DISABLE TRIGGER closed")
        cursor.execute("DELETE FROM recognition_probeimage WHERE kind = 'original'")
    permit = machine.authorized(probe)
    machine.deliver(permit)
    state = machine.state(permit)
    assert (state.status, state.failure.code) == (SearchStatus.FAILED, "probe_unreadable")


def test_no_proof_no_search(machine, as_role, settings):
    permit = machine.authorized()
    settings.RECOGNITION_PROOF_VERIFIER = "tests.recognition.gateway.proofs.never"
    machine.deliver(permit)
    assert machine.state(permit).status == SearchStatus.WAITING
    settings.RECOGNITION_PROOF_VERIFIER = ""
    machine.deliver(permit)
    del settings.RECOGNITION_PROOF_VERIFIER
    machine.deliver(permit)
    assert machine.state(permit).status == SearchStatus.WAITING
    settings.RECOGNITION_PROOF_VERIFIER = "tests.recognition.gateway.proofs.only_seven"
    machine.deliver(permit)
    with as_role("web"):
        assert gateway.proof_of(permit) == f"proof of 7 for {permit}"
    assert machine.state(permit).status == SearchStatus.RUN


def test_another_rooms_rule_leaves_the_search_to_the_relay(machine):
    permit = machine.authorized()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = 'check_violation'; END $$;"
            "CREATE TRIGGER no BEFORE INSERT ON recognition_opening"
            " FOR EACH ROW EXECUTE FUNCTION no()"
        )
    machine.deliver(permit)
    assert machine.state(permit).status == SearchStatus.WAITING
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER no ON recognition_opening")
    machine.deliver(permit)
    assert machine.state(permit).status == SearchStatus.RUN


def test_a_recalled_search_is_over(machine, as_role):
    permit = machine.authorized()
    with as_role("web"):
        gateway.recall_search(permit)
        gateway.recall_search(permit)
    machine.deliver(permit)
    assert machine.state(permit).status == SearchStatus.RECALLED
    run = machine.authorized()
    machine.deliver(run)
    with as_role("web"), pytest.raises(AuthorizationRefused, match="cannot be recalled"):
        gateway.recall_search(run)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"probe_id": uuid4()}, "probe_id"),
        ({"face_index": 1}, "face_index"),
        ({"face_index": -1}, "face_index"),
        ({"gallery": "attic"}, "gallery"),
        ({"model": "horoscope"}, "model"),
        ({"candidate_limit": 1}, "candidate_limit"),
        ({"candidate_limit": 51}, "candidate_limit"),
        ({"expires_at": timezone.now()}, "expires_at"),
        ({"ledger_index": -1}, "ledger_index"),
    ],
)
def test_an_unsound_authorization_is_refused_by_name(machine, as_role, change, word):
    probe = machine.inspected()
    with as_role("web"):
        wanted = {
            "probe_id": probe,
            "face_index": 0,
            "gallery": "booking",
            "model": gateway.active_model().slug,
            "candidate_limit": 20,
            "expires_at": timezone.now() + timedelta(hours=1),
            "ledger_index": 0,
        }
        with pytest.raises(AuthorizationRefused, match=word):
            gateway.authorize_search(**wanted | change)


def test_a_probe_nobody_looked_at_cannot_be_searched(machine):
    with pytest.raises(AuthorizationRefused, match="not accepted"):
        machine.authorized(machine.store(machines.mate()))


def test_unknown_searches_are_unknown(machine, as_role):
    with as_role("web"):
        assert gateway.run_of(uuid4()) is None
        for ask in (
            gateway.search_state,
            gateway.candidates,
            gateway.candidate_image,
            gateway.candidate_reference,
            gateway.recall_search,
            gateway.gallery_summary,
        ):
            with pytest.raises(Unknown):
                ask(uuid4())
        with pytest.raises(Unknown):
            gateway.search_states([uuid4()])


def test_every_one_of_twenty_thousand_is_compared(machine, as_role):
    with as_role("enroller"):
        machines.call_command("gallery", "synthesise", "--count", "20000", verbosity=0)
    permit = machine.authorized()
    machine.deliver(permit)
    run = machine.run(permit)
    assert run.templates_compared == 20_001
    with as_role("web"):
        best = gateway.candidates(run.id)[0]
        assert gateway.candidate_reference(best.id) == "B-100"
        assert gateway.gallery_summary("booking").templates == gateway.templates_held() == 20_001


def test_many_states_take_a_fixed_number_of_queries(machine, as_role, django_assert_num_queries):
    permits = [machine.authorized() for _ in range(3)]
    with as_role("web"), django_assert_num_queries(1):
        assert set(gateway.search_states(permits)) == set(permits)


def test_a_wrong_digest_in_the_books_stops_the_search(machine):
    """Had somebody forged the books before the authorization, the bytes still tell."""
    seen = Inspection.objects.get(probe_id=machine.inspected())
    probe = Probe.objects.create(sha256="0" * 64, byte_size=1)
    keep_probe_image(probe_id=probe.pk, kind=ProbeImage.Kind.ORIGINAL, data=machines.mate())
    seen.pk = probe.pk
    seen.save(force_insert=True)
    permit = machine.authorized(probe.pk)
    machine.deliver(permit)
    assert machine.state(permit).failure.code == "other_probe"
