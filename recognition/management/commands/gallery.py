"""Fill, list and expunge galleries. Runs as the enroller, who cannot read a template."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug
from django.db import DatabaseError, IntegrityError, connection

from recognition import selectors
from recognition.engines import Engine, EngineUnavailable
from recognition.exchange import Unknown
from recognition.gallery import enrolment, registry, synthetic
from recognition.gallery.manifest import Manifest, ManifestUnusable
from recognition.management.configured import UNUSABLE, as_json, configured_engine
from recognition.models import Expungement, FaceModel, Gallery
from recognition.sealing import KeyringUnusable

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from recognition.models import EnrolmentBatch

BETWEEN_REPORTS = 1.0
"""Seconds between two lines of progress."""


class Command(BaseCommand):
    """`gallery import|synthesise|list|activate|expunge`."""

    help = "Fill, list and expunge galleries."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One parser for each action."""
        actions = parser.add_subparsers(dest="action", required=True)
        bring = actions.add_parser("import", help="enrol the photographs of a manifest")
        bring.add_argument("manifest", type=Path, help=".csv or .jsonl: subject, image, source")
        bring.add_argument("--root", type=Path, required=True, help="images lie below this folder")
        invent = actions.add_parser("synthesise", help="add templates without people, for scale")
        invent.add_argument("--count", type=int, required=True)
        invent.add_argument("--seed", type=int, default=1)
        for filling in (bring, invent):
            _about_the_gallery(filling)
        shown = actions.add_parser("list", help="galleries and their sizes")
        for reporting in (bring, shown):
            reporting.add_argument("--json", action="store_true", help="one JSON document")
        switch = actions.add_parser("activate", help="let new searches use this model")
        switch.add_argument("model", help="slug of a model that has templates")
        remove = actions.add_parser("expunge", help="take a subject out, for good")
        remove.add_argument("subject", help="the custodian's reference")
        remove.add_argument("--gallery", required=True)
        remove.add_argument("--authority", required=True, help="the order or rule that asks it")

    def handle(self, *_args: Any, action: str, **options: Any) -> None:
        """Run the action; exit 2 where its input cannot be used."""
        try:
            getattr(self, f"_{action}")(**options)
        except (EngineUnavailable, KeyringUnusable, ManifestUnusable) as error:
            raise CommandError(str(error), returncode=UNUSABLE) from error

    def _import(self, *, manifest: Path, root: Path, json: bool, **options: Any) -> None:
        if not root.is_dir():
            raise CommandError("--root is not a folder.", returncode=UNUSABLE)
        listed = Manifest.open(manifest)
        engine = configured_engine()
        gallery, model = self._place(engine, **options)
        batch = enrolment.start_batch(gallery=gallery, model=model, manifest=listed)
        self._enrol(batch, listed, root, engine)
        report = _report(batch)
        self.stdout.write(as_json(report) if json else _as_text(report))

    def _enrol(self, batch: EnrolmentBatch, listed: Manifest, root: Path, engine: Engine) -> None:
        before, taken, told = batch.done.count(), Counter[bool](), time.monotonic()
        started = told
        for line in enrolment.enrol(batch=batch, manifest=listed, root=root, engine=engine):
            taken[line.code == ""] += 1
            if time.monotonic() - told > BETWEEN_REPORTS:
                told = time.monotonic()
                self.stderr.write(
                    f"{before + taken.total()} of {batch.lines} photographs, {taken[False]}"
                    f" refused, {taken.total() / (told - started):.0f} a second"
                )

    def _synthesise(self, *, count: int, seed: int, **options: Any) -> None:
        if count < 1 or seed < 0:
            raise CommandError("--count starts at 1, --seed at 0.", returncode=UNUSABLE)
        engine = configured_engine()
        gallery, model = self._place(engine, **options)
        try:
            synthetic.synthesise(
                gallery=gallery,
                model=model,
                engine=engine,
                count=count,
                seed=seed,
                progress=lambda done: self.stderr.write(f"{done} of {count} templates"),
            )
        except IntegrityError as error:
            raise CommandError(
                f"Gallery {gallery.slug} has synthetic templates of seed {seed}: take another.",
                returncode=UNUSABLE,
            ) from error
        self.stdout.write(f"{count} synthetic templates in gallery {gallery.slug}.")

    def _place(
        self, engine: Engine, *, gallery: str, name: str, kind: str, custodian: str, **_rest: Any
    ) -> tuple[Gallery, FaceModel]:
        """The gallery and the model to fill, made where they are not there yet."""
        try:
            validate_slug(gallery)
        except ValidationError as error:
            raise CommandError(
                "--gallery is a slug: letters, digits, hyphens.", returncode=UNUSABLE
            ) from error
        found, made = registry.open_gallery(
            slug=gallery, name=name, kind=kind, custodian=custodian or settings.CITY_NAME
        )
        if made:
            self.stderr.write(f"Made the gallery {found.slug} ({found.kind}, {found.custodian}).")
        return found, registry.register_model(engine.record)

    def _list(self, *, json: bool, **_rest: Any) -> None:
        try:
            model: str | None = selectors.active_model().slug
        except Unknown:
            model = None
        held = [dict(vars(summary)) for summary in selectors.galleries()]
        if json:
            self.stdout.write(as_json({"active_model": model, "galleries": held}))
            return
        self.stdout.write(f"Active model: {model or 'none yet'}")
        for row in held:
            self.stdout.write(
                f"{row['slug']}: {row['name']} ({row['kind']}), held by {row['custodian']}; "
                f"{row['subjects']} subjects, {row['templates']} templates"
            )

    def _activate(self, *, model: str, **_rest: Any) -> None:
        found = FaceModel.objects.filter(slug=model).first()
        if found is None:
            known = ", ".join(FaceModel.objects.values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no model {model!r}; known: {known}.", returncode=UNUSABLE)
        registry.activate_model(model=found)
        self.stdout.write(f"New searches use {found.slug}.")

    def _expunge(self, *, gallery: str, subject: str, authority: str, **_rest: Any) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT recognition_expunge(%s, %s, %s)", [gallery, subject, authority]
                )
                gone = Expungement.objects.get(pk=cursor.fetchone()[0])
        except DatabaseError as error:
            if not getattr(error.__cause__, "sqlstate", "").startswith("RC"):
                raise
            raise CommandError(f"Nothing was expunged: {error}", returncode=UNUSABLE) from error
        self.stdout.write(
            f"Expunged {gone.images} photographs and {gone.templates} templates. The bytes leave the "
            "database's files with VACUUM FULL recognition_template, and backups as they age out."
        )


