"""Texts that cite a passage and repeat its words quote it by its code, so that its words stand in one place alone.

Editions stay as they were frozen.
"""

import hashlib
import re

from django.db import migrations

# table, the columns of its texts, the way to their programme, the way to the item that is found by them
TEXTS = (
    ("themes.Theme", ("summary",), "node__programme", "node"),
    ("findings.Finding", ("text",), "node__programme", "node"),
    ("findings.Gap", ("text",), "node__programme", "node"),
    ("problems.Version", ("text", "disagreement"), "problem__node__programme", "problem__node"),
    ("projects.Project", ("purpose",), "node__programme", "node"),
    ("projects.Iteration", ("trying", "why_changed"), "project__node__programme", "project__node"),
    ("projects.Activity", ("notes",), "node__programme", "node"),
    ("manifestos.Manifesto", ("preamble",), "node__programme", "node"),
    ("manifestos.Ask", ("text",), "node__programme", "node"),
    ("reflections.Reflection", ("tried", "expected", "happened", "learned", "next"), "node__programme", "node"),
    ("insights.Insight", ("text",), "node__programme", "node"),
    ("insights.Recommendation", ("text",), "node__programme", "node"),
    ("reports.Report", ("summary",), "programme", ""),
    ("reports.Section", ("text",), "report__programme", ""),
)
CODE = re.compile(r"\[\[(Q-[0-9A-Z]+)\]\]", re.IGNORECASE)
STOPS = ".!?…"
OPENS, CLOSES = "\"'“„‟‘‚«‹»›”’", "\"'”“’‘»›«‹"
ALIKE = {sign: f"[{signs}]" for signs in ("'’‘", '"“”„') for sign in signs}
SPACE = r"\s+(?:>[ \t]*)*"
WITHIN = rf"(?:(?!\n[ \t]*\n)[^{STOPS}])*?"  # the same sentence
APART = re.compile(r"```.*?```|`[^`\n]*`|\[[^\[\]\n]*\]\([^()\n]*\)|<[a-z]+:[^<>\s]*>|https?://\S+", re.DOTALL)
FEWEST = 3  # words without quotation marks that are somebody's


def repeated(words):
    """What is known as these words, with the quotation marks around them."""
    said = words.strip().strip(OPENS + CLOSES).rstrip(STOPS + ",;:").split()
    body = SPACE.join("".join(ALIKE.get(sign, re.escape(sign)) for sign in word) for word in said)
    opens, closes = f"(?P<opens>[{OPENS}])?", f"(?P<closes>[{CLOSES}])?"
    return len(said), re.compile(rf"{opens}(?<!\w){body}(?!\w)(?P<stop>[{STOPS}]*){closes}(?P<after>[{STOPS},;:]*)")


def quoted(text, passages):
    """The text with the code of each passage that it cites in place of its words."""
    for code in dict.fromkeys(code.upper() for code in CODE.findall(text)):
        if passages.get(code, "").strip():
            text = without_words(text, code, *repeated(passages[code]))
    return text


def without_words(text, code, count, words):
    """The same for one passage. A citation in the sentence that repeats it becomes the quotation."""
    at = 0
    while count and (match := words.search(text, at)):
        has_marks = bool(match["opens"] and match["closes"])
        apart = any(one.start() < match.end() and match.start() < one.end() for one in APART.finditer(text))
        if apart or bool(match["opens"]) != bool(match["closes"]) or not (has_marks or count >= FEWEST):
            at = match.end()
            continue
        start, after = match.start(), match["after"] if has_marks else match["stop"] + match["after"]
        before, rest = text[:start], text[match.end() :]
        cited = rf"\s*\[\[{code}\]\]"
        gap = r"(?P<gap>)" if set(after) & set(STOPS) else f"(?P<gap>{WITHIN})"
        if right := re.match(gap + cited, rest, re.IGNORECASE):
            rest = right["gap"] + rest[right.end() :]
        elif left := re.search(rf"{cited}(?P<gap>{WITHIN})$", before, re.IGNORECASE):
            before = before[: left.start()] + left["gap"]
        if has_marks and match["stop"] and not after and begins(rest):
            after = "."
        text = f"{before}[[{code}]]{after}{rest}"
        at = len(before) + len(code)
    return text


def begins(rest):
    """Whether another sentence begins here, in the same paragraph."""
    following = rest.lstrip()[:1]
    in_it = rest[:1].isspace() and not re.match(r"\s*\n[ \t]*\n", rest)
    return in_it and following.isalnum() and not following.islower()


def quote_by_code(apps, editor):
    """Rewrite the texts of each programme that has passages, and what is found by them."""
    passages = {}
    excerpts = apps.get_model("sources", "Excerpt").objects.filter(node__withdrawn_at=None)
    for programme, code, quote in excerpts.values_list("node__programme", "node__code", "quote"):
        passages.setdefault(programme, {})[code] = quote
    for label, columns, way, node in TEXTS:
        table = apps.get_model(label)
        for column in columns:
            rows = table.objects.filter(**{f"{column}__icontains": "[[Q-", f"{way}__in": passages})
            for row, programme, item in [*rows.values_list("pk", way, node or way)]:
                rewrite(apps, table.objects.filter(pk=row), column, passages[programme], item if node else None)


def rewrite(apps, row, column, passages, item):
    """One text of one row."""
    old = row.values_list(column, flat=True)[0]
    new = quoted(old, passages)
    if new == old:
        return
    one = row.get()
    setattr(one, column, new)
    if says_the_same_as_another_version(one):
        return
    if hasattr(one, "revision"):  # whoever has it open is told that it changed
        one.revision += 1
    one.save()
    for found in apps.get_model("provenance", "SearchText").objects.filter(node=item) if item else ():
        found.body = found.body.replace(old.strip(), new.strip())
        found.save()
    if row.model._meta.label_lower == "reports.section":
        carry_judgements(apps, one.report_id, old, new)


def says_the_same_as_another_version(one):
    """Whether this is a version of a problem statement that another one would say again, which no file may."""
    if one._meta.label_lower != "problems.version":
        return False
    others = type(one).objects.filter(problem=one.problem_id).exclude(pk=one.pk)
    return others.filter(title=one.title, text=one.text, disagreement=one.disagreement).exists()


def carry_judgements(apps, report, old, new):
    """Let what was decided about a sentence follow it where a citation belongs to it now."""
    judgements = apps.get_model("reports", "Judgement").objects.filter(report=report)
    for judgement in judgements:
        words = SPACE.join(map(re.escape, judgement.sentence.split()))
        cited = re.compile(rf"{words}(?:\s*{CODE.pattern})+[{STOPS}]*", re.IGNORECASE)
        if cited.search(old) or not (now := cited.search(new)):
            continue
        key = hashlib.sha256(" ".join(now[0].split()).encode("utf-8", "surrogatepass")).hexdigest()
        if len(now[0]) <= 2000 and not judgements.filter(sentence_hash=key).exists():
            judgement.sentence, judgement.sentence_hash = now[0], key
            judgement.save()


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_initial"),
        ("provenance", "0005_seal_items"),
        ("themes", "0004_let_no_two_themes_share_a_key"),
        ("sources", "0002_call_local_knowledge_local_and_traditional"),
        ("findings", "0001_initial"),
        ("problems", "0001_initial"),
        ("projects", "0002_draw_keys_of_activities"),
        ("manifestos", "0001_initial"),
        ("reflections", "0002_draw_keys_of_reflections"),
        ("insights", "0001_initial"),
    ]

    operations = [migrations.RunPython(quote_by_code, migrations.RunPython.noop)]
