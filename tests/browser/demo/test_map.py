"""No kind of page of the site is left out of what is looked at here."""

from tests.browser.demo.conftest import Demo
from tests.house.routes import routes

# Reached by sending something, or from no page of the demonstration: test_states.py goes there.
IN_STATES = {
    "account_confirm_login_code",
    "ages:age",
    "concerns:concern",
    "concerns:list",
    "conversations:card",
    "conversations:suggested",
    "findings:findings",
    "findings:gaps",
    "programmes:come_in",
    "projects:project-days",
    "receipts:back",
    "receipts:sent",
    "receipts:withdraw",
    "receipts:yours",
    "reflections:reflections",
    "responses:mark_mine",
    "responses:mine",
    "stories:allow",
    "stories:slip",
    "tables:table",
}
# allauth's own two addresses of the page to sign in with, the page of all parts, which test_parts.py looks at, and
# addresses that only send on
SAME_AS_ANOTHER = {"account_login", "account_signup", "core:parts", "moved", "moved_below", "small", "tables:over"}
NO_PAGE = {
    "stories:story-show-again",
    "account_logout",
    "bursts:show_figures",
    "bursts:undo",
    "conversations:answer",
    "findings:gap-reopen",
    "left:decide",
    "maps:map-check",
    "problems:problem-publish",
    "programmes:member_role",
    "programmes:withdraw_invitation",
    "programmes:invitation",  # it leads on to the page that accepts it
    "projects:project-state",
    "receipts:close",
    "receipts:finished",
    "receipts:keep",
    "reports:move",
    "reports:publish",
    "responses:take_back_mine",
    "stories:story-keep",
    "stories:story-release",
    "tables:end",
    "tables:start",
    "themes:theme-let-go",
}


def test_no_kind_of_page_is_missing(found: dict[str, dict[str, list[str]]]):
    every = {route.name for route in routes()}
    linked = set(found[""]) | set(found["Ida"])
    assert every - linked == IN_STATES | SAME_AS_ANOTHER | NO_PAGE


def test_what_is_no_page_shows_none(demo: Demo):
    for route in routes():
        if route.name in NO_PAGE - {"programmes:invitation"}:
            stand_in = {"programme": "pell-coast", "team": "long-summer", "code": "winter26"}
            address = str(route)
            for part, kind in route.parts.items():
                address = address.replace(f"<{kind}:{part}>", stand_in.get(part, "1"))
            assert demo.walker("Ida").open(address).status in {404, 405}, address
