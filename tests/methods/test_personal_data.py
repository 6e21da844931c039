"""What looks like personal data, against numbers that are made up or given out for such use."""

import numpy as np
import pytest

from weft.methods.personal_data import find, has_check_digit


def found(text: str, *names: str) -> list[tuple[str, str]]:
    return [(text[start:end], kind) for start, end, kind in find(text, names)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("07700 900412", "phone"),
        ("07700900412", "phone"),
        ("0113 496 0999", "phone"),
        ("(020) 7946 0018", "phone"),
        ("+44 20 7946 0018", "phone"),
        ("+44 (0)20 7946 0018", "phone"),
        ("0044 7700 900412", "phone"),
        ("mo.o'hara+bus@example.org.uk", "email"),
        ("@dawn_on_the_pier", "handle"),
        ("SW1A 1AA", "postcode"),
        ("ec1a1bb", "postcode"),
        ("M1 1AE", "postcode"),
        ("GIR 0AA", "postcode"),
        ("QQ123456C".replace("QQ", "AB"), "national insurance number"),
        ("ab 12 34 56 d", "national insurance number"),
        ("943 476 5919", "NHS number"),
        ("9434765919", "NHS number"),
        ("14b Harbour Street", "address"),
        ("7, Old Pier Road", "address"),
    ],
)
def test_it_is_found_alone_and_in_a_sentence(text: str, kind: str):
    assert found(text) == [(text, kind)]
    assert found(f"They said {text}, and that was it.") == [(text, kind)]
    assert found(f"واتصلت على {text}، ثم رجعت") == [(text, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "We waited 45 minutes on 3 August 2026 for 2 buses.",
        "It costs £1,250.00 a year, or 12.50 a day.",
        "943 476 5918",  # not its check digit
        "GB123456A is not given out, BG123456A neither.",
        "Meet @ noon. An email@ without an end. Room 4 at School Road.",
        "In 2019 20 of 31 children went.",
        "Items 0, 1, 2, 3.",
        "",
    ],
)
def test_nothing_is_found_where_nothing_is(text: str):
    assert found(text) == []


def test_names_are_whole_words_as_they_are_written():
    assert found("Dawn came at dawn with Dawnay and Mary-Ann Okoro’s son.", "Dawn", "Mary-Ann Okoro", "Mo", " ") == [
        ("Dawn", "name"),
        ("Mary-Ann Okoro", "name"),
    ]


def test_of_what_overlaps_the_longer_one_stands():
    assert found("Write to dawn@example.org, 4 Dawn Street.", "Dawn") == [
        ("dawn@example.org", "email"),
        ("4 Dawn Street", "address"),
    ]


def test_one_wrong_digit_is_no_nhs_number_and_no_two_swapped_ones():
    rng = np.random.default_rng(7)
    for _ in range(300):
        first = "".join(rng.choice([*"0123456789"], 9))
        whole = next((first + last for last in "0123456789" if has_check_digit(first + last)), "")
        if not whole:
            continue
        place = int(rng.integers(10))
        other = str(rng.choice([digit for digit in "0123456789" if digit != whole[place]]))
        assert not has_check_digit(whole[:place] + other + whole[place + 1 :])
        swap = int(rng.integers(9))
        if whole[swap] != whole[swap + 1]:
            assert not has_check_digit(whole[:swap] + whole[swap + 1] + whole[swap] + whole[swap + 2 :])
    assert not has_check_digit("123")


def test_a_long_word_takes_no_long_time():
    for text in ("a" * 5000, "1" * 5000, "@" * 5000, "a@" * 2500, "1 Aa " * 1000, "+0" * 2500):
        find(text, ["Dawn"])


def test_what_is_found_lies_in_the_text_in_order_and_apart():
    rng = np.random.default_rng(11)
    alphabet = "0123456789 +()@.aAbBcDñم-\n"
    for _ in range(2000):
        text = "".join(rng.choice([*alphabet], int(rng.integers(60))))
        edges = [edge for start, end, _ in find(text, ["abc"]) for edge in (start, end)]
        assert edges == sorted(edges)
        assert all(0 <= edge <= len(text) for edge in edges)
