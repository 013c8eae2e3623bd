"""The lock, through a real connection of the worker: what opens it and what does not."""

import threading
from uuid import uuid4

import psycopg
import pytest

from tests.recognition import scene as scenes
from tests.recognition.scene import DIGEST, opened, refused, run


def candidates(scene, run_id):
    with scene.connect("owner") as owner:
        return owner.execute(
            "SELECT rank, subject_id, band, round(distance::numeric, 3)::float"
            " FROM recognition_candidate WHERE run_id = %s ORDER BY rank",
            [run_id],
        ).fetchall()


def test_an_opened_search_finds_each_subject_once_by_its_nearest_photograph(scene, worker):
    permit = scene.authorize()
    opened(worker, permit)
    found = candidates(scene, run(worker, permit))
    assert found == [
        (1, scene.subjects["near"], "strong_support", 0.1),
        (2, scene.subjects["limited"], "limited_support", 0.52),
        (3, scene.subjects["weak"], "weak_support", 0.59),
    ]


def test_the_cosine_is_compared_by_the_angle_and_its_own_limits(fresh_database):
    scene = scenes.build(fresh_database, metric="cosine", limits=(0.99, 0.88, 0.87))
    permit = scene.authorize()
    with scene.connect("worker") as worker:
        opened(worker, permit, vector="[7,0,0,0]")
        found = candidates(scene, run(worker, permit))
    assert [(subject, band) for _, subject, band, _ in found] == [
        (scene.subjects["near"], "strong_support"),
        (scene.subjects["limited"], "limited_support"),
    ]


def test_the_run_says_what_was_compared(scene, worker):
    permit = scene.authorize()
    opened(worker, permit)
    this = run(worker, permit)
    with scene.connect("web") as web:
        compared, count, digest, model = web.execute(
            "SELECT templates_compared, candidate_count, length(gallery_digest), model_sha256"
            " FROM recognition_run WHERE id = %s",
            [this],
        ).fetchone()
        assert (compared, count, digest) == (5, 3, 64)
        assert web.execute("SELECT pack_sha256 FROM recognition_model").fetchone() == (model,)


def test_equal_galleries_have_equal_digests_and_other_ones_others(scene, worker):
    def digest():
        permit = scene.authorize()
        opened(worker, permit)
        run(worker, permit)
        with scene.connect("web") as web:
            return web.execute(
                "SELECT gallery_digest FROM recognition_run WHERE authorization_id = %s", [permit]
            ).fetchone()[0]

    before = digest()
    assert digest() == before
    with scene.connect("owner") as owner:
        scenes.make_subject(owner, scene.gallery, scene.model, "another", ["[0,0,1,0]"])
        more = digest()
        assert more != before
        # As many as before, and yet not the same.
        owner.execute("SELECT recognition_expunge('booking', 'another', 'order 7')")
        assert digest() == before
        scenes.make_subject(owner, scene.gallery, scene.model, "yet another", ["[0,0,1,0]"])
    assert digest() not in {before, more}


def test_the_list_ends_at_the_limit_and_ties_fall_the_same_way(scene, worker):
    with scene.connect("owner") as owner:
        twins = [
            scenes.make_subject(owner, scene.gallery, scene.model, f"twin {n}", ["[1,0,0,0]"])
            for n in range(5)
        ]
    for _ in range(2):
        permit = scene.authorize(limit=3)
        opened(worker, permit)
        assert [subject for _, subject, *_ in candidates(scene, run(worker, permit))] == twins[:3]


def test_other_galleries_and_models_are_out_of_reach(scene, worker):
    with scene.connect("owner") as owner:
        elsewhere = scenes.make_gallery(owner, "elsewhere")
        scenes.make_subject(owner, elsewhere, scene.model, "x", ["[1,0,0,0]"])
        other = scenes.make_model(owner)
        scenes.make_subject(owner, scene.gallery, other, "y", ["[1,0,0,0]"])
    permit = scene.authorize(gallery=elsewhere)
    opened(worker, permit)
    assert len(candidates(scene, run(worker, permit))) == 1
    permit = scene.authorize(model=other)
    opened(worker, permit)
    assert len(candidates(scene, run(worker, permit))) == 1


def test_an_empty_gallery_gives_a_run_without_candidates(scene, worker):
    with scene.connect("owner") as owner:
        empty = scenes.make_gallery(owner, "empty")
    permit = scene.authorize(gallery=empty)
    opened(worker, permit)
    assert candidates(scene, run(worker, permit)) == []


def test_an_unknown_authorization_opens_nothing(scene, worker):
    with refused("RC001"):
        opened(worker, uuid4())
    with refused("RC001"):
        run(worker, uuid4())


def test_an_expired_authorization_opens_nothing(scene, worker):
    with refused("RC002"):
        opened(worker, scene.authorize(lasting="-1 second"))


def test_the_clock_runs_on_inside_a_transaction(scene):
    with scene.connect("worker", autocommit=False) as worker:
        worker.execute("SELECT now()")  # from here on it says this moment
        permit = scene.authorize(lasting="0.1 seconds")
        worker.execute("SELECT pg_sleep(0.2)")
        with refused("RC002"):
            opened(worker, permit)


