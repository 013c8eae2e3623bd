"""Set-up: done once, again when something changed, and clear when it cannot be done."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from oversight.site.paths import BASE_DIR
from oversight.site.setup import environment, node_package, step, system
from oversight.site.setup.pip_settings import parse, translate, uv_environment
from oversight.site.setup.places import SetupError
from oversight.site.setup.step import Step


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A checkout of its own for steps: an input, an output, and a list of what was done."""
    monkeypatch.setattr(step, "CHECKOUT", tmp_path)
    monkeypatch.setattr(step, "_STAMPS", tmp_path / "stamps")
    (tmp_path / "input").write_text("1")
    return tmp_path


def _step(room: Path, done: list[str]) -> Step:
    def act() -> None:
        done.append("done")
        (room / "output").mkdir(exist_ok=True)
        (room / "output" / "made").write_text("made")

    return Step("a", "Doing it", act, inputs=(room / "input",), outputs=(room / "output",))


def test_a_step_is_done_once(room):
    done = []
    assert _step(room, done).ensure()
    assert not _step(room, done).ensure()
    assert done == ["done"]


@pytest.mark.parametrize(
    "change",
    [
        lambda room: (room / "input").write_text("2"),
        lambda room: (room / "output" / "made").unlink(),
        lambda room: (room / "output" / "made").write_text("tampered"),
        lambda room: (room / "output" / "more").write_text("unexpected"),
        lambda room: (room / "stamps" / "a").unlink(),
    ],
    ids=["input", "output gone", "output changed", "output added", "stamp gone"],
)
def test_a_step_is_done_again_when_something_changed(room, change):
    done = []
    _step(room, done).ensure()
    change(room)
    assert _step(room, done).ensure()


def test_a_step_that_fails_is_tried_again(room):
    def fail() -> None:
        raise SetupError("the disk is full")

    with pytest.raises(SetupError, match="disk"):
        Step("a", "Doing it", fail).ensure()
    done = []
    assert _step(room, done).ensure()


def test_a_step_that_makes_nothing_says_so(room):
    with pytest.raises(SetupError, match=r"without making .*output"):
        Step("a", "Doing it", lambda: None, outputs=(room / "output",)).ensure()


def test_pips_settings_are_read_in_its_own_order_of_strength():
    listing = """\
:env:.find-links='/third'
global.find-links='/first'
global.index-url='https://mirror.example/simple'
install.find-links='/second'
"""
    assert parse(listing) == {
        "find-links": "/third",
        "index-url": "https://mirror.example/simple",
    }


def test_uv_is_told_what_pip_is_configured_with():
    settings = {
        "index-url": "https://mirror.example/simple",
        "extra-index-url": "file:///a/simple\nfile:///b/simple",
        "find-links": "/wheels /more",
        "cert": "/certificates.pem",
        "constraint": "/constraints.txt",
        "trusted-host": "mirror.example",
        "default-timeout": "180",
        "no-index": "true",
    }
    assert translate(settings) == {
        "UV_DEFAULT_INDEX": "https://mirror.example/simple",
        "UV_INDEX": "file:///a/simple file:///b/simple",
        "UV_FIND_LINKS": "/wheels,/more",
        "SSL_CERT_FILE": "/certificates.pem",
        "UV_INSECURE_HOST": "mirror.example",
        "UV_HTTP_TIMEOUT": "180",
        "UV_NO_INDEX": "1",
    }


def test_what_uv_was_told_itself_is_left_alone():
    given = {**os.environ, "UV_FIND_LINKS": "/mine", "PIP_FIND_LINKS": "/pips"}
    assert uv_environment(Path(sys.executable), given)["UV_FIND_LINKS"] == "/mine"


def test_pips_variables_reach_uv(monkeypatch):
    monkeypatch.setenv("PIP_FIND_LINKS", "/wheels")
    assert uv_environment(Path(sys.executable), {})["UV_FIND_LINKS"] == "/wheels"


def test_every_requirement_is_pinned_with_a_digest():
    for name in ("bootstrap", "runtime", "development"):
        text = (BASE_DIR / "requirements" / f"{name}.txt").read_text()
        entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE))
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == [], name


def test_without_root_a_missing_program_is_a_message(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SetupError, match="Install Node"):
        system.apt_install("npm", otherwise="npm is missing. Install Node.js.")


def test_without_a_browser_the_journeys_are_said_to_be_skipped(monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(system.shutil, "which", lambda _name: None)
    system.ensure_browser()
    assert "the browser journeys will be skipped" in capsys.readouterr().err


def test_a_browser_can_be_named(monkeypatch, tmp_path):
    named = tmp_path / "my chromium"
    named.write_text("#!/bin/sh\n")
    named.chmod(0o755)
    monkeypatch.setenv("OVERSIGHT_CHROMIUM", str(named))
    assert system.find_browser() == str(named)


def test_a_python_without_venv_names_the_package(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(environment.shutil, "rmtree", lambda *_a, **_k: None)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    with pytest.raises(SetupError, match=f"apt-get install python{version}-venv"):
        environment._make()


def test_another_cedar_than_the_pinned_one_is_refused(monkeypatch, tmp_path):
    def pack(folder: Path) -> Path:
        (folder / "cedar.tgz").write_bytes(b"another")
        return folder / "cedar.tgz"

    monkeypatch.setattr(node_package, "DESTINATION", tmp_path / "node" / "cedar")
    monkeypatch.setattr(node_package, "_pack", pack)
    with pytest.raises(SetupError, match="expected sha256"):
        node_package.install()
    assert not node_package.DESTINATION.exists()


def test_it_needs_nothing_that_it_installs():
    """Set-up runs on a bare Python: with our folder alone on the path, isolated from packages."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _IMPORT_ALL],
        cwd=BASE_DIR,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()


_IMPORT_ALL = """
import sys
sys.path.insert(0, ".")
import oversight.site.setup.__main__, oversight.site.setup.pin
"""


def test_make_help_names_every_target_of_the_contract():
    done = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    targets = {line.split()[1] for line in done.stdout.splitlines()}
    assert {"demo", "serve", "test", "check", "bench", "setup", "help"} <= targets


def test_an_old_python_is_refused_with_a_message():
    done = subprocess.run(
        ["make", "--no-print-directory", "setup", "PYTHON="],
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "Python 3.11, 3.12 or 3.13 is needed" in done.stderr
