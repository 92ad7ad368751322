"""Write scores.csv and actions.csv: ten shops, 200 days, two fixes, one of which worked.

Both were opened at a dip. In shop-1 the fix brought 0.8 stars; in shop-2 it brought
nothing, the dip passed by itself.
"""

import csv
import datetime as dt
import random
from pathlib import Path

FIRST = dt.date(2026, 1, 1)
OPENED, RESOLVED, N_DAYS = 80, 92, 200
USUAL = 3.9


def level(shop: str, day: int) -> float:
    """Return what customers of *shop* feel on *day*, in stars."""
    if shop == "shop-1" and day >= OPENED - 12:
        return USUAL - 0.8 if day < RESOLVED else USUAL
    if shop == "shop-2" and OPENED - 12 <= day < OPENED + 6:
        return USUAL - 0.8
    return USUAL


def main() -> None:
    """Write both files into the current folder."""
    rng = random.Random(7)  # noqa: S311 - an example, not a secret
    with Path("scores.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["unit_id", "date", "score"])
        for day in range(N_DAYS):
            on = FIRST + dt.timedelta(days=day)
            for shop in (f"shop-{number}" for number in range(1, 11)):
                for _ in range(6):
                    score = round(rng.gauss(level(shop, day), 1.0))
                    rows.writerow([shop, on, min(5, max(1, score))])
    opened, resolved = (FIRST + dt.timedelta(days=d) for d in (OPENED, RESOLVED))
    with Path("actions.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["action_id", "unit_id", "opened_at", "resolved_at"])
        rows.writerow(["A1", "shop-1", opened, resolved])
        rows.writerow(["A2", "shop-2", opened, resolved])


if __name__ == "__main__":
    main()
