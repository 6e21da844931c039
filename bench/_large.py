"""A made-up programme file of any size: every kind of item in about the shares of the demonstration, mixed in time.

Maps are drawn with few people and no shuffles and there is no report, since what those cost is not the loader's.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import yaml

from weft.core.codes import ALPHABET

BEGUN = datetime(2024, 1, 1, 9)
UNIT = 200
TEAMS = 8
WORDS = ("bus", "pool", "rent", "harbour", "school", "library", "clinic", "market", "garden", "bridge", "lunch", "fare")
CAME = 40
MAY_BE_USED = [n for n in range(42) if n % CAME % 8]
LEVELS = "SQVNFGPMDRHXAKW"  # nothing is older than what it rests on


def large(items: int) -> str:
    """The text of a file with so many items on its thread, rounded to whole units."""
    units = [_Unit(number) for number in range(max(1, items // UNIT))]
    file: dict[str, Any] = {
        "weft": "1",
        "programme": {"slug": "large", "name": "A large programme", "made_at": f"{BEGUN:%Y-%m-%d %H:%M}"},
        "people": [
            {"key": f"p{team}", "name": f"Person {team}", "email": f"p{team}@example.org"} for team in range(TEAMS)
        ],
        "organisations": [{"slug": "council", "name": "The council", "sector": "local_government"}],
        "places": [{"slug": "bay", "name": "The bay", "venues": [{"slug": "pool", "name": "The pool"}]}],
        "teams": [{"slug": f"t{team}", "name": f"Team {team}", "places": ["bay"]} for team in range(TEAMS)],
        "memberships": [{"person": f"p{team}", "team": f"t{team}", "role": "lead"} for team in range(TEAMS)],
        "conversations": [unit.conversation() for unit in units],
        "items": [item for unit in units for item in unit.items()],
    }
    return yaml.dump(file, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)


class _Unit:
    """Two hundred items: what one team heard, found, tried and asked in a few weeks."""

    def __init__(self, number: int) -> None:
        self.number, self.team, self.by = number, f"t{number % TEAMS}", f"p{number % TEAMS}"
        self.chance = random.Random(number)
        self.begun = BEGUN + timedelta(hours=20 * number)

    def conversation(self) -> dict[str, Any]:
        """A question with 36 cards, 40 people and 42 stories."""
        statements = [
            {"code": self._code("T", n), "text": self._words(9), **({"author": n} if n < CAME and n % 3 == 0 else {})}
            for n in range(36)
        ]
        participants = [
            {
                "number": n,
                "came_at": self._at(n),
                "venue": "bay/pool",
                "consent": ["analyse", "quote"] if n % 8 else [],
                "votes": "".join(self.chance.choice("+-0.") for _ in statements),
            }
            for n in range(CAME)
        ]
        stories = [
            {"code": self._code("Y", n), "participant": n % CAME, "text": self._text(n), "told_at": self._at(60 + n)}
            for n in range(42)
        ]
        return {
            "code": f"c{self.number}-large",
            "team": self.team,
            "prompt": self._words(8),
            "opened_at": self._at(0),
            "statements": statements,
            "participants": participants,
            "stories": stories,
        }

    def items(self) -> Iterator[dict[str, Any]]:
        """What was made of it, 122 items, out of order as people write."""
        made = [*self._heard(), *self._found(), *self._tried(), *self._asked()]
        self.chance.shuffle(made)
        yield from made

    def _heard(self) -> Iterator[dict[str, Any]]:
        for n in range(9):
            yield self._titled("source", "S", n, type="paper", summary=self._words(30), text=self._text(n))
        for n in range(36):
            of, text = (
                (self._told(n), self._text(MAY_BE_USED[n])) if n % 3 else (self._code("S", n % 9), self._text(n % 9))
            )
            quote = text[n % 7 :][:70].rstrip()
            yield self._item("excerpt", "Q", n, of=of, quote=quote, start=n % 7, end=n % 7 + len(quote))
        for n in range(12):
            gathered = [*(self._told(n * 5 + k) for k in range(3)), self._code("T", n * 3)]
            yield self._titled("theme", "V", n, summary=self._words(20), rests_on=gathered)
        if self.number % 5 == 0:
            drawn = {"min_votes": 1, "min_group": 2, "permutations": 19, "resamples": 1}
            yield self._item("map", "N", 0, conversation=f"c{self.number}-large", **drawn)

    def _found(self) -> Iterator[dict[str, Any]]:
        for n in range(12):
            evidence: list[Any] = [self._code("V", n), self._code("Q", n * 3), self._code("S", n % 9)]
            evidence.append({"code": self._code("Q", n * 3 + 1), "relation": "contradicts", "note": self._words(4)})
            text = f"{self._words(30)} [[{self._code('V', n)}]]. {self._words(9)} [[{self._code('T', n)}]]."
            sure = {"method": {"worry": "few", "reason": self._words(6)}}
            yield self._titled("finding", "F", n, text=text, rests_on=evidence, confidence=sure)
        for n in range(2):
            closed = {"by": self._code("R", n), "how": self._words(5)} if n else None
            yield self._titled("gap", "G", n, text=self._words(9), rests_on=[self._code("F", n)], closed=closed)
        for n in range(3):
            text = f"{self._words(50)} [[{self._code('F', n)}]]"
            yield self._titled("problem", "P", n, versions=[{"text": text}], rests_on=[self._code("F", n + 1)])

    def _tried(self) -> Iterator[dict[str, Any]]:
        for n in range(7):
            tries = [{"trying": self._words(9)}, {"trying": self._words(9), "why_changed": self._words(5)}]
            yield self._titled(
                "project", "M", n, purpose=self._words(20), tries=tries, rests_on=[self._code("P", n % 3)]
            )
        for n in range(16):
            day = (self.begun + timedelta(days=2)).date().isoformat()
            facts = {"on": day, "venue": "bay/pool", "attendance": 9 + n, "notes": self._words(12)}
            yield self._item("activity", "D", n, project=self._code("M", n % 7), **facts)
        for n in range(8):
            day = (self.begun + timedelta(days=2)).date().isoformat()
            happened = f"{self._words(12)} [[{self._code('D', n)}]]"
            facts = {"on": day, "outcome": "differently", "happened": happened, "learned": self._words(15)}
            yield self._titled("reflection", "R", n, project=self._code("M", n % 7), **facts)

    def _asked(self) -> Iterator[dict[str, Any]]:
        day = (self.begun + timedelta(days=2)).date().isoformat()
        for n in range(4):
            cases = [self._code("R", n), {"code": self._code("F", n), "relation": "contradicts"}]
            yield self._titled(
                "insight", "H", n, text=f"{self._words(20)} [[{self._code('R', n + 4)}]]", rests_on=cases
            )
        yield self._titled("manifesto", "X", 0, preamble=self._words(30), rests_on=[self._code("F", 5)])
        for n in range(6):
            facts = {"text": self._words(20), "to_role": "Head of transport", "asked_on": day}
            yield self._titled(
                "ask",
                "A",
                n,
                **facts,
                manifesto=self._code("X", 0),
                rests_on=[self._code("F", n), self._code("H", n % 4)],
            )
        facts = {"text": self._words(20), "to_role": "Head of transport", "rests_on": [self._code("H", 0)]}
        yield self._titled("recommendation", "K", 0, **facts)
        for n in range(4):
            said = {"answer": "partly", "reasons": self._words(20), "by_role": "Head of transport", "on": day}
            promises = [{"what": self._words(5), "by_on": day, "kept_on": day}]
            yield self._item("response", "W", n, to=self._code("A", n), **said, promises=promises)

    def _titled(self, kind: str, letter: str, n: int, **facts: Any) -> dict[str, Any]:
        return self._item(kind, letter, n, title=self._words(7), team=self.team, **facts)

    def _item(self, kind: str, letter: str, n: int, **facts: Any) -> dict[str, Any]:
        given = {name: value for name, value in facts.items() if value is not None}
        at = self._at(120 + LEVELS.index(letter) * 240 + self.chance.randrange(240))
        return {"kind": kind, "code": self._code(letter, n), "by": self.by, "made_at": at, **given}

    def _at(self, minutes: int) -> str:
        return f"{self.begun + timedelta(minutes=minutes):%Y-%m-%d %H:%M}"

    def _code(self, letter: str, n: int) -> str:
        number, signs = self.number * 50 + n, ""
        for _ in range(5):
            number, rest = divmod(number, len(ALPHABET))
            signs = ALPHABET[rest] + signs
        return f"{letter}-{signs}"

    def _words(self, count: int) -> str:
        return " ".join(self.chance.choice(WORDS) for _ in range(count)).capitalize()

    def _told(self, n: int) -> str:
        """The code of a story that may be used."""
        return self._code("Y", MAY_BE_USED[n % len(MAY_BE_USED)])

    def _text(self, n: int) -> str:
        return " ".join(f"{word} {n} of {self.number} and" for word in WORDS)
