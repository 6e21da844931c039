"""What we try."""
