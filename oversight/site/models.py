"""No tables: here so that Django counts this as an application that migrations end with."""
