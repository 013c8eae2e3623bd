"""A small gallery of four dimensions and all that a search needs, written as the owner in SQL.

The institution's own rules (a permission, a fresh decision) are other rooms' to test: their
triggers on the machine's tables are taken off here, so that the machine's rules stand alone.
"""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID, uuid4

import psycopg
import psycopg.errors
import pytest

DIGEST = sha256(b"the probe").hexdigest()
PROBE = "[1,0,0,0]"
SUBJECTS = {
    # subject: its photographs, as vectors
    "near": ["[1,0,0,0.3]", "[1,0,0,0.1]"],
    "limited": ["[1,0,0,0.52]"],
    "weak": ["[1,0,0,0.59]"],
    "stranger": ["[0,1,0,0]"],
}
FACE = '[{"box": [0, 0, 9, 9], "comparable": true}, {"box": [0, 0, 9, 9], "comparable": false}]'


@dataclass(frozen=True)
class Scene:
    """A database with a gallery, and the ids in it."""

    database: object
    model: int
    gallery: int
    subjects: dict[str, int]
    probe: UUID

    def connect(self, role, *, autocommit=True):
        return self.database.connect(role, autocommit=autocommit)

    def authorize(self, *, lasting="1 hour", limit=20, gallery=None, model=None):
        """A fresh authorization; `lasting` may end in the past, which only a test can do."""
        permit = uuid4()
        with self.connect("owner") as owner:
            owner.execute("ALTER TABLE recognition_authorization DISABLE TRIGGER sound")
            owner.execute(
                "INSERT INTO recognition_authorization (id, probe_id, probe_sha256, face_index,"
                " gallery_id, model_id, candidate_limit, expires_at, ledger_index)"
                " VALUES (%s, %s, %s, 0, %s, %s, %s, clock_timestamp() + %s::interval, 0)",
                [
                    permit,
                    self.probe,
                    DIGEST,
                    gallery or self.gallery,
                    model or self.model,
                    limit,
                    lasting,
                ],
            )
            owner.execute("ALTER TABLE recognition_authorization ENABLE ALWAYS TRIGGER sound")
        return permit

    def count(self, table, **where):
        clauses = " AND ".join(f"{column} = %({column})s" for column in where) or "true"
        with self.connect("owner") as owner:
            query = f"SELECT count(*) FROM recognition_{table} WHERE {clauses}"
            return owner.execute(query, where).fetchone()[0]


def opened(session, permit, *, digest=DIGEST, vector=PROBE):
    session.execute("SELECT open_search(%s, %s, %s::halfvec)", [permit, digest, vector])


def run(session, permit):
    return session.execute("SELECT run_search(%s)", [permit]).fetchone()[0]


def refused(sqlstate):
    """Expect the lock's own answer."""
    return _Refused(sqlstate)


class _Refused:
    def __init__(self, sqlstate):
        self.sqlstate = sqlstate

    def __enter__(self):
        self.raises = pytest.raises(psycopg.DatabaseError)
        self.caught = self.raises.__enter__()
        return self.caught

    def __exit__(self, *error):
        passed = self.raises.__exit__(*error)
        assert self.caught.value.sqlstate == self.sqlstate, self.caught.value
        return passed


def machine_alone(owner):
    """Take other rooms' triggers off the machine's tables."""
    for table, trigger in owner.execute(
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
        " JOIN pg_proc ON pg_proc.oid = tgfoid"
        " WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'recognition\\_%'"
        " AND proname NOT LIKE 'recognition\\_%'"
    ).fetchall():
        owner.execute(f'ALTER TABLE {table} DISABLE TRIGGER "{trigger}"')


def build(database, *, metric="l2", limits=(0.5, 0.55, 0.6)):
    """The scene in a fresh database."""
    with database.connect("owner") as owner:
        machine_alone(owner)
        model = make_model(owner, metric=metric, limits=limits)
        gallery = make_gallery(owner, "booking")
        subjects = {
            name: make_subject(owner, gallery, model, name, vectors)
            for name, vectors in SUBJECTS.items()
        }
        probe = uuid4()
        owner.execute(
            "INSERT INTO recognition_probe (id, sha256, byte_size, claimed_type)"
            " VALUES (%s, %s, 9, 'image/png')",
            [probe, DIGEST],
        )
        owner.execute(
            "INSERT INTO recognition_inspection (probe_id, refusal, refusal_facts, media_type,"
            " width, height, faces, pack_sha256) VALUES (%s, '', '{}', 'image/png', 9, 9, %s, '')",
            [probe, FACE],
        )
    return Scene(database, model, gallery, subjects, probe)


def make_model(owner, *, metric="l2", limits=(0.5, 0.55, 0.6), dimension=4):
    name = f"m{uuid4().hex[:8]}"
    return owner.execute(
        "INSERT INTO recognition_model (slug, name, version, licence, pack_sha256, metric,"
        " dimension, strong, limited, candidate, evaluation_only, record)"
        " VALUES (%s, %s, '1', 'CC0-1.0', %s, %s, %s, %s, %s, %s, true, '{}') RETURNING id",
        [name, name, sha256(name.encode()).hexdigest(), metric, dimension, *limits],
    ).fetchone()[0]


def make_gallery(owner, slug):
    return owner.execute(
        "INSERT INTO recognition_gallery (slug, name, kind, custodian)"
        " VALUES (%s, %s, 'booking', 'county') RETURNING id",
        [slug, slug],
    ).fetchone()[0]


def make_subject(owner, gallery, model, reference, vectors):
    subject = owner.execute(
        "INSERT INTO recognition_subject (gallery_id, reference) VALUES (%s, %s) RETURNING id",
        [gallery, reference],
    ).fetchone()[0]
    for number, vector in enumerate(vectors):
        image = owner.execute(
            "INSERT INTO recognition_image (subject_id, gallery_id, sha256, media_type, source,"
            " synthetic) VALUES (%s, %s, %s, '', 'test', true) RETURNING id",
            [subject, gallery, sha256(f"{reference} {number}".encode()).hexdigest()],
        ).fetchone()[0]
        make_template(owner, image, model, gallery, subject, vector)
    return subject


def make_template(session, image, model, gallery, subject, vector):
    session.execute(
        "INSERT INTO recognition_template (image_id, model_id, gallery_id, subject_id, embedding)"
        " VALUES (%s, %s, %s, %s, %s::halfvec)",
        [image, model, gallery, subject, vector],
    )
