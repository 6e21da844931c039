"""A conversation to take part in."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.reading import read
from weft.listen.conversations import actions
from weft.listen.conversations.models import Conversation, Participant, Statement


@dataclass
class Talk:
    """An open conversation of the team Long Summer with three cards."""

    conversation: Conversation
    cards: list[Statement]

    @property
    def page(self) -> str:
        return f"/c/{self.conversation.code}/"

    @property
    def team_page(self) -> str:
        return f"/pell/summer/conversations/{self.conversation.code}/"

    def hidden(self, client: Client, path: str = "") -> dict[str, str]:
        """What the form of a page sends along by itself."""
        html = read(client.get(self.page + path))
        pairs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)
        return dict(pairs)

    def vote(self, client: Client, choice: str = "agree", **more: object):
        """Answer the card that is shown."""
        return client.post(f"{self.page}answer/", {**self.hidden(client), "choice": choice, **more})

    def tell(self, client: Client, text: str = "The bus costs more than the swim.", **more: object):
        """Tell a story on the page."""
        sent = {"text": text, "may": "quote", "words": "on", **self.hidden(client, "story/"), **more}
        return client.post(f"{self.page}story/", sent)

    def person(self, secret: str | None = None) -> Participant:
        """Somebody who has come."""
        return actions.add_participant(by=None, conversation=self.conversation, secret=secret or str(uuid4()))


def is_now(moment: datetime) -> bool:
    """Whether something was done within the last minute."""
    return timedelta() <= timezone.now() - moment < timedelta(minutes=1)


@pytest.fixture
def talk(cast: Cast) -> Talk:
    conversation = actions.make_conversation(
        by=cast.lena,
        of=cast.summer,
        prompt="What gets in the way of a good summer?",
        purpose="The team shows the council what you said.",
        code="tide123",
    )
    texts = ("The pool is too far.", "The bus costs too much.", "There is nothing for teenagers.")
    cards = [actions.add_statement(by=cast.lena, conversation=conversation, text=text) for text in texts]
    return Talk(conversation, cards)
