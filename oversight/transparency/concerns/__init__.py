"""Six concerns about police face recognition: the safeguards in force, and what is measured."""
