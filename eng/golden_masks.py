#!/usr/bin/env python3
"""Writes the golden table of masks: an implementation of docs/masks.md that shares nothing with the library.

    python3 eng/golden_masks.py > tests/MLNet.SpatialDropout.Tests/golden-masks.csv

One mask a line, coins in order, 1 = kept. The tests compare; they never rewrite.
"""
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


def mask(seed, low, high, copy, rate, shared, coins):
    if shared:
        low = high = 0
    key = halves(seed & M64)
    if high:
        key = tuple(philox([*halves(high), 0, 0], key)[:2])
    threshold = int(Fraction(rate) * 2**32)
    words = [philox([j // 4, copy, *halves(low)], key)[j % 4] for j in range(coins)]
    return "".join("0" if word < threshold else "1" for word in words)


assert [f"{w:08x}" for w in philox([0] * 4, [0] * 2)] == "6627e8d5 e169c58d bc57ac4c 9b00dbd8".split()
assert [f"{w:08x}" for w in philox([M32] * 4, [M32] * 2)] == "408f276d 41c83b0e a20bc7c6 6d5451fd".split()

lines = 0
print("seed,low,high,copy,rate,sharedAcrossRows,mask")
for seed in (0, 1, 7, -1, 2**31 - 1, -(2**31)):
    for low, high in ((0, 0), (1, 0), (41, 0), (2**32 + 5, 0), (M64, 0), (3, 1), (3, 2**40 + 9), (M64, M64)):
        for copy in (0, 1, 1000):
            rate = (0.0, 0.125, 0.3, 0.5, 0.9, 1.0)[(seed + low + high + copy) % 6]
            shared = (low + copy) % 5 == 0
            coins = (1, 2, 3, 4, 5, 6, 9, 12, 33, 70)[lines % 10]
            lines += 1
            print(seed, low, high, copy, rate, str(shared).lower(), mask(seed, low, high, copy, rate, shared, coins), sep=",")
