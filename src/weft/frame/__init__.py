"""What the problem is."""
