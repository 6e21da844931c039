"""REFI-QDA: codebooks (`.qdc`) and projects (`.qdpx`) of programs for qualitative analysis."""

from weft.exchange.refi.codebook import read_codebook, write_codebook
from weft.exchange.refi.model import Code, Codebook, Set

__all__ = ["Code", "Codebook", "Set", "read_codebook", "write_codebook"]