def test_another_probe_opens_nothing(scene, worker):
    with refused("RC003"):
        opened(worker, scene.authorize(), digest=DIGEST[::-1])
    with refused("RC003"):
        opened(worker, scene.authorize(), digest=None)


@pytest.mark.parametrize("vector", ["[1,0,0]", "[1,0,0,0,0]", None])
def test_a_vector_of_another_model_opens_nothing(scene, worker, vector):
    with refused("RC004"):
        opened(worker, scene.authorize(), vector=vector)


def test_a_vector_without_direction_opens_nothing_by_the_cosine(fresh_database):
    scene = scenes.build(fresh_database, metric="cosine", limits=(0.9, 0.8, 0.7))
    with scene.connect("worker") as worker, refused("RC004"):
        opened(worker, scene.authorize(), vector="[0,0,0,0]")


def test_an_authorization_opens_once(scene, worker):
    permit = scene.authorize()
    opened(worker, permit)
    with refused("RC005"):
        opened(worker, permit, vector="[0,1,0,0]")
    assert scene.count("opening") == 1


def test_without_opening_nothing_runs(scene, worker):
    with refused("RC010"):
        run(worker, scene.authorize())
    assert scene.count("run") == 0


def test_both_steps_in_one_transaction_are_refused(scene):
    permit = scene.authorize()
    with scene.connect("worker", autocommit=False) as worker:
        opened(worker, permit)
        with refused("RC011"):
            run(worker, permit)
        worker.rollback()
    assert scene.count("candidate") == scene.count("run") == scene.count("opening") == 0


def test_a_savepoint_does_not_make_two_transactions(scene):
    permit = scene.authorize()
    with scene.connect("worker", autocommit=False) as worker:
        worker.execute("SAVEPOINT inner_one")
        opened(worker, permit)
        worker.execute("RELEASE SAVEPOINT inner_one")
        worker.execute("SAVEPOINT inner_two")
        with refused("RC011"):
            run(worker, permit)
        worker.rollback()


def test_an_opening_that_was_rolled_back_runs_nothing(scene):
    permit = scene.authorize()
    with scene.connect("worker", autocommit=False) as worker:
        opened(worker, permit)
        worker.rollback()
        with refused("RC010"):
            run(worker, permit)
        worker.rollback()
        opened(worker, permit)
        worker.commit()
        run(worker, permit)
        worker.commit()
    assert scene.count("run") == 1


def test_an_opening_in_flight_runs_nothing(scene):
    """The other session holds the authorization, so this one waits and then sees the truth."""
    permit = scene.authorize()
    with (
        scene.connect("worker", autocommit=False) as first,
        scene.connect("worker") as second,
    ):
        opened(first, permit)
        second.execute("SET lock_timeout = '200ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            run(second, permit)
        first.rollback()
        with refused("RC010"):
            run(second, permit)


def test_a_run_that_was_rolled_back_leaves_the_opening_and_runs_again(scene):
    permit = scene.authorize()
    with scene.connect("worker", autocommit=False) as worker:
        opened(worker, permit)
        worker.commit()
        run(worker, permit)
        worker.rollback()
    assert (scene.count("opening"), scene.count("run")) == (1, 0)
    with scene.connect("worker") as worker:
        run(worker, permit)
    assert scene.count("run") == 1


def test_running_twice_gives_the_same_run(scene, worker):
    permit = scene.authorize()
    opened(worker, permit)
    first = run(worker, permit)
    with scene.connect("owner") as owner:
        scenes.make_subject(owner, scene.gallery, scene.model, "late", ["[1,0,0,0]"])
    assert run(worker, permit) == first
    assert scene.count("candidate") == 3


@pytest.mark.parametrize("isolation", ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
def test_of_six_sessions_racing_for_one_authorization_one_opens(scene, isolation):
    permit, gate, won = scene.authorize(), threading.Barrier(6), []

    def race(number):
        with scene.connect("worker") as session:
            session.execute(
                f"SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL {isolation}"
            )
            gate.wait()
            try:
                opened(session, permit, vector=f"[1,0,0,{number}]")
            except psycopg.DatabaseError:
                return
            won.append(number)

    racers = [threading.Thread(target=race, args=(number,)) for number in range(6)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert len(won) == 1
    assert scene.count("opening") == scene.count("openingvector") == 1


def test_what_failed_or_was_recalled_opens_and_runs_nothing(scene, worker):
    failed, recalled, late = (scene.authorize() for _ in range(3))
    worker.execute(
        "INSERT INTO recognition_failure (authorization_id, code) VALUES (%s, 'x')", [failed]
    )
    with scene.connect("web") as web:
        web.execute("INSERT INTO recognition_recall (authorization_id) VALUES (%s)", [recalled])
    with refused("RC006"):
        opened(worker, failed)
    with refused("RC007"):
        opened(worker, recalled)
    opened(worker, late)
    with scene.connect("web") as web, refused("RC005"):
        web.execute("INSERT INTO recognition_recall (authorization_id) VALUES (%s)", [late])
    run(worker, late)
    with refused("RC006"):
        worker.execute(
            "INSERT INTO recognition_failure (authorization_id, code) VALUES (%s, 'x')", [late]
        )
