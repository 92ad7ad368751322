"""A small language model behind a real OpenAI-compatible server: a dozen words, no chance."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KNOWS = {
    "凉": ("coffee.cold", "negative"),
    "冰的": ("coffee.cold", "negative"),
    "干等": ("queue", "negative"),
    "笑脸": ("staff", "positive"),
}


@dataclass
class SmallModel:
    """What it was asked, and how it behaves."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    body: bytes | None = None
    invents: bool = False

    def answer(self, question: dict[str, Any]) -> bytes:
        """Return the body of one answer: every known word is a mention."""
        self.asked.append(question)
        if self.body is not None:
            return self.body
        codeframe, words = (each["content"] for each in question["messages"])
        themes = set(re.findall(r'"id": "([^"]+)"', codeframe))
        mentions = [
            {"theme": theme, "polarity": polarity, "evidence": word}
            for word, (theme, polarity) in KNOWS.items()
            if word in words and theme in themes
        ]
        if self.invents:
            mentions.append(
                {"theme": "queue", "polarity": "negative", "evidence": "没说过的话"}
            )
            mentions.append(
                {"theme": "weather", "polarity": "negative", "evidence": words}
            )
        feelings = [each["polarity"] for each in mentions] or ["neutral"]
        said = {"polarity": feelings[0], "mentions": mentions}
        content = f"```json\n{json.dumps(said, ensure_ascii=False)}\n```"
        choice = {"message": {"role": "assistant", "content": content}}
        return json.dumps({"choices": [choice], "usage": {"total_tokens": 7}}).encode()


@contextmanager
def serve() -> Iterator[SmallModel]:
    """Serve the model on a free port of this machine."""
    model = SmallModel()

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            answer = model.answer(
                {
                    **json.loads(self.rfile.read(length)),
                    "path": self.path,
                    "authorization": self.headers["Authorization"],
                }
            )
            self.send_response(model.status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
