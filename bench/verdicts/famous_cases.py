"""Forecast two famous interventions with the engine's idea on aggregated series.

    python bench/verdicts/famous_cases.py DATA_DIR OUT_DIR

DATA_DIR holds california_prop99.csv (year by state) and UKDriverDeaths.csv (monthly).
Prints the estimates and writes prop99.svg and seatbelts.svg into OUT_DIR.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import altair as alt
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.linalg import cho_factor, cho_solve, solve_triangular
from scipy.optimize import minimize

FloatArray = npt.NDArray[np.float64]
Kernel = Callable[[FloatArray, FloatArray], FloatArray]  # parameters, times -> K
VAGUE = 1e4  # variance of the unknown level
LAST_YEAR_BEFORE = 1988
LAW = 1983 + 1 / 12
Z = 1.96


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A forecast without the intervention and the mean effect after it."""

    mean: FloatArray
    sd: FloatArray
    effect: float
    error: float


def forecast(k: FloatArray, y: FloatArray, n_before: int) -> Answer:
    """Condition on the first *n_before* values; estimate one lasting step by GLS."""
    past = cho_factor(k[:n_before, :n_before], lower=True)
    cross = k[n_before:, :n_before]
    mean = cross @ cho_solve(past, y[:n_before])
    cov = k[n_before:, n_before:] - cross @ cho_solve(past, cross.T)
    root = np.linalg.cholesky(cov)
    gap = np.column_stack([y[n_before:] - mean, np.ones(len(mean))])
    white = solve_triangular(root, gap, lower=True)
    information = float(white[:, 1] @ white[:, 1])
    effect = float(white[:, 0] @ white[:, 1]) / information
    return Answer(
        mean=mean, sd=np.sqrt(np.diag(cov)), effect=effect, error=information**-0.5
    )


def mean_effect(k: FloatArray, y: FloatArray, n_before: int) -> tuple[float, float]:
    """Return the plain mean of the gaps after the intervention, and its error."""
    past = cho_factor(k[:n_before, :n_before], lower=True)
    cross = k[n_before:, :n_before]
    cov = k[n_before:, n_before:] - cross @ cho_solve(past, cross.T)
    gap = y[n_before:] - cross @ cho_solve(past, y[:n_before])
    return float(gap.mean()), float(np.sqrt(cov.mean()))


def fitted(
    kernel: Kernel, start: FloatArray, t: FloatArray, rows: FloatArray
) -> FloatArray:
    """Return the log parameters of greatest likelihood over all *rows*."""

    def loss(log_p: FloatArray) -> float:
        factor = cho_factor(kernel(np.exp(log_p), t), lower=True)
        logs = float(np.log(np.diag(factor[0])).sum())
        return len(rows) * logs + 0.5 * float(
            (rows * cho_solve(factor, rows.T).T).sum()
        )

    found = minimize(loss, start, method="Nelder-Mead", options={"maxiter": 1500})
    return np.asarray(found.x, float)


def drifting(p: FloatArray, t: FloatArray) -> FloatArray:
    """Level, lasting slope, random walk, noise: how a state departs from the others."""
    age = t - t[0]
    walk = p[1] * np.minimum(age[:, None], age[None, :])
    bend = p[2] * _integrated_walk(age)
    noise = p[3] * np.eye(len(t))
    return np.asarray(VAGUE + p[0] * np.outer(age, age) + walk + bend + noise, float)


def _integrated_walk(age: FloatArray) -> FloatArray:
    """Return the covariance of a slope that itself walks."""
    low = np.minimum(age[:, None], age[None, :])
    high = np.maximum(age[:, None], age[None, :])
    return np.asarray(low**2 * (3 * high - low) / 6, float)


def seasonal(p: FloatArray, t: FloatArray) -> FloatArray:
    """Level, random walk, a yearly shape and noise, for a monthly series."""
    age = t - t[0]
    walk = p[0] * np.minimum(age[:, None], age[None, :])
    lag = age[:, None] - age[None, :]
    yearly = p[1] * np.exp(-2 * np.sin(np.pi * lag) ** 2 / 0.5)
    return np.asarray(100.0 + walk + yearly + p[2] * np.eye(len(t)), float)


