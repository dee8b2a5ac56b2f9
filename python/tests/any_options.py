"""Random options that the library accepts, and odd rows."""
from __future__ import annotations

import math
import random
from typing import Any

import numpy as np


def options(draw: random.Random) -> tuple[dict[str, Any], int]:
    """Options of a row, and the length of the rows that they are for."""
    layout, length, coins, steps = draw.choice([_by_channels, _by_groups, _by_shape, _by_element])(draw)
    fill = _fill(draw, coins, steps)
    frequency = draw.choice([_rate, _rates, _dropped_channels, _lost_channels])(draw, coins)
    outage = _range(draw, 1, steps) if steps and draw.random() < 0.4 else None
    min_kept = draw.choice([0, draw.randint(0, coins)])
    min_kept = min(min_kept, coins - len(frequency.get("LostChannels", [])))

    # The conditions under which the library accepts inverted scaling.
    rates = frequency.get("Rates", [frequency.get("Rate", 0)])
    can_scale = fill == "Zero" and not outage and not {"DroppedChannels", "LostChannels"} & frequency.keys()
    can_scale = can_scale and not (1 in rates and min_kept > (rates.count(0) if "Rates" in frequency else 0))
    return {
        **layout,
        **frequency,
        "Fill": fill,
        "OutageSteps": outage,
        "MinKept": min_kept,
        "Scaling": draw.choice(["None", "Inverted"]) if can_scale else "None",
        "SharedAcrossRows": draw.random() < 0.2,
        "RowProbability": draw.choice([1, draw.random(), 0]) if draw.random() < 0.5 else 1,
        "Seed": draw.choice([0, -1, 2**31 - 1, -(2**31), draw.randint(-(2**31), 2**31 - 1)]),
    }, length


def rows(draw: random.Random, count: int, length: int, dtype: type) -> np.ndarray:
    """Rows of any bits, with all the infinities and NaNs that there are."""
    bits = np.frombuffer(draw.randbytes(count * length * np.dtype(dtype).itemsize), dtype).reshape(count, length)
    usual = np.frombuffer(draw.randbytes(count * length), np.int8).reshape(count, length).astype(dtype)
    return np.where(draw.random() < 0.5, bits, usual)


def _by_channels(draw: random.Random) -> tuple[dict[str, Any], int, int, int]:
    channels, steps = draw.randint(1, 40), draw.choice([1, draw.randint(1, 40)])
    return {"Channels": channels, "Layout": _layout(draw)}, channels * steps, channels, steps


def _by_groups(draw: random.Random) -> tuple[dict[str, Any], int, int, int]:
    groups = [draw.randint(0, 5) for _ in range(draw.randint(0, 12))] + [draw.randint(1, 70)]
    draw.shuffle(groups)
    steps = draw.randint(1, 20)
    channels = draw.choice([None, sum(groups)])
    return {"Groups": groups, "Channels": channels, "Layout": _layout(draw)}, sum(groups) * steps, len(groups), steps


def _by_shape(draw: random.Random) -> tuple[dict[str, Any], int, int, int]:
    shape = [draw.randint(1, 6) for _ in range(draw.randint(1, 4))]
    noise = draw.choice([None, [draw.choice([1, size]) for size in shape]])
    return {"Shape": shape, "NoiseShape": noise}, math.prod(shape), math.prod(noise or shape), 0


def _by_element(draw: random.Random) -> tuple[dict[str, Any], int, int, int]:
    length = draw.randint(1, 200)
    return {"PerElement": True}, length, length, 0


def _layout(draw: random.Random) -> str:
    return draw.choice(["ChannelsLast", "ChannelsFirst"])


def _rate(draw: random.Random, coins: int) -> dict[str, Any]:
    return draw.choice([{}, {"Rate": _probability(draw)}])


def _rates(draw: random.Random, coins: int) -> dict[str, Any]:
    return {"Rates": [_probability(draw) for _ in range(coins)]}


def _dropped_channels(draw: random.Random, coins: int) -> dict[str, Any]:
    return {"DroppedChannels": _range(draw, 0, coins)}


def _lost_channels(draw: random.Random, coins: int) -> dict[str, Any]:
    return {"LostChannels": draw.sample(range(coins), draw.randint(1, coins))}


def _probability(draw: random.Random) -> float:
    return draw.choice([0, 1, draw.random(), draw.random()])


def _range(draw: random.Random, least: int, most: int) -> dict[str, int]:
    low, high = sorted(draw.randint(least, most) for _ in range(2))
    return {"Min": low, "Max": high}


def _fill(draw: random.Random, coins: int, steps: int) -> Any:
    def simple() -> str:
        # A stuck channel needs an earlier step.
        kinds = ["Zero", "Missing", "-0", str(draw.uniform(-9, 9)), "PerChannel"] + ["LastValue"] * (steps > 1)
        kind = draw.choice(kinds)
        return f"PerChannel({', '.join(_numbers(draw, coins))})" if kind == "PerChannel" else kind

    if draw.random() < 0.3:
        return f"OneOf({', '.join(simple() for _ in range(draw.randint(1, 5)))})"
    return draw.choice(["Zero", simple(), draw.uniform(-9, 9)])


def _numbers(draw: random.Random, count: int) -> list[str]:
    return [draw.choice(["NaN", "-0", str(draw.uniform(-9, 9))]) for _ in range(count)]
