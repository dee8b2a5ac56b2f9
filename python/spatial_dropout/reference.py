"""Masks and rows in plain NumPy, as docs/masks.md defines them.

It shares nothing with the library, so each can judge the other. It is also what to use where the library cannot be
loaded. Options are read, not checked: take those that the library accepts.
"""
from __future__ import annotations

import json
import math
from typing import Any, Callable

import numpy as np
import xxhash

from spatial_dropout import keys as mask_keys
from spatial_dropout.keys import KEY, Keys, Texts

_U32, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)

# The block of words that belongs to the row, and the first one of those that choose among fills.
_ROW_BLOCK, _FILL_BLOCK = 0xFFFFFFFF, 0x40000000

# The NaN of .NET, whose sign differs from that of np.nan, so that results can be compared as bytes.
_MISSING = np.uint64(0xFFF8000000000000).view(np.float64)

# In place of the values of a fill that reads the row.
_LAST_VALUE = None

# With twice as many elements at a time, arrays in between are memory that the system gives anew each time, up to five
# times slower.
_BATCH_ELEMENTS = 1 << 17


def philox(counter: list[Any], key: list[Any]) -> list[np.ndarray]:
    """Philox4x32-10 of counters and keys, each an array of 32-bit words held in uint64."""
    c, k = [np.asarray(word, np.uint64) for word in counter], [np.asarray(word, np.uint64) for word in key]
    for _ in range(10):
        a, b = c[0] * np.uint64(0xD2511F53), c[2] * np.uint64(0xCD9E8D57)
        c = [(b >> _U32) ^ c[1] ^ k[0], b & _LOW, (a >> _U32) ^ c[3] ^ k[1], a & _LOW]
        k = [(k[0] + np.uint64(0x9E3779B9)) & _LOW, (k[1] + np.uint64(0xBB67AE85)) & _LOW]
    return c


def hash_keys(keys: Keys) -> np.ndarray:
    """The mask keys that texts or integers stand for."""
    read = mask_keys.read(keys)
    if isinstance(read, Texts):
        bounds = read.offsets.tolist()
        items = [read.data[start:end] for start, end in zip(bounds, bounds[1:])]
    elif read.dtype == KEY:
        return read
    else:
        items = [item.to_bytes(8, "little", signed=True) for item in read.tolist()]

    # XxHash128 writes its high half first.
    halves = np.frombuffer(b"".join(map(xxhash.xxh128_digest, items)), ">u8").reshape(-1, 2)
    hashed = np.zeros(len(items), KEY)
    hashed["high"], hashed["low"] = halves.T
    return hashed


