"""The C library, and how to find it."""
from __future__ import annotations

import ctypes
import functools
import os
import sys
from pathlib import Path

# Says where the library is, for programs that do not pass its path.
VARIABLE = "SPATIAL_DROPOUT_LIBRARY"

_NAME = "libspatialdropout" + {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")
_POINTER, _INT64, _INT32 = ctypes.c_void_p, ctypes.c_int64, ctypes.c_int32

# Of src/Native/spatial_dropout.h. What is not here cannot be called.
_PARAMETERS = {
    "sd_plan_create": [ctypes.c_char_p, _INT64, ctypes.POINTER(_POINTER)],
    "sd_plan_free": [_POINTER],
    "sd_plan_mask_length": [_POINTER, ctypes.POINTER(_INT64)],
    "sd_keys_from_int64": [_POINTER, _INT64, _POINTER],
    "sd_keys_from_utf8_large": [ctypes.c_char_p, _POINTER, _INT64, _POINTER],
    "sd_draw_masks": [_POINTER, _POINTER, _INT64, _POINTER],
    "sd_apply_f32": [_POINTER, _POINTER, _INT64, _POINTER, _POINTER],
    "sd_apply_f64": [_POINTER, _POINTER, _INT64, _POINTER, _POINTER],
    "sd_expand_f32": [_POINTER, _POINTER, _INT64, _INT64, _INT32, _POINTER, _POINTER],
    "sd_expand_f64": [_POINTER, _POINTER, _INT64, _INT64, _INT32, _POINTER, _POINTER],
}

_INVALID_ARGUMENT, _OUT_OF_MEMORY = 1, 2


class Library:
    """A loaded library. Errors of its functions are exceptions with its messages."""

    def __init__(self, path: Path) -> None:
        self._functions = ctypes.CDLL(str(path))
        self._process = os.getpid()
        for name, parameters in _PARAMETERS.items():
            function = getattr(self._functions, name)
            function.argtypes, function.restype = parameters, ctypes.c_int32
        for name in ("sd_last_error", "sd_version"):
            getattr(self._functions, name).restype = ctypes.c_char_p

    @property
    def version(self) -> str:
        return self._functions.sd_version().decode()

    def call(self, name: str, *arguments: object) -> None:
        if os.getpid() != self._process:
            # The library's threads are not in a forked child, which would wait for them forever.
            raise RuntimeError(
                "The library was loaded before this process was forked, and cannot be used here. Start processes by"
                " 'spawn': multiprocessing.get_context('spawn')."
            )
        status = getattr(self._functions, name)(*arguments)
        if status:
            kinds = {_INVALID_ARGUMENT: ValueError, _OUT_OF_MEMORY: MemoryError}
            raise kinds.get(status, RuntimeError)(self._functions.sd_last_error().decode())


def load(path: str | os.PathLike[str] | None = None) -> Library:
    """The library at a path, or else where the environment variable says, or else beside this package."""
    given = path or os.environ.get(VARIABLE)
    file = Path(given) if given else Path(__file__).parent / _NAME
    if not file.is_file():
        raise FileNotFoundError(
            f"There is no library {file}. Pass its path, or set {VARIABLE}."
            " 'dotnet publish src/Native --use-current-runtime' makes it."
        )
    return _load(file.resolve())


# Two threads that come first at once both load it, and the system gives them the same one.
@functools.cache
def _load(path: Path) -> Library:
    return Library(path)
