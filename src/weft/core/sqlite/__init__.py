"""SQLite with one writer at a time in a process. ENGINE is this package; Django looks for its `base` module."""
