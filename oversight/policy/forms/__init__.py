"""Forms of the policy room."""
