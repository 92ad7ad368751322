"""Runs of a flow, and the lanes in which one writer at a time may go."""

import enum


class RunState(enum.StrEnum):
    """How a run ended."""

    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    ABANDONED = "abandoned"


class Lane(enum.StrEnum):
    """What one writer at a time may do; whoever writes names its lane."""

    WRITER = "writer"  # everything, until the loop is divided into more lanes
