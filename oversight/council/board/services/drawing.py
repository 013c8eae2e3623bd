"""Announcing a sample, and drawing it once the record has gone on and is signed."""

from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oversight.council.board import events
from oversight.council.board.documents import plan_of
from oversight.council.board.frames import frame_of
from oversight.council.board.lots import draw_members
from oversight.council.board.models import Draw, Sample
from oversight.council.board.seeds import signed_root, tree_size_of
from oversight.council.board.services.acting import acting, one_at_a_time, tell
from oversight.council.board.services.publishing import announce_plan, publish_sample
from oversight.ledger.models import Head
from oversight.ledger.services import ask_for_checkpoint
from oversight.policy.services.errors import NotAllowedError
from oversight.transparency.document import digest_of

LARGEST: Final = 500
"""Members of a sample at most: more than people can look at is no sample."""


def announce_sample(
    *, person: AbstractBaseUser, kind: Sample.Kind, since: date, until: date, size: int
) -> Sample:
    """Announce a sample of the requests first sent from ``since`` to before ``until``.

    The frame is frozen and made public now; whom it takes is decided by the record's root once
    it has grown by one entry. What was announced is drawn: it cannot be taken back.

    Raises:
        NotAllowedError: the days are wrong or not over, there is nothing to draw from, the size
            is out of bounds, or ``person`` is not of the board.
    """
    with acting() as now:
        _check(since, until, size, now.date())
        frame = frame_of(since, until, weighted=kind == Sample.Kind.RISK)
        if not frame.members:
            raise NotAllowedError(_("No request was sent on these days. Choose others."))
        one_at_a_time()
        sample = Sample(
            number=Sample.objects.count() + 1,
            kind=kind,
            since=since,
            until=until,
            size=size,
            frame=[[one.entry, one.request, one.weight] for one in frame.members],
            left_out=frame.left_out,
            announced_by_id=person.pk,
            announced_at=now,
        )
        sample.plan = plan_of(sample)
        sample.digest = digest_of(sample.plan)
        announce_plan(sample=sample, at=now)
        sample.entry = tell(
            events.SAMPLE_ANNOUNCED,
            now,
            {"sample": sample.number, "person": person.pk},
            agency=settings.AGENCY,
            document=sample.digest,
        )
        sample.save(force_insert=True)
        ask_for_checkpoint()
    return sample


def draw_announced_samples() -> int:
    """Draw every announced sample whose root is signed; gives how many. Runs by the clock."""
    waiting = Sample.objects.filter(draw__isnull=True).order_by("number")
    return sum(_draw(sample) for sample in waiting)


def _check(since: date, until: date, size: int, today: date) -> None:
    if since >= until:
        raise NotAllowedError(_("The last day must not be before the first."))
    if until > today + timedelta(days=1):
        raise NotAllowedError(_("The last day must not be in the future."))
    if not 1 <= size <= LARGEST:
        raise NotAllowedError(
            _("A sample has from 1 to %(most)s members. Choose another size.") % {"most": LARGEST}
        )


@transaction.atomic
def _draw(sample: Sample) -> bool:
    one_at_a_time()
    size = tree_size_of(sample)
    if Draw.objects.filter(sample=sample).exists():
        return False
    now = timezone.localtime()
    if Head.objects.get().size < size:
        # Nobody else has written anything since: the clerk does, so that it need not wait.
        tell(events.SAMPLE_AWAITED, now, {}, entry=sample.entry)
        ask_for_checkpoint()
        return False
    root = signed_root(size)
    if root is None:
        ask_for_checkpoint()
        return False
    _insert(sample, size, root, now)
    return True


def _insert(sample: Sample, size: int, root: bytes, now: datetime) -> None:
    members = draw_members(
        weights={entry: weight for entry, _request, weight in sample.frame},
        size=sample.size,
        root=root,
        announcement=bytes.fromhex(sample.digest.removeprefix("sha256:")),
    )
    told = {"sample": sample.digest, "tree_size": size, "root": root.hex(), "members": members}
    draw = Draw.objects.create(
        sample=sample,
        tree_size=size,
        root=root.hex(),
        members=members,
        digest=digest_of(told),
        drawn_at=now,
    )
    publish_sample(sample=sample, at=now)
    tell(
        events.SAMPLE_DRAWN,
        now,
        {"sample": sample.number},
        entry=sample.entry,
        document=draw.digest,
    )
