"""From facts to what the board's pages show."""
