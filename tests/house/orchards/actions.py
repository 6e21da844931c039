"""Planting orchards, putting right what is said of them and taking it back."""

from django.db import transaction

from tests.house.orchards.models import Orchard
from weft.provenance import items


@transaction.atomic
def plant_orchard(**facts):
    return items.make(Orchard, did="planted orchard", **facts)


@transaction.atomic
def edit_orchard(**facts):
    return items.edit(did="edited orchard", **facts)


@transaction.atomic
def withdraw_orchard(**facts):
    return items.take_back(did="withdrew orchard", **facts)
