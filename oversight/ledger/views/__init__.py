"""Pages of the record: the public's, and the auditor's."""
