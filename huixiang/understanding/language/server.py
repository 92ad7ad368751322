"""Talk to an OpenAI-compatible endpoint: one question, one answer, or a clear failure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import requests

from huixiang.clock import monotonic
from huixiang.errors import LanguageModelSilent
from huixiang.understanding.language.instructions import Message

_CONNECT_SECONDS = 5
_MAX_BYTES = 1 << 20
_CHUNK_BYTES = 8192
_OK = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What the model wrote, and what it cost."""

    text: str
    n_tokens: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageServer:
    """Where a language model answers: `url` ends before `/chat/completions`."""

    url: str
    name: str
    key: str = field(default="", repr=False)
    timeout_seconds: float = 30.0

    def ask(self, messages: Sequence[Message]) -> Reply:
        """Return the answer; raise LanguageModelSilent where there is none in time."""
        try:
            return _read(self._post(messages))
        except (requests.RequestException, OSError) as error:
            raise LanguageModelSilent(
                f"the language model cannot be reached ({type(error).__name__}); check "
                "HUIXIANG_LANGUAGE_MODEL_URL and the server behind it"
            ) from error

    def _post(self, messages: Sequence[Message]) -> bytes:
        deadline = monotonic() + self.timeout_seconds
        with requests.Session() as session:
            session.trust_env = False
            with session.post(
                f"{self.url.rstrip('/')}/chat/completions",
                json=self._body(messages),
                headers={"Authorization": f"Bearer {self.key}"} if self.key else {},
                timeout=(_CONNECT_SECONDS, self.timeout_seconds),
                allow_redirects=False,
                stream=True,
            ) as response:
                if response.status_code != _OK:
                    raise LanguageModelSilent(
                        f"the language model answered {response.status_code}; its own "
                        "log says why"
                    )
                return _whole(response, deadline)

    def _body(self, messages: Sequence[Message]) -> dict[str, Any]:
        return {
            "model": self.name,
            "messages": [dict(each) for each in messages],
            "temperature": 0,
            "seed": 0,
            "response_format": {"type": "json_object"},
        }


def _whole(response: requests.Response, deadline: float) -> bytes:
    body = b""
    for part in response.iter_content(_CHUNK_BYTES):
        body += part
        if monotonic() > deadline or len(body) > _MAX_BYTES:
            raise LanguageModelSilent(
                "the language model's answer took too long or was over 1 MiB; raise "
                "HUIXIANG_LANGUAGE_MODEL_TIMEOUT or choose a terser model"
            )
    return body


def _read(body: bytes) -> Reply:
    try:
        answer = json.loads(body)
        text = answer["choices"][0]["message"]["content"]
        used = answer.get("usage") or {}
        n_tokens = int(used.get("total_tokens") or 0)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise LanguageModelSilent(
            "the language model's answer has not the form of /chat/completions; "
            "HUIXIANG_LANGUAGE_MODEL_URL must be an OpenAI-compatible base URL"
        ) from error
    return Reply(text=str(text), n_tokens=n_tokens)
