"""The model packs on this machine: `models list` and `models check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from recognition.engines import EngineUnavailable, inspect_licence, load_engine, open_pack
from recognition.management.configured import UNUSABLE, as_json, configured_pack, packs_root

if TYPE_CHECKING:
    from pathlib import Path

    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """`list` reads every pack's record; `check` checks every file, the licence, and loads it."""

    help = "List the face model packs, or check that each can be used."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The action, and the form of the output."""
        parser.add_argument("action", choices=("list", "check"))
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print all packs; `check` fails where the pack in use cannot be used."""
        root, used = packs_root(), configured_pack()
        folders = sorted({path.parent for path in root.glob("*/manifest.json")} | {used})
        packs = [_described(folder, options["action"]) for folder in folders]
        for pack in packs:
            pack["in_use"] = pack["pack"] == used.name
        if options["json"]:
            self.stdout.write(as_json({"packs": packs}))
        else:
            self.stdout.write("\n".join(_lines(pack) for pack in packs))
        broken = [pack for pack in packs if pack["in_use"] and pack["problem"]]
        if options["action"] == "check" and broken:
            raise CommandError(broken[0]["problem"], returncode=UNUSABLE)


def _described(folder: Path, action: str) -> dict[str, Any]:
    found: dict[str, Any] = {"pack": folder.name, "problem": None, "record": None}
    try:
        pack = open_pack(folder, allowed_root=packs_root())
        found["record"] = pack.record.as_document() | {"pack_sha256": pack.record.pack_sha256}
        found["licence"] = vars(inspect_licence(pack))
        if action == "check":
            load_engine(folder, allowed_root=packs_root())
    except EngineUnavailable as error:
        found["problem"] = str(error)
    return found


def _lines(pack: dict[str, Any]) -> str:
    mark = "*" if pack["in_use"] else " "
    if pack["record"] is None:
        return f"{mark} {pack['pack']}: cannot be used. {pack['problem']}"
    record = pack["record"]
    lines = [
        f"{mark} {pack['pack']}: {record['name']}, version {record['version']}",
        f"    licence {record['licence']} ({pack['licence']['status']})"
        + ("; for evaluation only" if record["evaluation_only"] else ""),
        (
            f"    {record['dimension']} numbers a face, compared by {record['metric']}; "
            f"candidates from {record['thresholds']['candidate']}"
        ),
        f"    sha256 {record['pack_sha256']}",
    ]
    return "\n".join(
        [*lines, f"    cannot be used: {pack['problem']}"] if pack["problem"] else lines
    )
