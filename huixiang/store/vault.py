"""Encrypt what may hold personal data before it is stored."""

import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken

from huixiang.domain.json_value import Json
from huixiang.errors import ConfigurationError


class Vault:
    """Seals and opens small payloads with the workspace's key."""

    def __init__(self, key: bytes) -> None:
        try:
            self._fernet = Fernet(key)
        except ValueError as error:
            raise ConfigurationError(
                "HUIXIANG_KEY is not a Fernet key: 32 random bytes in url-safe base64"
            ) from error

    def seal(self, payload: bytes) -> bytes:
        """Return *payload* encrypted and authenticated."""
        return self._fernet.encrypt(payload)

    def open(self, sealed: bytes) -> bytes:
        """Return what was sealed; a foreign key is a configuration error."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken as error:
            raise ConfigurationError(
                "stored raw records cannot be opened with this HUIXIANG_KEY; "
                "set the key that was in use when they were pulled"
            ) from error

    def seal_fields(self, fields: Mapping[str, Json]) -> bytes:
        """Seal a record's fields."""
        return self.seal(
            json.dumps(fields, ensure_ascii=False, default=str).encode("utf-8")
        )

    def open_fields(self, sealed: bytes) -> dict[str, Json]:
        """Open a record's fields."""
        fields: dict[str, Json] = json.loads(self.open(sealed))
        return fields
