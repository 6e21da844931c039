"""Django's SQLite backend, in which the writers of one process queue for a lock instead of racing for the file.

SQLite waits for its file by sleeping and trying again, so under load a thread can lose again and again, for seconds.
Only transactions queue: a lone statement in autocommit mode passes by, so every write belongs inside `atomic`.
"""

from __future__ import annotations  # Lock is a function, not a type, before Python 3.13

from collections import defaultdict
from threading import Lock

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

_locks: defaultdict[str, Lock] = defaultdict(Lock)


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection; it holds the lock of its database from BEGIN until COMMIT, ROLLBACK or close."""

    patience = 20.0
    _held: Lock | None = None

    def _start_transaction_under_autocommit(self) -> None:
        lock = _locks[str(self.settings_dict["NAME"])]
        if not lock.acquire(timeout=self.patience):
            raise OperationalError(f"database is locked: another thread has been writing for {self.patience:g} seconds")
        self._held = lock
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._let_go()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._let_go()  # not after a commit that failed: its transaction stays open until the rollback that follows

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._let_go()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._let_go()

    def _let_go(self) -> None:
        lock, self._held = self._held, None
        if lock is not None:
            lock.release()
