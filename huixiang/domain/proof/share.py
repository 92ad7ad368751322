"""Shares with their interval, computed one way wherever one is told."""


def share_interval(hits: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of *hits* of *n* (Wilson 1927); 0 to 1 without trials.

    It holds the share itself also where rounding would put that just outside.
    """
    from scipy.stats import binomtest  # half a second to load, and few need it

    if n == 0:
        return 0.0, 1.0
    interval = binomtest(hits, n).proportion_ci(method="wilson")
    return min(float(interval.low), hits / n), max(float(interval.high), hits / n)
