"""Why something was not done. In every case nothing was changed."""


class NotAllowedError(Exception):
    """This person may not examine this, or not any more; the text says why."""


class ClosedError(Exception):
    """The examination, or the result, is closed."""


class AlreadyRecordedError(Exception):
    """The same was recorded before: in another tab, or by a second press."""


class NotComparedError(Exception):
    """Candidates remain to be compared (R22)."""


class NotShownError(Exception):
    """Nobody judges a candidate they were not shown; or it was too long ago."""
