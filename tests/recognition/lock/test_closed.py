"""What each role tries at the gallery and at the facts, and is refused."""

import psycopg
import pytest

from oversight.site.roles import SERVICE_ROLES
from tests.recognition import scene as scenes
from tests.recognition.scene import opened, refused, run

TABLES = (
    "model", "activation", "gallery", "subject", "image", "sealedphotograph", "template",
    "enrolmentbatch", "enrolmentline", "expungement", "probe", "probeimage", "inspection",
    "authorization", "handover", "opening", "openingvector", "run", "candidate", "recall",
    "failure", "proof",
)  # fmt: skip
WRITTEN_BY_FUNCTIONS = ("opening", "openingvector", "run", "candidate", "expungement")
LOCK = ("open_search(NULL, NULL, NULL)", "run_search(NULL)")
GALLERY = ("subject", "image", "sealedphotograph", "candidate", "enrolmentline")
BLIND = ("worker", "relay", "checkpointer", "public")
DENIED = psycopg.errors.InsufficientPrivilege


@pytest.fixture
def lived_in(scene):
    """The scene after one search."""
    permit = scene.authorize()
    with scene.connect("worker") as worker:
        opened(worker, permit)
        run(worker, permit)
    return scene


READING = (
    "SELECT embedding FROM recognition_template",
    "SELECT count(*) FROM recognition_template",
    "SELECT vector FROM recognition_openingvector",
    "COPY recognition_template TO STDOUT",
    "SELECT * FROM recognition_compare(1, NULL, '[1,0,0,0]')",
    "SELECT 1 FROM recognition_template WHERE embedding <-> '[1,0,0,0]' < 0.6 FOR UPDATE",
    "CREATE VIEW mine AS SELECT * FROM recognition_template",
    "INSERT INTO recognition_template SELECT * FROM recognition_template",
    "SELECT stavalues1 FROM pg_statistic",
)


@pytest.mark.parametrize("role", SERVICE_ROLES)
def test_no_service_reads_a_template(lived_in, role):
    with lived_in.connect(role) as session:
        for attempt in READING:
            with pytest.raises(DENIED):
                session.execute(attempt)


def test_statistics_of_the_planner_tell_nothing_of_templates(lived_in):
    with lived_in.connect("owner") as owner:
        owner.execute("ANALYZE recognition_template")
        assert owner.execute(
            "SELECT count(*) FROM pg_stats WHERE attname IN ('embedding', 'vector')"
        ).fetchone() == (0,)


@pytest.mark.parametrize("role", SERVICE_ROLES)
def test_each_service_writes_and_calls_its_own_share_and_no_more(scene, role):
    """The functions of the lock are the worker's; only they write what they write."""
    forbidden = [
        *(f"INSERT INTO recognition_{table} DEFAULT VALUES" for table in WRITTEN_BY_FUNCTIONS),
        *(f"SELECT {call}" for call in LOCK if role != "worker"),
        *(f"SELECT FROM recognition_{table}" for table in GALLERY if role in BLIND),
    ]
    if role != "web":
        forbidden.append("INSERT INTO recognition_authorization DEFAULT VALUES")
    with scene.connect(role) as session:
        for attempt in forbidden:
            with pytest.raises(DENIED):
                session.execute(attempt)


@pytest.mark.parametrize("role", SERVICE_ROLES)
def test_no_service_changes_a_fact(scene, role):
    with scene.connect(role) as session:
        for table in TABLES:
            for attempt in ("DELETE FROM", "TRUNCATE"):
                with pytest.raises(DENIED):
                    session.execute(f"{attempt} recognition_{table}")
            assert session.execute(
                "SELECT has_table_privilege(%s, 'UPDATE')"
                " OR has_any_column_privilege(%s, 'UPDATE')",
                [f"recognition_{table}"] * 2,
            ).fetchone() == (False,)


def test_even_the_owner_is_refused(lived_in):
    with lived_in.connect("owner") as owner:
        for table in TABLES:
            (column,) = owner.execute(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = %s AND is_identity = 'NO' LIMIT 1",
                [f"recognition_{table}"],
            ).fetchone()
            with refused("RC000"):
                owner.execute(f"TRUNCATE recognition_{table} CASCADE")
            if lived_in.count(table):
                with refused("RC000"):
                    owner.execute(f"UPDATE recognition_{table} SET {column} = {column}")
                with refused("RC000"):
                    owner.execute(f"DELETE FROM recognition_{table}")


def test_the_administrator_is_refused_in_replication_too(lived_in):
    with psycopg.connect(lived_in.database.url("owner"), autocommit=True) as administrator:
        administrator.execute("SET session_replication_role = replica")
        for table in ("template", "authorization", "opening", "run", "candidate", "probe"):
            with refused("RC000"):
                administrator.execute(f"DELETE FROM recognition_{table}")


def test_a_template_must_fit_its_model_its_image_and_its_transaction(scene):
    with scene.connect("owner") as owner:
        image, subject = owner.execute(
            "SELECT id, subject_id FROM recognition_image ORDER BY id LIMIT 1"
        ).fetchone()
        other = scenes.make_model(owner, dimension=3)
        elsewhere = scenes.make_gallery(owner, "elsewhere")
    good = (image, other, scene.gallery, subject, "[1,2,3]")
    bad = [
        (image, other, scene.gallery, subject, "[1,2]"),
        (image, other, elsewhere, subject, "[1,2,3]"),
        (image, other, scene.gallery, subject + 1, "[1,2,3]"),
        (image, other + 99, scene.gallery, subject, "[1,2,3]"),
    ]
    with scene.connect("enroller") as enroller:
        for row in bad:
            with refused("RC004"):
                scenes.make_template(enroller, *row)
        with refused("RC004"):
            enroller.execute(
                "INSERT INTO recognition_template VALUES ('[1,2,3]', '1'::xid8, %s, %s, %s, %s)",
                [scene.gallery, image, other, subject],
            )
        scenes.make_template(enroller, *good)


def test_an_authorization_must_be_for_a_face_that_was_found(scene):
    with scene.connect("web") as web:
        for face, digest, lasting, state in (
            (1, scenes.DIGEST, "1 hour", "RC004"),
            (2, scenes.DIGEST, "1 hour", "RC004"),
            (0, scenes.DIGEST[::-1], "1 hour", "RC003"),
            (0, scenes.DIGEST, "-1 second", "RC002"),
        ):
            with refused(state):
                _authorize(web, scene, face=face, digest=digest, lasting=lasting)
        for limit in (1, 51):
            with pytest.raises(psycopg.errors.CheckViolation):
                _authorize(web, scene, limit=limit)
        _authorize(web, scene)


def _authorize(web, scene, *, face=0, digest=scenes.DIGEST, lasting="1 hour", limit=20):
    web.execute(
        "INSERT INTO recognition_authorization (id, probe_id, probe_sha256, face_index,"
        " gallery_id, model_id, candidate_limit, expires_at, ledger_index) VALUES"
        " (gen_random_uuid(), %s, %s, %s, %s, %s, %s, clock_timestamp() + %s::interval, 0)",
        [scene.probe, digest, face, scene.gallery, scene.model, limit, lasting],
    )
