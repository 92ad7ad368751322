"""Which process is this, and is another one still alive?"""

import getpass
import os
import socket
from pathlib import Path


def holder_name() -> str:
    """Return a name for this process that no later process can have."""
    pid = os.getpid()
    return f"{socket.gethostname()}:{pid}:{_started(pid)}"


def user_name() -> str:
    """Return the name of the user this process runs as, by its number where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may have users without names
        return str(os.getuid())


def is_dead(holder: str) -> bool:
    """Say whether *holder* is certainly over; of other machines nobody knows."""
    host, pid, started = holder.rsplit(":", 2)
    if host != socket.gethostname():
        return False
    now = _started(int(pid))
    return now == "" or (started not in {"", now})


def _started(pid: int) -> str:
    """Return when a process started (kernel ticks), empty where there is none.

    Without /proc it is only said whether the process exists.
    """
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[19]
    except OSError:
        return "alive" if not Path("/proc/self").exists() and _exists(pid) else ""


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
