"""Pabulib files: one participatory budgeting election each, with its projects and ballots."""

from weft.exchange.pabulib.describe import describe
from weft.exchange.pabulib.model import Ballot, Ballots, Column, Election, Group, Project
from weft.exchange.pabulib.read import read_pabulib
from weft.exchange.pabulib.write import write_pabulib

__all__ = [
    "Ballot",
    "Ballots",
    "Column",
    "Election",
    "Group",
    "Project",
    "describe",
    "read_pabulib",
    "write_pabulib",
]
