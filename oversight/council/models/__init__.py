"""Facts of the council's room, a module a subject. Rows are inserted once and never changed."""
