"""A Windows Job Object around a child process: bounded memory, no children, ended with the product.

Source: Microsoft Learn, "Job Objects" and JOBOBJECT_EXTENDED_LIMIT_INFORMATION; needs no rights beyond the
user's own, and nests inside the job of Excel or a launcher since Windows 8. Never run: there was no Windows.
"""

import ctypes
import sys
from ctypes import wintypes

_EXTENDED_LIMITS = 9
_ACTIVE_PROCESSES, _PROCESS_MEMORY = 0x8, 0x100
_DIE_ON_FAULT, _END_WITH_JOB = 0x400, 0x2000


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", wintypes.DWORD),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", wintypes.DWORD),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", wintypes.DWORD),
        ("SchedulingClass", wintypes.DWORD),
    )


class _ExtendedLimits(ctypes.Structure):
    _fields_ = (
        ("BasicLimitInformation", _BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


def _limits(memory: int) -> _ExtendedLimits:
    asked = _ExtendedLimits()
    asked.BasicLimitInformation.LimitFlags = (
        _ACTIVE_PROCESSES | _PROCESS_MEMORY | _DIE_ON_FAULT | _END_WITH_JOB
    )
    asked.BasicLimitInformation.ActiveProcessLimit = 1
    asked.ProcessMemoryLimit = memory
    return asked


if sys.platform == "win32":
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.CreateJobObjectW.restype = wintypes.HANDLE
    _kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
    _kernel.SetInformationJobObject.argtypes = (
        wintypes.HANDLE,
        ctypes.c_int,
        ctypes.c_void_p,
        wintypes.DWORD,
    )
    _kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    _kernel.CloseHandle.argtypes = (wintypes.HANDLE,)

    def hold(process: int, memory: int) -> int | None:
        """Put a process into a new job; None when Windows refuses."""
        job = _kernel.CreateJobObjectW(None, None)
        if not job:
            return None
        asked = _limits(memory)
        if _kernel.SetInformationJobObject(
            job, _EXTENDED_LIMITS, ctypes.byref(asked), ctypes.sizeof(asked)
        ) and _kernel.AssignProcessToJobObject(job, process):
            return int(job)
        _kernel.CloseHandle(job)
        return None

    def close(job: int) -> None:
        """Close the job, which ends the process in it."""
        _kernel.CloseHandle(job)
