"""A stand-in for pyarrow, for where it cannot be installed. It is not pyarrow.

It has what the job and its test call, as pyarrow's documentation describes it, over Arrow's own layout of memory:
validity bitmaps, offsets, children, slices. What it does not know it refuses. Where pyarrow is installed, nobody
imports this, and the same test runs with the real one.
"""
from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from pyarrow import ipc  # noqa: F401  # pyarrow has it without an import of its own.


class ArrowInvalid(ValueError):
    """What pyarrow raises for values that do not fit."""


@dataclass(frozen=True)
class DataType:
    name: str
    value_type: DataType | None = None


def string() -> DataType:
    return DataType("string")


def int32() -> DataType:
    return DataType("int32")


def float32() -> DataType:
    return DataType("float")


def list_(value_type: DataType) -> DataType:
    return DataType("list", value_type)


_DTYPES = {int32(): np.dtype(np.int32), float32(): np.dtype(np.float32)}


class Array:
    """Items of the buffers from an offset on. A slice has the buffers of the whole array."""

    def __init__(
        self, type: DataType, length: int, validity: np.ndarray | None, data: np.ndarray, offset: int = 0
    ) -> None:
        self.type, self.offset = type, offset
        self._length, self._validity, self._data = length, validity, data

    def __len__(self) -> int:
        return self._length

    @property
    def null_count(self) -> int:
        return len(self) - sum(self._are_valid())

    def slice(self, offset: int, length: int | None = None) -> Array:
        offset = min(offset, len(self))
        rest = len(self) - offset
        part = copy.copy(self)
        part.offset, part._length = self.offset + offset, rest if length is None else min(length, rest)
        return part

    def to_numpy(self) -> np.ndarray:
        if self.null_count or self.type not in _DTYPES:
            raise ArrowInvalid("By default to_numpy is a view of memory, so there are no nulls, lists or texts in it.")
        values = self._data[self.offset: self.offset + len(self)]
        # Arrow's memory is not to be written to.
        values.flags.writeable = False
        return values

    def to_pylist(self) -> list[Any]:
        return [self._item(i) if valid else None for i, valid in enumerate(self._are_valid(), self.offset)]

    def _are_valid(self) -> list[bool]:
        if self._validity is None:
            return [True] * len(self)
        return np.unpackbits(self._validity, bitorder="little")[self.offset:][: len(self)].astype(bool).tolist()

    def _item(self, index: int) -> Any:
        return self._data[index].item()


class StringArray(Array):
    """Its offsets are those of bytes in the data."""

    def __init__(self, length: int, validity: np.ndarray | None, offsets: np.ndarray, data: bytes) -> None:
        super().__init__(string(), length, validity, offsets)
        self._bytes = data

    def _item(self, index: int) -> str:
        return self._bytes[self._data[index]: self._data[index + 1]].decode()


class ListArray(Array):
    """Its offsets are those of items in another array."""

    def __init__(self, length: int, validity: np.ndarray | None, offsets: np.ndarray, values: Array) -> None:
        super().__init__(list_(values.type), length, validity, offsets)
        self._values = values

    @staticmethod
    def from_arrays(offsets: Array, values: Array) -> ListArray:
        if offsets.type != int32():
            raise TypeError(f"The offsets are {offsets.type}.")
        numbers = offsets.to_numpy()
        if len(numbers) == 0 or (np.diff(numbers) < 0).any() or numbers[0] < 0 or numbers[-1] > len(values):
            raise ArrowInvalid("The offsets do not lie within the values, in order.")
        return ListArray(len(offsets) - 1, None, numbers, values)

    def value_lengths(self) -> Array:
        self._refuse_nulls()
        return Array(int32(), len(self), None, np.diff(self._data[self.offset: self.offset + len(self) + 1]))

    def flatten(self) -> Array:
        self._refuse_nulls()
        first, end = self._data[self.offset], self._data[self.offset + len(self)]
        return self._values.slice(int(first), int(end - first))

    def _refuse_nulls(self) -> None:
        if self.null_count:
            raise NotImplementedError("The stand-in knows neither lengths nor values of lists that are null.")

    def _item(self, index: int) -> list[Any]:
        first, end = self._data[index], self._data[index + 1]
        return self._values.slice(int(first), int(end - first)).to_pylist()


class Schema(NamedTuple):
    names: list[str]
    types: list[DataType]


class RecordBatch:
    def __init__(self, names: list[str], columns: list[Array]) -> None:
        self._names, self._columns = names, columns

    @staticmethod
    def from_arrays(arrays: list[Array], names: list[str]) -> RecordBatch:
        if len(arrays) != len(names):
            raise ValueError("There must be a name for each column.")
        if len({len(column) for column in arrays}) > 1:
            raise ArrowInvalid("The columns differ in length.")
        return RecordBatch(names, arrays)

    @property
    def num_rows(self) -> int:
        return len(self._columns[0])

    @property
    def schema(self) -> Schema:
        return Schema(list(self._names), [column.type for column in self._columns])

    def column(self, name: str) -> Array:
        if self._names.count(name) != 1:
            raise KeyError(f'Field "{name}" exists {self._names.count(name)} times')
        return self._columns[self._names.index(name)]

    def slice(self, offset: int, length: int | None = None) -> RecordBatch:
        return RecordBatch(self._names, [column.slice(offset, length) for column in self._columns])


def array(items: np.ndarray | list[Any], type: DataType | None = None) -> Array:
    if isinstance(items, np.ndarray):
        types = [known for known, dtype in _DTYPES.items() if dtype == items.dtype]
        if items.ndim != 1 or not types or type is not None:
            raise ArrowInvalid(f"The stand-in takes no {items.dtype} of {items.ndim} dimensions.")
        return Array(types[0], len(items), None, items)

    validity = np.packbits(np.array([item is not None for item in items], bool), bitorder="little")
    if type in _DTYPES:
        return Array(type, len(items), validity, np.array([item or 0 for item in items], _DTYPES[type]))
    parts = [(item or "").encode() if type == string() else item or [] for item in items]
    offsets = np.cumsum([0] + [len(part) for part in parts]).astype(np.int32)
    if type == string():
        return StringArray(len(items), validity, offsets, b"".join(parts))
    return ListArray(len(items), validity, offsets, array([value for part in parts for value in part], type.value_type))
