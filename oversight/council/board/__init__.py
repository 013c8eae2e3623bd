"""The oversight board's desk: its dashboard, samples, findings, notices and meetings."""
