"""A whole programme in and out of one YAML file, through the same actions as the pages."""
