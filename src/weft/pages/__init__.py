"""Pages that show several stages together."""
