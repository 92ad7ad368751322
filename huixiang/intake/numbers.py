"""Check digits and prefixes: is this number what it looks like?"""

import datetime as dt

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VIN_VALUES = dict(zip("ABCDEFGH", range(1, 9), strict=True)) | dict(
    zip("JKLMN", range(1, 6), strict=True)
)
_VIN_VALUES |= {"P": 7, "R": 9} | dict(zip("STUVWXYZ", range(2, 10), strict=True))
_VIN_VALUES |= {str(digit): digit for digit in range(10)}
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_ISSUERS = (
    ((16, 17, 18, 19), 6200, 6299),  # UnionPay
    ((13, 16), 4000, 4999),  # Visa
    ((16,), 5100, 5599),  # Mastercard
    ((16,), 2221, 2720),  # Mastercard
    ((15,), 3400, 3499),  # American Express
    ((15,), 3700, 3799),  # American Express
    ((16,), 3528, 3589),  # JCB
    ((15,), 2131, 2131),  # JCB
    ((15,), 1800, 1800),  # JCB
    ((14,), 3000, 3059),  # Diners Club
    ((14,), 3600, 3699),  # Diners Club
    ((14,), 3800, 3899),  # Diners Club
    ((16,), 6011, 6011),  # Discover
    ((16,), 6500, 6599),  # Discover
)
"""Lengths and the range of the first four digits."""
_EARLIEST_BIRTH = 1900
_LATEST_BIRTH = 2100


def is_id_card(number: str) -> bool:
    """Check date of birth and check digit (GB 11643), never the list of areas."""
    if not has_birth_date(number[6:14]):
        return False
    total = sum(int(d) * w for d, w in zip(number[:17], _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11] == number[17].upper()


def has_birth_date(digits: str) -> bool:
    """Say whether eight digits are a day in living memory."""
    try:
        birth = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return _EARLIEST_BIRTH <= birth.year < _LATEST_BIRTH


def is_uscc(code: str) -> bool:
    """Check the check character of a unified social credit code (GB 32100)."""
    values = [_USCC_ALPHABET.find(character) for character in code]
    if min(values) < 0:
        return False
    total = sum(value * pow(3, i, 31) for i, value in enumerate(values[:17]))
    return (31 - total % 31) % 31 == values[17]


def is_vin(code: str) -> bool:
    """Check the check digit of a vehicle identification number (ISO 3779)."""
    if code.isdigit() or code.isalpha():
        return False
    pairs = zip(code, _VIN_WEIGHTS, strict=True)
    remainder = sum(_VIN_VALUES[c] * weight for c, weight in pairs) % 11
    return code[8] == ("X" if remainder == 10 else str(remainder))  # noqa: PLR2004 - modulus 11


def passes_luhn(digits: str) -> bool:
    """Check the check digit of a payment card (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - cross sum
    return total % 10 == 0


def is_card_number(digits: str) -> bool:
    """Check issuer prefix, length and check digit of a payment card."""
    prefix = int(digits[:4])
    has_issuer = any(
        len(digits) in lengths and first <= prefix <= last
        for lengths, first, last in _ISSUERS
    )
    return has_issuer and passes_luhn(digits)
