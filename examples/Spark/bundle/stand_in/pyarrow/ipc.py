"""Reads streams of Arrow's IPC format, as far as the recordings need it: the messages are tables of FlatBuffers."""
from __future__ import annotations

import struct
from typing import Any, Iterator

import numpy as np

import pyarrow as pa

# Of Message.fbs and Schema.fbs.
_SCHEMA, _RECORD_BATCH = 1, 3
_INT, _FLOATING_POINT, _UTF8, _LIST = 2, 3, 5, 12
_SINGLE = 1


def open_stream(source: bytes) -> Iterator[Any]:
    """The record batches of a stream. pyarrow gives a reader, over which one can iterate likewise."""
    position, fields = 0, []
    while True:
        marker, size = struct.unpack_from("<Ii", source, position)
        if marker != 0xFFFFFFFF:
            raise pa.ArrowInvalid("The stream has no message where one should be.")
        if size == 0:
            return
        message = _Table(source, position + 8 + _read("<I", source, position + 8))
        body = position + 8 + size
        position = body + message.number(3, "<q")
        kind, header = message.number(1, "<B"), message.table(2)
        if kind == _SCHEMA:
            fields = header.tables(1)
        elif kind == _RECORD_BATCH:
            yield _read_batch(source, body, header, fields)
        else:
            raise NotImplementedError(f"The stand-in reads no message of kind {kind}.")


class _Table:
    """A table of FlatBuffers, whose fields have numbers."""

    def __init__(self, data: bytes, position: int) -> None:
        self._data, self._position = data, position
        self._fields = position - _read("<i", data, position)

    def number(self, field: int, kind: str) -> int:
        at = self._find(field)
        return _read(kind, self._data, at) if at else 0

    def table(self, field: int) -> _Table:
        return self._follow(self._find(field))

    def tables(self, field: int) -> list[_Table]:
        first, count = self._vector(field)
        return [self._follow(first + 4 * i) for i in range(count)]

    def pairs(self, field: int) -> list[tuple[int, int]]:
        """A vector of structs, each of two integers."""
        first, count = self._vector(field)
        return list(struct.iter_unpack("<qq", self._data[first: first + 16 * count]))

    def text(self, field: int) -> str:
        first, count = self._vector(field)
        return self._data[first: first + count].decode()

    def _find(self, field: int) -> int:
        entry = 4 + 2 * field
        if entry >= _read("<H", self._data, self._fields):
            return 0
        offset = _read("<H", self._data, self._fields + entry)
        return self._position + offset if offset else 0

    def _follow(self, at: int) -> _Table:
        return _Table(self._data, at + _read("<I", self._data, at))

    def _vector(self, field: int) -> tuple[int, int]:
        at = self._find(field)
        if not at:
            return 0, 0
        start = at + _read("<I", self._data, at)
        return start + 4, _read("<I", self._data, start)


def _read(kind: str, data: bytes, position: int) -> int:
    return struct.unpack_from(kind, data, position)[0]


def _read_batch(source: bytes, body: int, header: _Table, fields: list[_Table]) -> Any:
    if header.number(3, "<I"):
        raise NotImplementedError("The stand-in reads no compressed batches.")
    nodes = iter(header.pairs(1))
    buffers = (source[body + start: body + start + length] for start, length in header.pairs(2))

    def read(field: _Table) -> Any:
        length, _ = next(nodes)
        bits = next(buffers)
        validity = np.frombuffer(bits, np.uint8) if bits else None
        kind, details = field.number(2, "<B"), field.table(3)
        if kind == _INT and (details.number(0, "<i"), details.number(1, "<?")) == (32, True):
            return pa.Array(pa.int32(), length, validity, np.frombuffer(next(buffers), np.int32))
        if kind == _FLOATING_POINT and details.number(0, "<h") == _SINGLE:
            return pa.Array(pa.float32(), length, validity, np.frombuffer(next(buffers), np.float32))
        offsets = np.frombuffer(next(buffers), np.int32)
        if kind == _UTF8:
            return pa.StringArray(length, validity, offsets, next(buffers))
        if kind == _LIST:
            return pa.ListArray(length, validity, offsets, read(field.tables(5)[0]))
        raise NotImplementedError(f"The stand-in reads no column of kind {kind}.")

    return pa.RecordBatch([field.text(0) for field in fields], [read(field) for field in fields])
