"""From rules and acts to what the pages show. Nothing here writes."""
