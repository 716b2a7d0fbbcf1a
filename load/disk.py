"""A disk of its own, that can be full, fail, or lose its power: an ext4 image, mounted by root.

The power is cut by the kernel itself, with the ioctl that its developers test ext4 with: from one
moment to the next nothing is written any more, and what was not synced before is lost.
"""

from __future__ import annotations

import errno
import fcntl
import os
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SHUTDOWN = 0x8004587D
"""EXT4_IOC_SHUTDOWN."""
WITHOUT_FLUSHING = 2
"""Its flag that writes not even the journal."""
COMMIT_SECONDS = 300
"""How rarely the kernel writes of itself: a power cut then finds as much unwritten as can be."""


@dataclass
class Disk:
    """An image, mounted on a folder."""

    image: Path
    folder: Path

    def mount(self) -> None:
        """Mount it; what was lost with the power is repaired from its journal."""
        options = f"loop,errors=remount-ro,commit={COMMIT_SECONDS}"
        _run("mount", "-o", options, str(self.image), str(self.folder))

    def unmount(self) -> None:
        """Take it off the folder; nothing may be open on it any more."""
        _run("umount", str(self.folder))

    def cut_power(self) -> None:
        """Lose what was not synced, and fail from now on."""
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, SHUTDOWN, struct.pack("I", WITHOUT_FLUSHING))
        finally:
            os.close(descriptor)

    def fail(self) -> None:
        """Become read-only in mid-work, as after a failure of the hardware."""
        device = Path(_run("findmnt", "-n", "-o", "SOURCE", str(self.folder)).strip()).name
        Path(f"/sys/fs/ext4/{device}/trigger_fs_error").write_text("1")

    def fill(self) -> None:
        """Leave no byte free."""
        with self._filling.open("ab", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while file.write(bytes(size)):
                        pass
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise

    def free(self) -> None:
        """Make room again."""
        self._filling.unlink()

    @property
    def _filling(self) -> Path:
        return self.folder / "filling"


@contextmanager
def disk(folder: Path, megabytes: int) -> Iterator[Disk]:
    """A new disk of this size, mounted below this folder and gone afterwards."""
    image, mounted = folder / "disk.img", folder / "disk"
    with image.open("wb") as file:
        file.truncate(megabytes << 20)
    _run("mkfs.ext4", "-q", str(image))
    mounted.mkdir()
    made = Disk(image, mounted)
    made.mount()
    try:
        yield made
    finally:
        made.unmount()


def _run(*command: str) -> str:
    if os.geteuid() != 0:
        raise SystemExit("This scenario makes a disk of its own: run it as root, on Linux.")
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
