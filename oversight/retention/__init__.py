"""Room kept for schedules, legal holds of rows, erasure and its proof. Nothing lives here yet."""