class Plan:
    """Options compiled for rows of one length. Has the methods of spatial_dropout.Plan."""

    def __init__(self, options: dict[str, Any] | str, length: int) -> None:
        given = json.loads(options) if isinstance(options, str) else dict(options)

        def take(name: str, default: Any = None) -> Any:
            value = given.pop(name, None)
            return default if value is None else value

        channels, groups = take("Channels"), take("Groups")
        shape, noise, per_element = take("Shape"), take("NoiseShape"), take("PerElement", False)
        is_first = take("Layout", "ChannelsLast") == "ChannelsFirst"
        rate, rates, lost = take("Rate", 0.3), take("Rates"), take("LostChannels")
        self._dropped_channels, self._min_kept = _range(take("DroppedChannels")), take("MinKept", 0)
        self._row_threshold = _threshold(take("RowProbability", 1))
        self._outage, self._shared = _range(take("OutageSteps")), take("SharedAcrossRows", False)
        is_inverted, fill, seed = take("Scaling", "None") == "Inverted", str(take("Fill", "Zero")), take("Seed") % 2**64
        if given:
            raise ValueError(f"There is no option {', '.join(given)}.")

        self.length = length
        self._seed = [seed % 2**32, seed >> 32]
        self._steps = 0
        if groups is not None or channels is not None:
            self._lay_channels(groups if groups is not None else [1] * channels, is_first)
        elif shape is not None:
            noise = shape if noise is None else noise
            coins = np.arange(math.prod(noise)).reshape(noise)
            self._coin, self.mask_length = np.broadcast_to(coins, shape).ravel(), coins.size
        elif per_element:
            self._coin, self.mask_length = np.arange(length), length
        else:
            raise ValueError("The options give no layout.")

        if lost is not None:
            rates = np.isin(np.arange(self.mask_length), lost).astype(float)
        self._rates = np.broadcast_to(np.asarray(rate if rates is None else rates, float), self.mask_length)
        self._thresholds = np.array([_threshold(rate) for rate in self._rates], np.uint64)

        # At rate 1 nothing is kept, so there is nothing to scale.
        scaled = self._rates < 1 if is_inverted else np.zeros(self.mask_length, bool)
        self._scales = np.where(scaled, 1 / (1 - np.where(scaled, self._rates, 0)), 1).astype(np.float32)

        fills = _parse_fill(fill)
        self._reads_row = np.array([values is _LAST_VALUE for values in fills])
        self._fills = np.array(
            [np.broadcast_to(0.0 if values is _LAST_VALUE else values, self.mask_length) for values in fills]
        )

    def masks(self, keys: Keys, copy: int = 0) -> np.ndarray:
        """The mask of each key, a row of booleans: true for a channel (or group) that is kept."""
        return ~self._draw(mask_keys.with_copy(hash_keys(keys), copy))[0]

    def apply(self, keys: Keys, rows: np.ndarray, out: np.ndarray | None = None, copy: int = 0) -> np.ndarray:
        """The dropped-out rows."""
        keys = mask_keys.with_copy(hash_keys(keys), copy)
        result = np.empty_like(rows) if out is None else out
        flat, flat_result = (array.reshape(-1, self.length) for array in (rows, result))
        batch = max(1, _BATCH_ELEMENTS // self.length)
        for start in range(0, len(rows), batch):
            part = slice(start, start + batch)
            flat_result[part] = self._apply(keys[part], flat[part])
        return result

    def expand(
        self, keys: Keys, rows: np.ndarray, copies: int, keep_original: bool = False, out: np.ndarray | None = None
    ) -> np.ndarray:
        """All copies of the first row, after the row itself if it is kept; then those of the second row, and so on."""
        keys = hash_keys(keys)
        originals = [rows] if keep_original else []
        parts = originals + [self.apply(keys, rows, copy=copy) for copy in range(copies)]
        result = np.stack(parts, axis=1).reshape(-1, *rows.shape[1:])
        if out is None:
            return result
        out[...] = result
        return out

    def _lay_channels(self, groups: list[int], is_first: bool) -> None:
        coin_of_channel = np.repeat(np.arange(len(groups)), groups)
        channels = len(coin_of_channel)
        steps = self.length // channels
        self.mask_length, self._steps = len(groups), steps
        lay: tuple[Callable, Callable] = (np.repeat, np.tile) if is_first else (np.tile, np.repeat)
        self._coin = lay[0](coin_of_channel, steps)
        self._step = lay[1](np.arange(steps), channels)

        # The channel of each element, where the first step of each channel is, and how far it is to the next step.
        numbers = np.arange(channels)
        self._channel = lay[0](numbers, steps)
        self._first_elements, self._stride = (numbers * steps, 1) if is_first else (numbers, channels)

    def _words(self, keys: np.ndarray, block: int, count: int) -> np.ndarray:
        """The first words of the blocks from one on, a row for each key."""
        low, high = (keys[half][:, None] * np.uint64(not self._shared) for half in ("low", "high"))
        hashed = philox([high & _LOW, high >> _U32, 0, 0], self._seed)[:2]
        key = [np.where(high == 0, np.uint64(seed), word) for seed, word in zip(self._seed, hashed)]
        blocks = np.arange(block, block + (count + 3) // 4, dtype=np.uint64)
        words = philox([blocks, keys["copy"][:, None], low & _LOW, low >> _U32], key)
        return np.stack(np.broadcast_arrays(*words), axis=-1).reshape(len(keys), 4 * len(blocks))[:, :count]

    def _draw(self, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What drops in each row, and the words of each row."""
        row = self._words(keys, _ROW_BLOCK, 4)
        words = self._words(keys, 0, self.mask_length)
        if self._dropped_channels:
            dropped = _ranks(words) < _uniform(row[:, 1], *self._dropped_channels)[:, None]
        else:
            dropped = words < self._thresholds
        if self._min_kept:
            # The ranks of those that drop, before all others.
            dropped &= _ranks(np.where(dropped, words, np.uint64(2**32))) < self.mask_length - self._min_kept
        dropped &= (row[:, 0] < self._row_threshold)[:, None]
        return dropped, row

    def _apply(self, keys: np.ndarray, rows: np.ndarray) -> np.ndarray:
        coins, row = self._draw(keys)
        dropped = coins[:, self._coin]
        first = np.zeros(len(rows), np.int64)
        if self._outage:
            count = _uniform(row[:, 2], *self._outage)
            first = (row[:, 3] * (self._steps - count + 1).astype(np.uint64) >> _U32).astype(np.int64)
            dropped &= (self._step >= first[:, None]) & (self._step < (first + count)[:, None])

        kept = rows
        if (self._scales != 1).any():
            scales = np.where(row[:, :1] < self._row_threshold, self._scales[self._coin], np.float32(1))
            kept = rows.copy()
            # Infinity and NaN are values like any other here.
            with np.errstate(all="ignore"):
                np.multiply(rows, scales, out=kept, where=scales != 1)
        return np.where(dropped, self._filled(keys, rows, first), kept)

    def _filled(self, keys: np.ndarray, rows: np.ndarray, first: np.ndarray) -> np.ndarray:
        """What each element becomes if it drops."""
        chosen = np.zeros((1, self.mask_length), np.int64)
        if len(self._fills) > 1:
            chosen = _uniform(self._words(keys, _FILL_BLOCK, self.mask_length), 0, len(self._fills) - 1)
        fills = self._fills.astype(rows.dtype)[chosen, np.arange(self.mask_length)][:, self._coin]
        if not self._reads_row.any():
            return fills
        last = np.maximum(first - 1, 0)[:, None] * self._stride + self._first_elements
        read = np.take_along_axis(rows, last, axis=1)[:, self._channel]
        return np.where(self._reads_row[chosen][:, self._coin], read, fills)


def _threshold(probability: float) -> np.uint64:
    return np.uint64(math.floor(probability * 2**32))


def _uniform(words: np.ndarray, least: int, most: int) -> np.ndarray:
    return least + (words * np.uint64(most - least + 1) >> _U32).astype(np.int64)


def _ranks(words: np.ndarray) -> np.ndarray:
    """The place of each word in its row by (word, number)."""
    return words.argsort(axis=1, kind="stable").argsort(axis=1)


def _range(option: dict[str, int] | None) -> tuple[int, int] | None:
    return option and (option["Min"], option["Max"])


def _parse_fill(text: str) -> list[Any]:
    """The values of each alternative: one for all coins, or one for each."""
    name, _, inner = text.strip().partition("(")
    if name.lower() != "oneof":
        return [_parse_values(text)]

    # A comma between parentheses belongs to its fill.
    fills = [""]
    depth = 0
    for character in inner[:-1]:
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            fills.append("")
        else:
            fills[-1] += character
    return [_parse_values(fill) for fill in fills]


def _parse_values(text: str) -> Any:
    name, _, inner = text.strip().partition("(")
    named = {"zero": 0.0, "missing": _MISSING, "lastvalue": _LAST_VALUE}
    if name.lower() in named:
        return named[name.lower()]
    return [_number(value) for value in inner[:-1].split(",")] if name.lower() == "perchannel" else _number(text)


def _number(text: str) -> float:
    value = float(text)
    return _MISSING if math.isnan(value) else 0.0 if value == 0 else value
