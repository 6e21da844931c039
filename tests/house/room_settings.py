"""The settings of the tests with one room more, as it would stand in `ROOMS` of the site."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS, ROOMS

ROOMS = [*ROOMS, "tests.house.orchards"]
INSTALLED_APPS = ["tests.house.orchards", *INSTALLED_APPS]
