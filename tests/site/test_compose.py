"""docker-compose.yml, as far as it can be judged without an engine to run it."""

import re
import shlex
import subprocess
from functools import cache
from itertools import pairwise

import pytest
import yaml
from django.core.management import get_commands

from oversight.site.paths import BASE_DIR
from oversight.site.roles import OWNER, SERVICE_ROLES
from oversight.site.stack.programs import PROGRAMS

COMPOSE = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
_DEFAULT_COMMAND = re.findall(r'"([^"]*)"', (BASE_DIR / "Dockerfile").read_text().split("CMD")[-1])


def _words(service: dict) -> list[str]:
    given = service.get("command")
    return shlex.split(given) if given else list(_DEFAULT_COMMAND)


def test_the_services_are_those_of_the_architecture():
    wanted = {"web", "worker", "relay", "beat", "clerk", "checkpointer", "migrate", "enroller"}
    assert set(SERVICES) == wanted | {"database", "broker"}


@pytest.mark.parametrize("name", OURS)
def test_every_management_command_exists(name):
    words = " ".join(_words(OURS[name])).replace("&&", " ").split()
    for command in (after for before, after in pairwise(words) if "manage.py" in before):
        assert command in get_commands()


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_it_runs_what_the_stack_runs_under_the_same_roles(program):
    service = OURS[program.name]
    assert service["environment"]["OVERSIGHT_ROLE"] == program.role
    ours = [word for word in program.arguments if not word.startswith(("-", "{", "127."))]
    told = {"gunicorn", "worker", "search", "office", "solo", "relay", "checkpointer"} & set(ours)
    assert told <= set(_words(service))


@cache
def _known_variables() -> set[str]:
    code = subprocess.run(
        ["git", "grep", "-hoE", r"(OVERSIGHT|DATABASE|BROKER)_[A-Z_]+", "--", "oversight", "*.py"],
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(code.stdout.split())


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_one_that_our_settings_read(name):
    given = set(OURS[name]["environment"])
    roles = {f"DATABASE_URL_{role.upper()}" for role in SERVICE_ROLES}
    assert given - roles - {"DATABASE_URL", "BROKER_URL"} <= _known_variables()


@pytest.mark.parametrize("name", OURS)
def test_each_process_has_the_address_of_its_own_role_and_no_other(name):
    service = OURS[name]
    role = service["environment"]["OVERSIGHT_ROLE"]
    addresses = {key for key in service["environment"] if key.startswith("DATABASE_URL")}
    if role == OWNER:
        assert addresses == {"DATABASE_URL"}
    else:
        own = f"DATABASE_URL_{role.upper()}"
        assert own in addresses
        assert addresses - {own} <= ({"DATABASE_URL_PUBLIC"} if role == "web" else set())


@pytest.mark.parametrize("name", sorted(set(OURS) - {"migrate"}))
def test_each_process_sees_only_its_own_secrets(name):
    service = OURS[name]
    role = service["environment"]["OVERSIGHT_ROLE"]
    wanted = {"django-key", f"db-{role}"}
    if "BROKER_URL" in service["environment"]:
        wanted.add("broker")
    if "DATABASE_URL_PUBLIC" in service["environment"]:
        wanted.add("db-public")
    assert set(service["secrets"]) == wanted


def test_only_the_checkpointer_holds_the_signing_key():
    holders = [
        name for name, service in OURS.items() if "checkpointer-keys" in str(service.get("volumes"))
    ]
    assert holders == ["checkpointer"]


def test_no_port_but_the_webs_is_published_and_only_to_this_host():
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert list(published) == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in published["web"])
    assert COMPOSE["networks"]["inside"]["internal"] is True
    outside = [name for name, service in SERVICES.items() if "outside" in service["networks"]]
    assert outside == ["web"]


@pytest.mark.parametrize("name", OURS)
def test_our_containers_hold_no_power_they_do_not_need(name):
    service = OURS[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not service.get("privileged")


def test_no_secret_stands_in_the_file():
    text = (BASE_DIR / "docker-compose.yml").read_text()
    assert re.findall(r"://[^/\s]*:[^/\s@]*@", text) == []
    assert re.findall(r"PASSWORD: \S+", text) == []


def test_every_secret_that_is_mounted_is_made(tmp_path):
    script = tmp_path / "make-secrets"
    script.write_bytes((BASE_DIR / "deploy" / "make-secrets").read_bytes())
    subprocess.run(["sh", str(script)], check=True, capture_output=True)
    made = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert set(made) == set(COMPOSE["secrets"])
    assert all(len(value) == 64 for value in made.values())
    assert len(set(made.values())) == len(made)
    again = subprocess.run(["sh", str(script)], check=True, capture_output=True, text=True)
    assert again.stdout == ""


def test_the_image_installs_by_digest_and_runs_as_nobody_special():
    dockerfile = (BASE_DIR / "Dockerfile").read_text()
    installs = [line for line in dockerfile.splitlines() if "pip install" in line]
    assert installs
    assert dockerfile.count("--require-hashes") == len(installs)
    assert dockerfile.rindex("USER oversight") < dockerfile.rindex("CMD")
