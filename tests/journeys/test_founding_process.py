"""The whole founding process through the pages, without JavaScript: from an invitation to a receipt."""

import re

from django.apps import apps
from django.core import mail
from django.db import models
from django.db.models.functions import Cast
from django.test import TestCase

from tests.cast import cast
from tests.journeys.walker import Walker
from weft.act.grants.forms import amount_of
from weft.listen.conversations.models import Conversation
from weft.provenance.models import Node

SAID = "The pool is free but the bus is not, so I take them on the first day and then we stay home all summer long."
MORE = "Our driver lets the children on for nothing when they carry a towel, and nobody asks us anything about money."


class FoundingProcess(TestCase):
    """One test, told in steps; each step leaves the programme as the next one finds it."""

    def setUp(self) -> None:
        self.people = cast()
        self.cora, self.mo, self.parent, self.reader = Walker(), Walker(), Walker(), Walker()
        self.cora.client.force_login(self.people.cora)
        self.mo.client.force_login(self.people.mo)

    def code(self, kind: str) -> str:
        """The code of the newest item of a kind."""
        return Node.objects.filter(kind=kind).order_by("-id").values_list("code", flat=True)[0]

    def test_from_an_invitation_to_a_receipt(self) -> None:
        self.invite()
        self.listen()
        self.vote_and_tell()
        self.gather_and_find()
        self.frame()
        self.spend_and_replan()
        self.act_and_reflect()
        self.learn()
        self.ask_and_answer()
        self.publish()
        self.look_up_and_down()
        self.withdraw()

    def invite(self) -> None:
        """The convenor invites somebody, who comes in by the letter."""
        with self.captureOnCommitCallbacks(execute=True):
            self.cora.open("/pell/summer/people/").press("Send the invitation", email="ann@example.org", role="Member")
        letter = re.search(r"(/invitation/\S+)", mail.outbox[-1].body)
        assert letter
        self.ann = Walker()
        self.ann.open(letter[1]).press("Come in", name="Ann Marlow", name_in_public="Yes, and I am 18 or over")
        assert self.ann.reads("Long Summer")
        self.ann.follow("Open the workspace")
        assert self.ann.reads("What needs doing now")

    def listen(self) -> None:
        """She opens a conversation with a few cards."""
        self.ann.open("/pell/summer/conversations/new/")
        self.ann.press(
            "Open it",
            prompt="What gets in the way of a good summer?",
            purpose="We read every story and tell you what came of it.",
            answer_by="24 December 2026",
            readers="The four people of Long Summer",
        )
        self.conversation = Conversation.objects.get()
        self.ann.open(f"/pell/summer/conversations/{self.conversation.code}/cards/new/")
        self.ann.press("Add", lines="The bus costs more than the swim.\nI do not know where it is on.")

    def vote_and_tell(self) -> None:
        """A parent answers both cards, tells a story and keeps four words; another parent tells one too."""
        self.parent.open(f"/c/{self.conversation.code}/")
        assert self.parent.reads("What gets in the way of a good summer?")
        self.parent.press("Agree")
        self.parent.press("Pass")
        self.words = self.tell(self.parent, SAID)
        self.tell(Walker(), MORE)

    def tell(self, who: Walker, text: str) -> list[str]:
        who.open(f"/c/{self.conversation.code}/story/")
        who.press("Send my story", text=text, may="quote", words="on")
        assert who.reads("Sent"), who.html
        words = re.search(r'class="weft-words"[^>]*>(.*?)</p>', who.html, re.S)
        assert words
        return re.findall(r"<span>(\w+)</span>", words[1])

    def gather_and_find(self) -> None:
        """The team gathers a theme, takes an excerpt, adds a source, and finds something with evidence both ways."""
        self.ann.open("/pell/summer/themes/new/").press("Make it", title="The pool is free but the bus is not")
        theme = self.code("theme")
        stories = list(Node.objects.filter(kind="story").values_list("code", flat=True))
        self.ann.open(f"/pell/{theme}/gather/").press("Gather what is ticked", item=stories)
        story = Node.objects.get(kind="story", search_text__body__contains="first day").code
        self.ann.open(f"/pell/{story}/excerpt/").press("Take it", passage="The pool is free but the bus is not")
        self.ann.open("/pell/summer/sources/new/")
        self.ann.press("Add it", title="Bus fares, spring", type="data", text="A return for four costs 9.60 pounds.")
        self.ann.open("/pell/summer/findings/new/")
        self.ann.press("Make it", title="The fare, not the fee, keeps families away", text=f"See [[{theme}]].")
        self.finding = self.code("finding")
        for kind, relation in (("theme", "for it"), ("source", "against it"), ("excerpt", "for it")):
            title = Node.objects.get(kind=kind).title
            self.ann.open(f"/pell/{self.finding}/evidence/?q={title.split()[-1]}")
            self.ann.press(f"Speaks {relation}: {title[:12]}")
        page = self.reader.open(f"/pell/{self.finding}/")
        assert page.reads("Speaks against it")
        assert page.reads("Bus fares, spring")

    def frame(self) -> None:
        """They write the problem down, with what is still disputed."""
        self.ann.open("/pell/summer/problems/new/")
        self.ann.press(
            "Save",
            title="Families who work still go without",
            text=f"Working families cannot pay the fare [[{self.finding}]].",
            disagreement="One of us thinks lunch matters more.",
            visibility="public",
        )
        assert self.reader.open(f"/pell/{self.code('problem')}/").reads("One of us thinks lunch matters more.")

    def spend_and_replan(self) -> None:
        """Money comes, is planned, spent, and re-planned with a reason."""
        self.cora.open("/pell/summer/grants/new/")
        self.cora.press("Award it", name="Seed funding", amount_pence="25,000", awarded_on="1 March 2026")
        self.cora.press("Save", new_0="Vouchers", new_amount_0="4000", new_1="Food", new_amount_1="6000")
        grant = self.people.summer.grants.get()
        self.ann.open(f"/pell/summer/grants/{grant.pk}/spend/")
        self.ann.press("Enter it", amount_pence="620.40", what="Lunch", heading="Food", on="2 November 2026")
        self.ann.open(f"/pell/summer/grants/{grant.pk}/plan/")
        amounts = {amount_of("Food"): "10000", amount_of("Vouchers"): "0"}
        self.ann.press("Save", **amounts, reason="Vouchers made people feel watched.")
        assert self.reader.open(f"/pell/summer/grants/{grant.pk}/").reads("Vouchers made people feel watched.")
        assert self.reader.reads("24,379.60")

    def act_and_reflect(self) -> None:
        """They try something, enter a day, and look back."""
        problem = Node.objects.get(kind="problem")
        self.ann.open("/pell/summer/projects/new/")
        self.ann.press("Begin", title="Towel rides", trying="A child with a towel rides free.", sources=[problem.pk])
        project = self.code("project")
        self.ann.open(f"/pell/{project}/new-day/")
        self.ann.press("Enter the day", on="3 August 2026", attendance="40", venue=self.people.pool.pk)
        self.ann.open(f"/pell/summer/reflections/new/?project={project}")
        self.ann.press("Save", outcome="differently", learned="Drivers stopped asking for proof.")

    def learn(self) -> None:
        """Two teams say what they learned; an insight rests on both, and a recommendation on it."""
        kit = Walker()
        kit.client.force_login(self.people.kit)
        kit.open("/pell/company/reflections/new/").press("Save", outcome="as_hoped", learned="No form, more people.")
        self.ann.open("/pell/summer/insights/new/").press(
            "Save", title="Open to all works where proof shuts people out"
        )
        insight = self.code("insight")
        for words in ("proof", "form"):
            self.ann.open(f"/pell/{insight}/cases/?words={words}").press("Speaks for it")
        assert self.reader.open(f"/pell/{insight}/").reads("Good Company")
        key = Node.objects.get(code=insight).pk
        self.ann.open("/pell/summer/recommendations/new/")
        self.ann.press(
            "Save", title="Stop asking for proof", text="At holiday meals.", to_role="Directors", sources=[key]
        )

    def ask_and_answer(self) -> None:
        """They ask, by role and date; an answer comes and is marked."""
        insight = Node.objects.get(kind="insight").pk
        self.ann.open("/pell/summer/asks/new/")
        self.ann.press(
            "Save", title="Keep towel rides all year", text="Please.", to_role="Head of transport",
            asked_on="1 October 2026", sources=[insight],
        )  # fmt: skip
        self.ask = self.code("ask")
        assert self.reader.open("/pell/asks/").reads("No reply")
        self.ann.open(f"/pell/{self.ask}/answer/")
        self.ann.press(
            "Save", answer="partly", reasons="Until Easter.", by_role="Head of transport", on="20 November 2026"
        )
        assert self.reader.open("/pell/asks/").reads("Until Easter.")

    def publish(self) -> None:
        """The convenor writes a report, answers what the checks ask, and publishes an edition."""
        insight = self.code("insight")
        self.cora.open("/pell/report/draft/")
        self.cora.press("Begin", title="What three teams learned")
        self.cora.open("/pell/report/draft/sections/new/")
        text = f"Asking for proof keeps people away [[{insight}]]. We think that matters."
        self.cora.press("Add it", title="Proof", text=text)
        self.cora.open("/pell/report/check/").follow("Decide")
        self.cora.press("Decide", verdict="keep", reason="The editors say so.")
        self.cora.open("/pell/report/check/")
        answers = {
            name: "We met them late." for form in self.cora.page.forms for name in form.names if "answer_" in name
        }
        self.cora.press("Publish this edition", **answers)
        page = self.reader.open("/pell/report/")
        assert page.reads("Asking for proof keeps people away")

    def look_up_and_down(self) -> None:
        """A reader reaches a voice in two taps from the report; the parent sees what came of her story."""
        self.reader.open("/pell/report/").follow(self.code("insight"))
        assert self.reader.reads("In the end it rests on")
        self.parent.open("/r/")
        self.parent.press("Open my receipt", code=self.conversation.code, words=" ".join(self.words))
        for words in ("The fare, not the fee", "Towel rides", "Keep towel rides all year"):
            assert self.parent.reads(words), self.parent.html

    def withdraw(self) -> None:
        """She takes her story back: shown first what rests on it; then the words are nowhere."""
        story = Node.objects.get(kind="story", search_text__body__contains="first day").code
        self.parent.open(f"/r/yours/{story}/withdraw/")
        assert self.parent.reads("They stay, without your words.")
        self.parent.press("Yes, take it back")
        assert self.reader.open("/pell/report/").reads("1 withdrawn since") or self.reader.reads("taken back")
        pages = ["/pell/", "/pell/report/", f"/pell/{self.finding}/", "/pell/search/?words=home+summer+long"]
        for address in (*pages, f"/pell/{self.code('theme')}/", "/pell/summer/", "/pell/summer/stories/"):
            for walker in (self.reader, self.ann, self.cora):
                for words in ("the first day and then", "stay home all summer", "free but the bus"):
                    assert words not in walker.open(address).html, f"{words} on {address}"
        self.nowhere_in_the_database("stay home all summer")

    def nowhere_in_the_database(self, words: str) -> None:
        """No text column of any table holds the words, save the sealed audit trail, which never held any."""
        for model in apps.get_models():
            for column in model._meta.concrete_fields:
                if isinstance(column, models.CharField | models.TextField | models.JSONField):
                    held = model._default_manager.annotate(said=Cast(column.name, models.TextField()))
                    assert not held.filter(said__icontains=words).exists(), f"{model.__name__}.{column.name}"