def proposition_99(table: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """Return the finding and the series of California with its forecast."""
    years = table["Year"].to_numpy(float)
    n_before = int((years <= LAST_YEAR_BEFORE).sum())
    states = table.drop(columns="Year")
    others = states.drop(columns="California")
    total, n = others.sum(axis=1).to_numpy(float), others.shape[1]
    rows = np.array(
        [others[s].to_numpy(float) - (total - others[s].to_numpy(float)) / (n - 1)
         for s in others]
    )  # fmt: skip
    log_p = fitted(drifting, np.log([0.5, 5.0, 0.2, 1.0]), years, rows)
    k = drifting(np.exp(log_p), years)
    trend = total / n
    own = states["California"].to_numpy(float)
    answer = forecast(k, own - trend, n_before)
    effect, error = mean_effect(k, own - trend, n_before)
    placebo = np.array([mean_effect(k, row, n_before)[0] / error for row in rows])
    last = own[-1] - trend[-1] - answer.mean[-1]
    text = (
        f"Proposition 99: mean gap 1989-2000 {effect:.1f} packs a head and year "
        f"({effect - Z * error:.1f} to {effect + Z * error:.1f}), in 2000 {last:.1f}; "
        f"placebo: {int((placebo < effect / error).sum())} of {n} untouched states "
        f"fell further below their forecast; SD of the placebo z {placebo.std():.2f}"
    )
    after = years[n_before:]
    forecast_rows = pd.DataFrame(
        {"time": after, "value": trend[n_before:] + answer.mean,
         "low": trend[n_before:] + answer.mean - Z * answer.sd,
         "high": trend[n_before:] + answer.mean + Z * answer.sd,
         "line": "forecast without the law"}
    )  # fmt: skip
    seen = pd.DataFrame({"time": years, "value": own, "line": "California"})
    mean = pd.DataFrame({"time": years, "value": trend, "line": "mean of 38 states"})
    return text, pd.concat([seen, mean, forecast_rows])


def seat_belts(table: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """Return the finding and the series with its forecast; there are no controls."""
    t = table["time"].to_numpy(float)
    y = np.log(table["UKDriverDeaths"].to_numpy(float))
    n_before = int((t < LAW - 0.01).sum())
    centre = y[:n_before].mean()
    rows = (y[:n_before] - centre)[None, :]
    log_p = fitted(seasonal, np.log([0.01, 0.02, 0.005]), t[:n_before], rows)
    answer = forecast(seasonal(np.exp(log_p), t), y - centre, n_before)
    low, high = (answer.effect + side * Z * answer.error for side in (-1, 1))
    text = (
        f"Seat belts: lasting change {_percent(answer.effect)} "
        f"({_percent(low)} to {_percent(high)}), no controls: weak"
    )
    level = answer.mean + centre
    ahead = pd.DataFrame(
        {"time": t[n_before:], "value": np.exp(level),
         "low": np.exp(level - Z * answer.sd), "high": np.exp(level + Z * answer.sd),
         "line": "forecast without the law"}
    )  # fmt: skip
    seen = pd.DataFrame({"time": t, "value": np.exp(y), "line": "drivers"})
    return text, pd.concat([seen[seen["time"] >= 1976], ahead])


def _percent(log_change: float) -> str:
    return f"{100 * np.expm1(log_change):.0f} %"


def draw(series: pd.DataFrame, law: float, title: str, unit: str, out: Path) -> None:
    """Draw the series, the forecast with its 95 % band and the day of the law."""
    x = alt.X(
        "time:Q", title=None, axis=alt.Axis(format="d"), scale=alt.Scale(zero=False)
    )
    band = (
        alt.Chart(series.dropna(subset=["low"]))
        .mark_area(opacity=0.2, color="#888")
        .encode(x=x, y="low:Q", y2="high:Q")
    )
    lines = (
        alt.Chart(series)
        .mark_line()
        .encode(
            x=x,
            y=alt.Y("value:Q", title=unit, scale=alt.Scale(zero=False)),
            color=alt.Color("line:N", title=None, legend=alt.Legend(orient="bottom")),
        )
    )
    mark = (
        alt.Chart(pd.DataFrame({"time": [law]}))
        .mark_rule(strokeDash=[4, 3])
        .encode(x="time:Q")
    )
    chart = (band + lines + mark).properties(width=560, height=280, title=title)
    chart.save(out)


def main() -> None:
    """Read the data folder, print the findings, write the pictures."""
    data, out = map(Path, sys.argv[1:3])
    out.mkdir(parents=True, exist_ok=True)
    text, series = proposition_99(pd.read_csv(data / "california_prop99.csv"))
    print(text)
    draw(
        series, 1988.85, "California, cigarette sales (Proposition 99)",
        "packs per head", out / "prop99.svg",
    )  # fmt: skip
    text, series = seat_belts(pd.read_csv(data / "UKDriverDeaths.csv"))
    print(text)
    draw(
        series, LAW, "Great Britain, car drivers killed or seriously injured",
        "drivers a month", out / "seatbelts.svg",
    )  # fmt: skip


if __name__ == "__main__":
    main()
