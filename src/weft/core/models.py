"""What the core keeps in the database: how often something was done lately, for limits that hold in every process."""

from django.db import models

from weft.core.keeping import Keeps, Until, What, Whom


class Throttle(models.Model):
    """How many there were of one thing by one caller in a while that is not over. The key is a hash of both."""

    keeps = Keeps(Whom.NOBODY, What.TECHNICAL, Until.SHORTLY, key=What.TECHNICAL)
    key = models.BinaryField(max_length=32, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.BigIntegerField(db_index=True)  # seconds since 1970, compared within one statement
