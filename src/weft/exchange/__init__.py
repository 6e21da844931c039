"""Other people's files, in and out: pure readers and writers, one module a format."""
