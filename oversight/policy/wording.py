"""Decisions and replays as plain text for people at a terminal."""

from collections.abc import Iterator

from oversight.policy.engine.decision import Decision
from oversight.policy.engine.replay import Replay


def decision_text(decision: Decision) -> str:
    """The decision in lines: the effect, each reason with its cure, and what is needed and owed."""
    return "\n".join(_decision_lines(decision)) + "\n"


def _decision_lines(decision: Decision) -> Iterator[str]:
    yield f"{decision.effect.upper()}  (decided as of {decision.at})"
    for reason in decision.reasons:
        yield ""
        yield f"{reason.safeguard}  {reason.rule}"
        yield f"    {reason.message}"
        yield f"    Source: {reason.citation}"
        if reason.remedy:
            yield f"    Remedy: {reason.remedy}"
    if decision.requires:
        yield ""
        yield "Needed before and after:"
        yield from (f"    {_words(requirement)}" for requirement in decision.requires)
    if decision.duties:
        yield ""
        yield "Owed:"
        yield from (
            f"    {_words(duty.kind)}, {f'by {duty.due}' if duty.due else 'no day named'} ({duty.rule})"
            for duty in decision.duties
        )
    yield ""
    yield f"{len(decision.checked)} rules checked. Policy set {decision.policy_set}"
    yield f"Facts {decision.facts}; {decision.engine}"


def replay_text(replay: Replay, *, shown: int = 20) -> str:
    """Totals, and the first `shown` differences."""
    totals = replay.as_json()["totals"]
    lines = [
        f"{totals['decided']} decided again, {totals['unusable']} could not be used",
        f"before: {_counts(totals['before'])}",
        f"after:  {_counts(totals['after'])}",
        f"changes: {_counts(totals['changes'])}",
    ]
    for dimension, values in totals["changes_by"].items():
        lines.append(f"by {dimension}:")
        lines += [f"  {_words(value)}: {_counts(counts)}" for value, counts in values.items()]
    lines += ["differences:"] if replay.differences else []
    for difference in replay.differences[:shown]:
        before, after = difference.before, difference.after
        lines.append(
            f"  {difference.day} {difference.agency} {difference.id}: "
            f"{before.effect} {', '.join(before.rules)} -> {after.effect} {', '.join(after.rules)}"
        )
    if len(replay.differences) > shown:
        lines.append(f"  and {len(replay.differences) - shown} more; see --json")
    lines += [f"  {name}: {message}" for name, message in replay.errors[:shown]]
    return "\n".join(lines) + "\n"


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {_words(name)}" for name, count in counts.items()) or "none"


def _words(code: str) -> str:
    return code.replace("_", " ")
