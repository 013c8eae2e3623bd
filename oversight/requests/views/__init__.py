"""Pages of the officer (list, steps, status) and of the supervisor (queue, sheet, verdict)."""
