"""The first key: made once, whoever comes first, and never beside keys that cannot be used."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from recognition import custody
from recognition.sealing import KeyringUnusable


def test_of_many_first_processes_one_makes_the_key(tmp_path):
    folder = tmp_path / "keys"
    load = custody._keyring.__wrapped__
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: load(folder), range(8)))
    assert len({tuple(ring.keys.items()) for ring in rings}) == 1
    assert [path.name for path in folder.glob("*.key")] == ["kek-000001.key"]


def test_a_damaged_key_is_not_replaced(tmp_path):
    (tmp_path / "kek-000001.key").write_bytes(b"short")
    (tmp_path / "kek-000001.key").chmod(0o600)
    with pytest.raises(KeyringUnusable):
        custody._keyring.__wrapped__(tmp_path)
    assert len(list(tmp_path.glob("*.key"))) == 1
