#!/usr/bin/env python3
"""Writes the golden tables of masks: an implementation of docs/masks.md that shares nothing with the library.

    python3 eng/golden_masks.py > tests/MLNet.SpatialDropout.Core.Tests/golden-masks.csv
    python3 eng/golden_masks.py rows > tests/MLNet.SpatialDropout.Core.Tests/golden-rows.csv

The first has one mask a line, coins in order, 1 = kept. The second has one row a line: what a row of the values 1, 2, 3, ...
becomes. The tests compare; they never rewrite.
"""
import sys
from fractions import Fraction

M32, M64 = 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        p0, p1 = c[0] * 0xD2511F53, c[2] * 0xCD9E8D57
        c = [(p1 >> 32) ^ c[1] ^ k[0], p1 & M32, (p0 >> 32) ^ c[3] ^ k[1], p0 & M32]
        k = [(k[0] + 0x9E3779B9) & M32, (k[1] + 0xBB67AE85) & M32]
    return c


def halves(u64):
    return u64 & M32, u64 >> 32


def threshold(probability):
    return int(Fraction(probability) * 2**32)


def mask(seed, low, high, copy, rates, coins, shared=False, dropped=None, min_kept=0, row_probability=1.0):
    if shared:
        low = high = 0
    key = halves(seed & M64)
    if high:
        key = tuple(philox([*halves(high), 0, 0], key)[:2])
    row = philox([M32, copy, *halves(low)], key)
    if row[0] >= threshold(row_probability):
        return "1" * coins

    words = [philox([j // 4, copy, *halves(low)], key)[j % 4] for j in range(coins)]
    ranked = sorted(range(coins), key=lambda j: (words[j], j))
    if dropped is not None:
        least, most = dropped
        lost = ranked[: least + row[1] * (most - least + 1) // 2**32]
    else:
        lost = [j for j in ranked if words[j] < threshold(rates[j])]
    lost = lost[: coins - min_kept]
    return "".join("0" if j in lost else "1" for j in range(coins))


def line(*fields):
    print(*("" if field is None else str(field).lower() if isinstance(field, bool) else field for field in fields), sep=",")


assert [f"{w:08x}" for w in philox([0] * 4, [0] * 2)] == "6627e8d5 e169c58d bc57ac4c 9b00dbd8".split()
assert [f"{w:08x}" for w in philox([M32] * 4, [M32] * 2)] == "408f276d 41c83b0e a20bc7c6 6d5451fd".split()

KEYS = ((0, 0), (1, 0), (41, 0), (2**32 + 5, 0), (M64, 0), (3, 1), (3, 2**40 + 9), (M64, M64))
COINS = (1, 2, 3, 4, 5, 6, 9, 12, 33, 70)


def write_masks():
    lines = 0
    line("seed", "low", "high", "copy", "rate", "channelRates", "sharedAcrossRows", "droppedMin", "droppedMax", "minKept", "rowProbability", "mask")
    for seed in (0, 1, 7, -1, 2**31 - 1, -(2**31)):
        for low, high in KEYS:
            for copy in (0, 1, 1000):
                rate = (0.0, 0.125, 0.3, 0.5, 0.9, 1.0)[(seed + low + high + copy) % 6]
                shared = (low + copy) % 5 == 0
                coins = COINS[lines % 10]
                lines += 1
                line(seed, low, high, copy, rate, None, shared, None, None, 0, 1.0, mask(seed, low, high, copy, [rate] * coins, coins, shared))

                # The same rows with each of the other options.
                coins = COINS[(lines * 7) % 10]
                min_kept = (0, 1, coins // 2, coins)[lines % 4]
                row_probability = (1.0, 0.5, 0.9)[lines % 3]
                if lines % 2:
                    rates = [(j * 37 % 101) / 100 if j % 11 else j % 2 for j in range(coins)]
                    text = " ".join(str(float(rate)) for rate in rates)
                    line(seed, low, high, copy, None, text, False, None, None, min_kept, row_probability,
                         mask(seed, low, high, copy, [float(rate) for rate in rates], coins, False, None, min_kept, row_probability))
                else:
                    least, most = coins // 3, coins // 3 + (coins - coins // 3) * (lines % 5) // 4
                    line(seed, low, high, copy, None, None, False, least, most, min_kept, row_probability,
                         mask(seed, low, high, copy, None, coins, False, (least, most), min_kept, row_probability))


def groups_of(sizes, channels):
    """The group of each channel."""
    return [group for group, size in enumerate(sizes) for _ in range(size)] if sizes else list(range(channels))


def write_rows():
    line("seed", "low", "high", "copy", "groups", "channelsFirst", "steps", "rates", "droppedMin", "droppedMax", "minKept", "row")
    number = 0
    for sizes in ([3, 3, 1], [9, 6, 1], [0, 5, 0], [1, 1, 1, 1, 1], [2, 0, 4, 1], [70, 1, 70], [1] * 20 + [3] * 20, [6]):
        for steps in (1, 2, 5):
            for first in (False, True):
                for seed, (low, high), copy in ((7, KEYS[number % 8], number % 3), (-1, KEYS[(number + 3) % 8], 0)):
                    count, channels = len(sizes), sum(sizes)
                    min_kept = (0, 1, count // 2)[number % 3]
                    if number % 2:
                        rates, dropped = [(j * 29 % 13 + 1) / 16 for j in range(count)], None
                    else:
                        rates, dropped = None, (count // 3, (count + 1) // 2)
                    number += 1
                    kept = mask(seed, low, high, copy, rates, count, dropped=dropped, min_kept=min_kept)
                    group = groups_of(sizes, channels)
                    elements = channels * steps
                    channel = [i // steps if first else i % channels for i in range(elements)]
                    row = [i + 1 if kept[group[channel[i]]] == "1" else 0 for i in range(elements)]
                    line(seed, low, high, copy, " ".join(map(str, sizes)), first, steps,
                         rates and " ".join(map(str, rates)), *(dropped or (None, None)), min_kept, " ".join(map(str, row)))


write_rows() if sys.argv[1:] == ["rows"] else write_masks()
