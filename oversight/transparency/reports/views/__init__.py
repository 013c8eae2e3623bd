"""Pages of reports: for everyone, and for those who write and file them."""