def _about_the_gallery(parser: ArgumentParser) -> None:
    parser.add_argument("--gallery", default="booking", help="slug; made where it is not there")
    parser.add_argument("--name", default="", help="of a new gallery")
    parser.add_argument(
        "--kind", choices=Gallery.Kind.values, default="booking", help="of a new gallery"
    )
    parser.add_argument("--custodian", default="", help="of a new gallery; else the city")


def _report(batch: EnrolmentBatch) -> dict[str, Any]:
    refused = [
        {"line": line.number, **vars(line.refusal)} for line in enrolment.refused_lines(batch)
    ]
    done = batch.done.count()
    return {
        "gallery": batch.gallery.slug,
        "model": batch.model.slug,
        "manifest_sha256": batch.manifest_sha256,
        "photographs": batch.lines,
        "enrolled": done - len(refused),
        "refused": refused,
        "left": batch.lines - done,
    }


def _as_text(report: dict[str, Any]) -> str:
    head = (
        f"Gallery {report['gallery']}, model {report['model']}: {report['enrolled']} of "
        f"{report['photographs']} photographs enrolled, {len(report['refused'])} refused, "
        f"{report['left']} left."
    )
    refused = (
        f"  {line['line']}: {line['code']}. {line['message']} {line['remedy']}"
        for line in report["refused"]
    )
    return "\n".join([head, *refused])
