"""Weft: place-based co-production, with the voices behind every published sentence."""

__version__ = "0.1.0"
