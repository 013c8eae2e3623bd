"""Pages of the board's desk, of the department's answers, and of what the board publishes."""
