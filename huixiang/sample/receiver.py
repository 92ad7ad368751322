"""The sample airport's OA, a process of its own: python -m huixiang.sample.receiver.

It knows business time only from messages and from POST /advance, never from a clock.
"""

import argparse
import json
import os
import sys
import threading
from pathlib import Path

from huixiang.sample.receiver_callbacks import Caller
from huixiang.sample.receiver_http import ReceiverServer
from huixiang.sample.receiver_office import Office
from huixiang.sample.receiver_play import accepting_plan, story_plan
from huixiang.sample.receiver_store import TicketStore


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--state", type=Path, required=True, help="folder it keeps")
    parser.add_argument(
        "--secret-env", required=True, help="variable that holds the whsec_ secret"
    )
    parser.add_argument("--callback-url", help="where status is reported")
    parser.add_argument(
        "--story", action="store_true", help="departments act as in the sample's story"
    )
    parser.add_argument(
        "--with-parent",
        action="store_true",
        help="end when standard input closes, as it does when its starter dies",
    )
    return parser.parse_args(arguments)


def _end_with_parent(server: ReceiverServer) -> None:
    def wait() -> None:
        sys.stdin.read()
        server.shutdown()

    threading.Thread(target=wait, daemon=True).start()


def main(arguments: list[str] | None = None) -> None:
    """Serve until killed; one line of JSON on standard output says where."""
    options = _arguments(arguments)
    secret = os.environ[options.secret_env]  # noqa: TID251 - not Huixiang: a process of its own, the system on the other side
    office = Office(
        store=TicketStore(options.state),
        secret=secret,
        caller=Caller(url=options.callback_url, secret=secret),
        plan_of=story_plan if options.story else accepting_plan,
    )
    with ReceiverServer(options.port, office) as server:
        port = server.server_address[1]
        sys.stdout.write(json.dumps({"port": port, "pid": os.getpid()}) + "\n")
        sys.stdout.flush()
        if options.with_parent:
            _end_with_parent(server)
        server.serve_forever()


if __name__ == "__main__":
    main()
