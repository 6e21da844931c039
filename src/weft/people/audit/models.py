"""The sealed record of who did what: written once, never changed, never holding people's words."""

from typing import Any

from django.conf import settings
from django.db import models

from weft.core.keeping import Keeps, Until, What, Whom


class Entry(models.Model):
    """One thing somebody did."""

    keeps = Keeps(Whom.MEMBER, What.WORK, Until.PROGRAMME, did=What.WORK, on=What.TECHNICAL, detail=What.TECHNICAL)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    did = models.CharField(max_length=120)
    on = models.CharField(max_length=120)
    programme = models.ForeignKey("programmes.Programme", models.CASCADE, null=True, blank=True, related_name="audit")
    team = models.ForeignKey("programmes.Team", models.SET_NULL, null=True, blank=True, related_name="+")
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "entries"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write once."""
        if self.pk is not None:
            raise TypeError("An audit entry is written once and never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise TypeError("An audit entry is never deleted.")
