"""A site for the benchmark of votes: the project's own addresses, and one bare view that only writes."""

import os
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from weft.listen.conversations.actions import STANDING
from weft.listen.conversations.queries import sql_uuid

EVENT = """
INSERT INTO conversations_voteevent (key, participant_id, statement_id, choice, cast_at)
VALUES (%s, %s, %s, %s, %s) ON CONFLICT (key) DO NOTHING
"""


@csrf_exempt
def floor(request: HttpRequest) -> HttpResponse:
    """Floor B: an event and an upsert in one transaction, and nothing else."""
    data = request.POST
    key, who, what = (sql_uuid(UUID(data[name])) for name in ("key", "who", "statement"))
    when, choice = connection.ops.adapt_datetimefield_value(timezone.now()), 1
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(EVENT, [key, who, what, choice, when])
        cursor.execute(STANDING, [who, what, choice, when])
    return HttpResponse(status=204)


urlpatterns = [path("floor/", floor)] if os.environ.get("BENCH_FLOOR") else [path("", include("weft.urls"))]
