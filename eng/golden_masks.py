#!/usr/bin/env python3
"""Writes the golden tables of masks: an implementation of docs/masks.md that shares nothing with the library.

    python3 eng/golden_masks.py > tests/MLNet.SpatialDropout.Core.Tests/golden-masks.csv
    python3 eng/golden_masks.py rows > tests/MLNet.SpatialDropout.Core.Tests/golden-rows.csv

The first has one mask a line, coins in order, 1 = kept. The second has one row a line: what a row of the values 1, 2, 3, ...
becomes. Its fills are texts of DropoutFill with semicolons for commas. The tests compare; they never rewrite.
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


def words(key_and_copy, block, count):
    """The first words of the blocks from one on."""
    seed, low, high, copy = key_and_copy
    key = halves(seed & M64)
    if high:
        key = tuple(philox([*halves(high), 0, 0], key)[:2])
    blocks = [philox([block + n, copy, *halves(low)], key) for n in range((count + 3) // 4)]
    return [word for four in blocks for word in four][:count]


def mask(seed, low, high, copy, rates, coins, shared=False, dropped=None, min_kept=0, row_probability=1.0):
    if shared:
        low = high = 0
    row = words((seed, low, high, copy), M32, 4)
    if row[0] >= threshold(row_probability):
        return "1" * coins

    own = words((seed, low, high, copy), 0, coins)
    ranked = sorted(range(coins), key=lambda j: (own[j], j))
    if dropped is not None:
        least, most = dropped
        lost = ranked[: least + row[1] * (most - least + 1) // 2**32]
    else:
        lost = [j for j in ranked if own[j] < threshold(rates[j])]
    lost = lost[: coins - min_kept]
    return "".join("0" if j in lost else "1" for j in range(coins))


def outage(key_and_copy, limits, steps):
    """The first lost step and the number of lost steps."""
    if limits is None:
        return 0, steps
    (least, most), row = limits, words(key_and_copy, M32, 4)
    count = least + row[2] * (most - least + 1) // 2**32
    return row[3] * (steps - count + 1) // 2**32, count


# A fill is a number (NaN for a missing value), a list of them for PerChannel, LAST, or a tuple of fills for OneOf.
LAST, NAN = "LastValue", float("nan")


def fill_of(key_and_copy, fill, coin):
    if isinstance(fill, tuple):
        fill = fill[words(key_and_copy, 0x40000000, coin + 1)[coin] * len(fill) // 2**32]
    return fill[coin] if isinstance(fill, list) else fill


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


def coins_of(sizes):
    """The coin of each channel: that of its group."""
    return [group for group, size in enumerate(sizes) for _ in range(size)]


def drop(key_and_copy, kept, coin, first, steps, limits, fill):
    """What the row 1, 2, 3, ... becomes, where coin names the coin of each channel."""
    channels = len(coin)
    index = (lambda step, channel: channel * steps + step) if first else (lambda step, channel: step * channels + channel)
    start, count = outage(key_and_copy, limits, steps)
    row = list(range(1, channels * steps + 1))
    for channel in range(channels):
        if kept[coin[channel]] == "1":
            continue
        value = fill_of(key_and_copy, fill, coin[channel])
        if value == LAST:
            value = index(max(start - 1, 0), channel) + 1
        for step in range(start, start + count):
            row[index(step, channel)] = value
    return row


def number_text(value):
    return "NaN" if value != value else f"{value:g}"


def fill_text(fill):
    if isinstance(fill, tuple):
        return f"OneOf({'; '.join(map(fill_text, fill))})"
    if isinstance(fill, list):
        return f"PerChannel({'; '.join(map(number_text, fill))})"
    return fill if fill == LAST else number_text(fill)


def write_row(seed, low, high, copy, sizes, first, steps, rates, dropped, min_kept, limits=None, fill=0, grouped=True):
    kept = mask(seed, low, high, copy, rates, len(sizes), dropped=dropped, min_kept=min_kept)
    row = drop((seed, low, high, copy), kept, coins_of(sizes), first, steps, limits, fill)
    line(seed, low, high, copy, " ".join(map(str, sizes)) if grouped else None, first, steps,
         rates and " ".join(map(str, rates)), *(dropped or (None, None)), min_kept, *(limits or (None, None)), fill_text(fill),
         " ".join(map(number_text, row)))


def frequency(number, count, offset=0):
    """Rates or a number of dropped coins, and the least number of kept ones."""
    min_kept = (0, 1, count // 2)[number % 3]
    if number % 2:
        return [((j * 29 + offset) % 13 + 1) / 16 for j in range(count)], None, min_kept
    return None, (count // 3, (count + 1) // 2), min_kept


def write_rows():
    line("seed", "low", "high", "copy", "groups", "channelsFirst", "steps", "rates", "droppedMin", "droppedMax", "minKept",
         "outageMin", "outageMax", "fill", "row")
    number = 0
    for sizes in ([3, 3, 1], [9, 6, 1], [0, 5, 0], [1, 1, 1, 1, 1], [2, 0, 4, 1], [70, 1, 70], [1] * 20 + [3] * 20, [6]):
        for steps in (1, 2, 5):
            for first in (False, True):
                for seed, (low, high), copy in ((7, KEYS[number % 8], number % 3), (-1, KEYS[(number + 3) % 8], 0)):
                    write_row(seed, low, high, copy, sizes, first, steps, *frequency(number, len(sizes)))
                    number += 1

    # Fills and outages. Plain channels are written without groups.
    number = 0
    for sizes, grouped in (([1], False), ([1] * 3, False), ([1] * 6, False), ([1] * 33, False),
                           ([3, 3, 1], True), ([0, 5, 0], True), ([2, 0, 4, 1], True), ([1] * 9 + [3] * 9, True)):
        count = len(sizes)
        own = [NAN if j % 5 == 3 else -0.5 * (j + 1) for j in range(count)]
        for fill in (0, NAN, -40, own, LAST, (0, NAN), (0, NAN, LAST, -40, own)):
            reads_steps = fill == LAST or isinstance(fill, tuple) and LAST in fill
            for has_outage in (False, True):
                for first in (False, True):
                    steps = ((2, 5, 8, 3, 4) if reads_steps else (4, 1, 7, 5, 2))[number % 5]
                    half = (steps + 1) // 2
                    limits = ((1, steps), (1, half), (half, steps), (1, 1), (steps, steps))[number // 3 % 5]
                    rates, dropped, min_kept = frequency(number // 2, count, offset=7)
                    write_row((5, -(2**31), 2**31 - 1)[number // 8 % 3], *KEYS[number * 3 % 8], number // 3 % 3, sizes, first,
                              steps, rates, dropped, min_kept if count > 1 else 0, limits if has_outage else None, fill, grouped)
                    number += 1


write_rows() if sys.argv[1:] == ["rows"] else write_masks()
