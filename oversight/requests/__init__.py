"""Before the search: the officer's request, its sign-off, and the permission to run it once."""
