"""Stand-ins for people: the same person stays the same, who it is stays unknown."""

import hashlib
import hmac
import re
import unicodedata

_SEPARATORS = re.compile(r"[\s\-_.·()]+")


def pseudonym(customer: str, key: bytes) -> str:
    """Return a stand-in for *customer* that only the holder of *key* can recompute."""
    folded = unicodedata.normalize("NFKC", customer).casefold()
    plain = _SEPARATORS.sub("", folded) or folded
    digest = hmac.new(key, plain.encode("utf-8", "replace"), hashlib.sha256)
    return "cu_" + digest.hexdigest()[:20]
