"""The database: who connects as whom, and what each role may do."""
