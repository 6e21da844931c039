"""Receipts: four plain words by which a contributor finds again what they said. Only a keyed hash of them is kept."""

from collections.abc import Iterable

from django.db import models
from django.utils.crypto import salted_hmac

from weft.core.keeping import Keeps, Until, What, Whom
from weft.listen.conversations.models import Participant


class Receipt(models.Model):
    """The words of one participant, as a hash over the conversation's code and the words."""

    keeps = Keeps(Whom.CONTRIBUTOR, What.TECHNICAL, Until.PROGRAMME, words_hash=What.TECHNICAL)
    participant = models.OneToOneField(Participant, models.CASCADE, primary_key=True, related_name="receipt")
    words_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()

    @staticmethod
    def hash_of(code: str, words: Iterable[str]) -> bytes:
        """What is kept of the words."""
        return salted_hmac("weft.receipt", f"{code} {' '.join(words)}", algorithm="sha256").digest()
