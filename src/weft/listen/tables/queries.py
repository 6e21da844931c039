"""The PIN of table mode."""

import secrets

from django.utils.crypto import salted_hmac

from weft.listen.conversations.models import Conversation

DIGITS = 6


def pin_of(conversation: Conversation) -> str:
    """The PIN of table mode, made of two keys and so kept nowhere; none while table mode is off."""
    if not conversation.has_table:
        return ""
    digest = salted_hmac("weft.table.pin", str(conversation.table_key), algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}}"


def opens(conversation: Conversation, typed: str) -> bool:
    """Whether this is the PIN of today."""
    pin = pin_of(conversation)
    return bool(pin) and secrets.compare_digest(pin.encode(), typed.encode())
