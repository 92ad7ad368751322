"""Check digits, against numbers printed in the standards and made up here."""

import pytest

from huixiang.intake import numbers


@pytest.mark.parametrize(
    ("check", "number", "expected"),
    [
        # GB 11643 prints 11010519491231002X as its example.
        (numbers.is_id_card, "11010519491231002X", True),
        (numbers.is_id_card, "110105194912310021", False),
        (numbers.is_id_card, "110105194913310026", False),
        # ISO 3779: the example in 49 CFR 565 is 1M8GDM9AXKP042788.
        (numbers.is_vin, "1M8GDM9AXKP042788", True),
        (numbers.is_vin, "1M8GDM9A1KP042788", False),
        (numbers.is_vin, "11111111111111111", False),
        # GB 32100 prints 91350100M000100Y43 as its example.
        (numbers.is_uscc, "91350100M000100Y43", True),
        (numbers.is_uscc, "91350100M000100Y44", False),
        (numbers.is_uscc, "91350100I000100Y43", False),
        (numbers.is_card_number, "4111111111111111", True),
        (numbers.is_card_number, "4111111111111112", False),
        (numbers.is_card_number, "2024033112345678", False),
        (numbers.passes_luhn, "79927398713", True),
        (numbers.passes_luhn, "79927398710", False),
    ],
)
def test_a_check_digit_is_judged(check, number, expected):
    assert check(number) is expected
