"""Editions stand in their report."""

from weft.provenance.file import elsewhere
from weft.share.reports.nouns import EDITION

elsewhere(EDITION)
