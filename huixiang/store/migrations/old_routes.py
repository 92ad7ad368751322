"""The parts of a rule that held as older versions wrote them: "field: seen (wanted)".

Frozen with version 0009.
"""

import re
from typing import Any

PART = re.compile(r"(?P<seen>.*?) \((?P<wanted>.*)\)", re.DOTALL)


def read_part(note: str) -> dict[str, Any]:
    """Return the field, what was seen and what was wanted, of "field: seen (wanted)".

    Where what was seen holds brackets itself, the two may be divided elsewhere than
    they were; written side by side they still read as before.
    """
    field, _, rest = note.partition(": ")
    divided = PART.fullmatch(rest)
    seen, wanted = (divided["seen"], divided["wanted"]) if divided else (rest, rest)
    is_pattern = field == "pattern"
    parts = [wanted] if is_pattern or not divided else wanted.split(" | ")
    return {"field": field, "seen": seen, "wanted": parts}
