"""The programme of Pell Coast: made-up teams, what they heard and what came of it. Also where its knots belong."""

from weft.core import counts
from weft.core.numbers import in_words
from weft.pictures.weave import Answer, Item, Numbers, Thread, Words

NUMBERS = Numbers(in_words, counts.people, counts.voices, counts.together, fewest=10)
KINDS = {
    "map": ("opinion map", "opinion maps"),
    "problem": ("problem statement", "problem statements"),
    "edition": ("report", "reports"),
}
SHORT = {"problem": ("problem", "problems")}
PLAIN = Words(NUMBERS, kinds=KINDS, short=SHORT)
TEAMS = Words(NUMBERS, team_names=("Long Summer", "Good Company", "Two Towns"), kinds=KINDS, short=SHORT)

# id | teams | stage | kind | code | voices | title
_ITEMS = """
L1|0|0|theme|V-4TRAM|23|The pool is free but the bus is not
L2|0|0|theme|V-8WAGE|31|I earn too much for help and too little to go
L3|0|0|theme|V-2MEAL|18|Lunch is what breaks August
L4|0|0|theme|V-6MARK|14|I do not want my child marked out
L5|0|0|theme|V-3SWIM|10|We just want to swim with our neighbours
L6|1|0|theme|V-7IDLE|22|I have people, but nobody to do nothing with
L7|1|0|theme|V-5FORM|14|Everything for us needs a referral
L8|1|0|theme|V-9LAST|17|The last bus goes at six
L9|1|0|theme|V-4TEST|18|Clubs feel like being assessed
L10|2|0|theme|V-2ECHO|38|They ask us, then nothing
L11|2|0|theme|V-6TENS|21|Meetings are at ten on a school day
L12|2|0|theme|V-8LAMP|19|The bench, the light, the bus stop
L13|2|0|theme|V-3SEAT|26|Nobody our age on the board
L14|2|0|theme|V-7WALL|20|Both towns blame each other
F1|0|1|finding|F-7K3QD|0|The fare, not the fee, keeps families away
F2|0|1|finding|F-2M8RA|0|Working families are on no list
F3|0|1|finding|F-9H4TC|0|Being singled out costs more than money
G1|0|1|gap|G-4P6NE|0|We do not know who never came
F4|1|1|finding|F-5W2KB|0|Company without a purpose is what is missing
F5|1|1|finding|F-8J7VD|0|A referral keeps people out
F6|1|1|finding|F-3X9QM|0|After six there is no way home
F7|2|1|finding|F-6T5RH|0|Asked and not answered is worse than not asked
F8|2|1|finding|F-4B8WS|0|The hours shut young people out
F9|2|1|finding|F-9D2KP|0|Small fixes are the test of trust
G2|2|1|gap|G-7R3XT|0|We do not know what councillors hear
P1|0|2|problem|P-5N7WD|0|Families who work still go without, and no list shows it
P2|1|2|problem|P-8C4HM|0|There is nowhere to be without being sent
P3|2|2|problem|P-2Q6TB|0|Tarrowby: asked and not answered
P4|2|2|problem|P-9V3KR|0|Wexholme: the small things are never ours to fix
M1|0|3|project|M-3H8PD|0|Swim and eat
M2|0|3|project|M-6W4NB|0|Towel rides
M3|0|3|project|M-9K2TC|0|Lunch vouchers (stopped)
M4|1|3|project|M-4R7XH|0|The design challenge
M5|1|3|project|M-7B5QW|0|Night kitchen
M6|1|3|project|M-2T9VK|0|The Nothing Club
M7|2|3|project|M-8D6RN|0|Tarrowby youth manifesto
M8|2|3|project|M-5P3WT|0|Wexholme youth manifesto
M9|2|3|project|M-3C8HX|0|Shadow a councillor day
R2|0|4|reflection|R-4W9TD|0|Cooks became listeners
C1|0|4|change|C-8N2KB|0|Drivers stopped asking for proof
R1|0|4|reflection|R-6H5QC|0|Vouchers did not go as hoped
R4|1|4|reflection|R-9T3WM|0|The entry form halved the takers
C2|1|4|change|C-5R7XP|0|The hall stays open on Fridays until nine
R3|1|4|reflection|R-2K8VH|0|A club with no aim filled up
R5|2|4|reflection|R-7D4BN|0|Writing it was easier than handing it over
C3|2|4|change|C-3P9WR|0|The Wexholme bus shelter was lit
R6|2|4|reflection|R-8X6TK|0|Two councillors moved their hours
I1|01|4|insight|I-4K7WD|0|Open to all works where asking for proof shuts people out
I2|01|4|insight|I-9R2HB|0|How people get home decides who takes part
I3|02|4|insight|I-6T5QN|0|A small answer soon builds more trust than a big one late
I4|2|4|insight|I-2W8XC|0|Hand it over in person
A2|01|5|ask|A-3H6TD|0|Stop asking for proof at holiday meals
A1|01|5|ask|A-7K4WB|0|Keep towel rides all year
A5|0|5|ask|A-9N2RC|0|Count working families in the free meals plan
A3|1|5|ask|A-5T8XM|0|Run the last Friday bus at ten
E2|012|5|edition|E-2W7KD|0|Edition 2 of the report
A4|02|5|ask|A-8R3HP|0|Answer every youth ask in 20 working days
A6|2|5|ask|A-4D9QT|0|Light the path from the station
"""
_ANSWERS = {
    "A1": Answer("answered", "Partly"),
    "A2": Answer("answered", "Yes"),
    "A3": Answer("answered", "No", "with reasons"),
    "A4": Answer("answered", "Yes"),
    "A5": Answer("silent", "No reply", "41 days"),
    "A6": Answer("waiting", "Asked", "6 days ago"),
    "E2": Answer("answered", "Published", "4 November"),
}
# source target, x where it speaks against
_THREADS = """
L1 F1
L2 F2
L3 F2
L4 F3
L5 F3
L5 F1
L2 G1
L3 F1 x
L6 F4
L9 F4
L9 F5
L7 F5
L8 F6
L7 F4
L10 F7
L10 F9
L11 F8
L13 F8
L12 F9
L14 F9
L13 G2
F1 P1
F2 P1
F3 P1
F4 P2
F5 P2
F6 P2
F7 P3
F8 P3
F8 P4
F9 P4
F9 P3 x
P1 M1
P1 M2
P1 M3
F1 M2
P2 M4
P2 M5
P2 M6
F6 M5
P3 M7
P4 M8
P3 M9
P4 M9
M1 R2
M2 C1
M3 R1
M4 R4
M5 C2
M6 R3
M7 R5
M8 C3
M9 R6
M4 R3
R1 I1
C1 I1
R3 I1
R4 I1
C1 I2
C2 I2
F6 I2
R2 I3
R5 I3
C3 I3
R6 I3
R5 I4
R3 I2 x
I1 A2
I1 A1
I2 A1
I2 A3
F2 A5
I1 A5
I3 A4
I4 A4
M8 A6
I1 E2
I2 E2
I3 E2
I4 E2
"""
# The wide picture with C1 lit, as it was first drawn and agreed on: column x, then the knots downwards with their y.
PLACES = """
238: L2 23.7, L3 54.7, L1 85.7, L5 116.7, L4 147.7, L6 196.7, L7 227.7
238: L9 258.7, L8 289.7, L11 361.8, L12 392.8, L14 423.8, L10 454.8, L13 485.8
373.3: G1 18.6, F2 60.8, F1 94.7, F3 130.6, F4 215.5, F5 246.5, F6 277.5
373.3: F8 393.2, F9 424.2, F7 455.2, G2 487.6
508.7: P1 116, P2 233.9, P4 409.1, P3 447.6
644: M3 78.2, M2 109.2, M1 151.5, M4 200.5, M6 231.5, M5 272.9, M9 396.3
644: M8 427.3, M7 458.3
779.3: R1 80.2, R4 125.6, C1 156.6, R3 191.9, C2 246.9, R2 277.9, C3 361.9
779.3: R6 392.9, R5 423.9
914.7: I1 126.3, I2 211.8, I3 346.9, I4 390.1
1050: A5 67.1, A2 111.6, A1 167.2, A3 221.4, E2 288.4, A4 384.3, A6 468.6
"""


def items() -> list[Item]:
    """All 58 items, in order of making."""
    made = []
    for order, line in enumerate(_ITEMS.split("\n")[1:-1]):
        key, teams, stage, kind, code, voices, title = line.split("|")
        made.append(
            Item(
                id=key,
                teams=tuple(int(team) for team in teams),
                stage=int(stage),
                kind=kind,
                title=title,
                code=code,
                voices=int(voices),
                order=order,
                answer=_ANSWERS.get(key),
                url=f"?focus={code}",
            )
        )
    return made


def threads() -> list[Thread]:
    """All threads between them."""
    rows = [line.split() for line in _THREADS.split("\n")[1:-1]]
    return [Thread(row[0], row[1], "contradicts" if row[2:] else "supports") for row in rows]


def places() -> dict[str, tuple[float, float]]:
    """Where each knot belongs."""
    found = {}
    for line in PLACES.split("\n")[1:-1]:
        x, knots = line.split(": ")
        for knot in knots.split(", "):
            key, y = knot.split()
            found[key] = (float(x), float(y))
    return found
