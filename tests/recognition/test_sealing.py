"""Sealed photographs: only whole, only for their record, only with their key."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognition.sealing import (
    Keyring,
    KeyringUnusable,
    SealBroken,
    create_key,
    rewrap,
    seal,
    unseal,
)

RING = Keyring({"kek-000001": b"1" * 32, "kek-000002": b"2" * 32})


@given(
    st.binary(max_size=2000),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40),
)
@settings(max_examples=100)
def test_what_was_sealed_comes_back(plaintext, context):
    sealed = seal(plaintext, keyring=RING, context=context)
    assert unseal(sealed, keyring=RING, context=context) == plaintext


@given(st.data())
@settings(max_examples=150)
def test_any_changed_bit_breaks_the_seal(data):
    sealed = seal(b"a photograph", keyring=RING, context="probe 7")
    name = data.draw(st.sampled_from(["wrapped_key", "nonce", "ciphertext"]))
    value = bytearray(getattr(sealed, name))
    bit = data.draw(st.integers(0, len(value) * 8 - 1))
    value[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SealBroken):
        unseal(replace(sealed, **{name: bytes(value)}), keyring=RING, context="probe 7")


@given(st.sampled_from(["wrapped_key", "nonce", "ciphertext"]), st.binary(max_size=100))
@settings(max_examples=100)
def test_other_bytes_break_the_seal(name, value):
    sealed = seal(b"a photograph", keyring=RING, context="probe 7")
    with pytest.raises(SealBroken):
        unseal(replace(sealed, **{name: value}), keyring=RING, context="probe 7")


def test_a_seal_holds_for_one_record():
    sealed = seal(b"a photograph", keyring=RING, context="probe 7")
    with pytest.raises(SealBroken, match="another record"):
        unseal(sealed, keyring=RING, context="probe 8")


def test_a_key_cannot_be_moved_to_another_record():
    """Whoever writes rows cannot show one record's image under another."""
    mine = seal(b"mine", keyring=RING, context="probe 7")
    other = seal(b"other", keyring=RING, context="probe 8")
    mixed = replace(other, wrapped_key=mine.wrapped_key)
    for context in ("probe 7", "probe 8"):
        with pytest.raises(SealBroken):
            unseal(mixed, keyring=RING, context=context)


def test_a_destroyed_key_is_gone_for_everyone():
    sealed = seal(b"a photograph", keyring=RING, context="probe 7").destroyed()
    assert sealed.wrapped_key == b""
    with pytest.raises(SealBroken, match="destroyed"):
        unseal(sealed, keyring=RING, context="probe 7")


def test_every_image_has_a_key_of_its_own():
    first, second = (seal(b"same", keyring=RING, context="probe 7") for _ in range(2))
    for field in fields(first):
        same = getattr(first, field.name) == getattr(second, field.name)
        assert same == (field.name == "key_id")


def test_the_newest_key_seals_and_older_ones_unseal():
    old = seal(b"old", keyring=Keyring({"kek-000001": b"1" * 32}), context="x")
    assert old.key_id == "kek-000001"
    assert seal(b"new", keyring=RING, context="x").key_id == "kek-000002"
    assert unseal(old, keyring=RING, context="x") == b"old"


def test_a_key_can_be_retired_without_touching_images():
    old = seal(b"old", keyring=Keyring({"kek-000001": b"1" * 32}), context="x")
    moved = rewrap(old, keyring=RING, context="x")
    assert moved.ciphertext == old.ciphertext
    assert unseal(moved, keyring=Keyring({"kek-000002": b"2" * 32}), context="x") == b"old"


def test_an_unknown_key_is_named():
    sealed = seal(b"a photograph", keyring=RING, context="x")
    with pytest.raises(SealBroken, match="kek-000002"):
        unseal(sealed, keyring=Keyring({"kek-000001": b"1" * 32}), context="x")


def test_secrets_are_not_printed():
    sealed = seal(b"a photograph", keyring=RING, context="x")
    assert "\\x" not in repr(sealed)
    assert "1111" not in repr(RING)


class TestKeyFiles:
    def test_keys_are_numbered_and_private(self, tmp_path):
        folder = tmp_path / "keys"
        assert [create_key(folder) for _ in range(3)] == ["kek-000001", "kek-000002", "kek-000003"]
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
        ring = Keyring.load(folder)
        assert ring.newest == "kek-000003"
        assert len(set(ring.keys.values())) == 3

    def test_what_one_process_seals_another_unseals(self, tmp_path):
        create_key(tmp_path)
        sealed = seal(b"a photograph", keyring=Keyring.load(tmp_path), context="x")
        create_key(tmp_path)
        assert unseal(sealed, keyring=Keyring.load(tmp_path), context="x") == b"a photograph"

    def test_no_key_no_keyring(self, tmp_path):
        with pytest.raises(KeyringUnusable, match="create one"):
            Keyring.load(tmp_path)
        with pytest.raises(KeyringUnusable, match="cannot be read"):
            Keyring.load(tmp_path / "absent")

    def test_a_key_open_to_others_is_refused(self, tmp_path):
        path = tmp_path / f"{create_key(tmp_path)}.key"
        path.chmod(0o640)
        with pytest.raises(KeyringUnusable, match="open to others"):
            Keyring.load(tmp_path)

    def test_a_damaged_key_is_refused(self, tmp_path):
        path = tmp_path / f"{create_key(tmp_path)}.key"
        path.write_bytes(path.read_bytes()[:-1])
        with pytest.raises(KeyringUnusable, match="32 bytes"):
            Keyring.load(tmp_path)

    def test_other_files_are_no_keys(self, tmp_path):
        create_key(tmp_path)
        (tmp_path / "notes.txt").write_text("x")
        assert list(Keyring.load(tmp_path).keys) == ["kek-000001"]
