"""An examiner takes on a comparison."""

from secrets import randbits

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oversight.leads import events
from oversight.leads.models import Comparison, Examination, Release
from oversight.leads.selectors import comparison_for, is_vacant
from oversight.leads.services.errors import NotAllowedError
from oversight.leads.services.locking import hold
from oversight.leads.services.recording import record
from oversight.leads.services.releasing import insert_release
from oversight.leads.services.viewing import judge_view
from oversight.people.models import Person
from oversight.requests.models import Decision


@transaction.atomic
def start_examination(
    *, comparison: Comparison, examiner: Person
) -> tuple[Examination | None, Decision]:
    """Begin an examination, its candidates in an order of this examiner's own.

    The place of an examination that lapsed is vacated first.

    Returns:
        The examination (None where the gate refused) and the gate's decision.

    Raises:
        NotAllowedError: a conflict of interest, or no examiner is wanted (any more).
    """
    hold(comparison.run)
    try:
        current = comparison_for(examiner, comparison.run)
    except Comparison.DoesNotExist:
        raise NotAllowedError(
            _("This comparison does not wait for you (any more): others have taken it on.")
        ) from None
    at = timezone.now()
    decision = judge_view(comparison=current, viewer=examiner, at=at)
    if decision.effect == Decision.Effect.REFUSE:
        return None, decision
    for other in current.examinations.all():
        if is_vacant(other, at) and not hasattr(other, "release"):
            insert_release(other, Release.Reason.LAPSED, at)
    examination = Examination.objects.create(
        comparison=current, examiner=examiner, seed=randbits(62), started_at=at
    )
    record(
        events.EXAMINATION_STARTED,
        current.submission,
        at,
        examination=examination.pk,
        run=str(current.run),
        examiner=examiner.pk,
    )
    return examination, decision
