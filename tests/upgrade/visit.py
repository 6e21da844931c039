"""Walk through a database that was brought up to date, as anybody and as people of its programmes.

`python -m tests.upgrade.visit`, a process of its own with the settings of a site, prints the status of each address.
"""

from weft.commands import start_django

start_django()

from django.test import Client  # noqa: E402

from tests.journeys.walker import Walker  # noqa: E402
from weft.people.accounts.models import User  # noqa: E402

ANYBODY = [
    *("/", "/pell-coast/", "/pell-coast/report/", "/pell-coast/asks/", "/pell-coast/search/?q=fare", "/r/"),
    *("/pell-coast/long-summer/", "/pell-coast/two-towns/", "/pell-coast/two-towns/leads/", "/c/winter26/"),
    *("/pell-coast/finding/F-7K3QD/", "/pell-coast/map/N-3W7KD/", "/pell-coast/project/M-9K2TC/"),
    *("/pell-coast/gap/G-7R3XT/", "/pell-coast/gap/G-4P6NC/", "/pell-coast/story/Y-4NTNR/"),
]
CONVENOR = ["/mine/", "/pell-coast/cohort/", "/pell-coast/report/check/", "/pell-coast/people/", "/pell-coast/journey/"]
LEAD = [f"/pell-coast/long-summer/work/{stage}/" for stage in ("listen", "sense", "frame", "act", "learn", "share")]
HARBOUR = ["/harbour/", "/harbour/summer/", "/harbour/cohort/", "/harbour/search/?q=fare", "/harbour/asks/"]
WALKS = {"": ANYBODY, "ida@example.org": CONVENOR, "tom@example.org": LEAD, "ida@harbour.example": HARBOUR}
CODE, WORDS = "summer26", "world wrong slot fly"


def somebody(email: str = "") -> Walker:
    """Anybody, or whoever signs in with this address."""
    client = Client(headers={"host": "localhost"})
    if email:
        client.force_login(User.objects.get(email=email))
    return Walker(client)


for email, addresses in WALKS.items():
    walker = somebody(email)
    for address in addresses:
        print(walker.open(address).status, address)
receipt = somebody().open("/r/").press("Open my receipt", code=CODE, words=WORDS)
print(receipt.status if receipt.reads("What happened to what you said") else 0, "a receipt")
