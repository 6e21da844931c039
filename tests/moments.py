"""The moments at which figures are replaced, without waiting for the next hour."""

from weft.listen.conversations.actions import figures
from weft.listen.conversations.models import Conversation, Statement
from weft.listen.conversations.queries import counted


def moment(conversation: Conversation) -> None:
    """Let everybody see by now how the cards of a conversation are answered, as when a member shows it to the room."""
    figures.show_now(by=None, conversation=conversation)
    figures.step(statements=counted(Statement.objects.filter(conversation=conversation)))
