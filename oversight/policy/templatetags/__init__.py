"""What templates may call to show the law."""
