"""The one file of a backup: written as a stream, unpacked and proved part by part."""

import contextlib
import gzip
import hashlib
import json
import os
import secrets
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from . import BackupError
from .encryption import DAMAGED, MAGIC, SealingWriter, UnsealingReader

FORMAT = 1
MANIFEST = "manifest.json"
SUFFIX, SEALED_SUFFIX = ".tar.gz", ".tar.gz.sealed"
BLOCK_BYTES = 1 << 20

NO_FILE = "不能读取备份文件“{}”，请核对路径和权限。"
NOT_A_BACKUP = "这不是本程序的备份文件，或者文件开头损坏。"
KEY_NEEDED = "这份备份已加密，请把备份时的密钥放在环境变量 BACKUP_KEY 中再试。"
NO_SPACE = "写备份没有成功：{}。原有的备份没有改动；请核对目录、权限和剩余空间。"
LATER_FORMAT = "这份备份是较新版本的程序做的，请先升级本程序再恢复。"


class Packer:
    """Adds parts to the file; each is hashed on the way."""

    def __init__(self, tar: tarfile.TarFile):
        self._tar = tar
        self.parts: dict[str, dict] = {}

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            self.add(name, file, path.stat().st_size)

    def add(self, name: str, file: BinaryIO, size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        counted = _Hashing(file)
        self._tar.addfile(member, counted)
        self.parts[name] = {"size": size, "sha256": counted.digest.hexdigest()}

    def add_json(self, name: str, value: dict, folder: Path) -> None:
        path = folder / PurePosixPath(name).name
        path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
        self.add_file(name, path)


@dataclass(frozen=True)
class Unpacked:
    """A backup whose parts are all there, unchanged, in a folder."""

    folder: Path
    manifest: dict
    #: The file itself.
    path: Path

    @property
    def uploads(self) -> list[str]:
        """Names as the rows have them."""
        return [name[6:] for name in self.manifest["parts"] if name.startswith("files/")]

    def upload(self, name: str) -> Path:
        return self.folder / "files" / name


@contextlib.contextmanager
def packed(path: Path, passphrase: str) -> Iterator[Packer]:
    """Write the file under a passing name; it gets its own when it is whole and on the disc."""
    passing = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with contextlib.ExitStack() as stack:
                out = file
                if passphrase:
                    out = stack.enter_context(SealingWriter(file, passphrase))
                zipped = stack.enter_context(gzip.GzipFile("", "wb", 6, out, mtime=0))
                tar = stack.enter_context(
                    tarfile.open(fileobj=zipped, mode="w|", bufsize=BLOCK_BYTES)
                )
                yield Packer(tar)
            file.flush()
            os.fsync(file.fileno())
        os.replace(passing, path)
        _keep_name(path.parent)
    except OSError as error:
        raise BackupError(NO_SPACE.format(error.strerror or error)) from error
    finally:
        passing.unlink(missing_ok=True)


def unpack(path: Path, folder: Path, passphrase: str) -> Unpacked:
    """Unpack into an empty folder; raises ``BackupError`` for whatever is not as it was written."""
    try:
        with path.open("rb") as file, _opened(file, passphrase) as tar:
            found = {member.name: _take(tar, member, folder) for member in tar}
            # A tape ends before its last byte does: what stands behind it must be whole too.
            while tar.fileobj.read(BLOCK_BYTES):
                pass
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile):
        raise BackupError(DAMAGED) from None
    except OSError as error:
        if error.filename == str(path):
            raise BackupError(NO_FILE.format(path)) from None
        raise BackupError(f"不能展开备份：{error.strerror or error}。") from error
    return Unpacked(folder, _proved(found, folder), path)


def _proved(found: dict[str, dict], folder: Path) -> dict:
    if found.pop(MANIFEST, None) is None:
        raise BackupError(DAMAGED)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if manifest.get("format") != FORMAT:
        raise BackupError(LATER_FORMAT)
    if manifest["parts"] != found:
        raise BackupError(DAMAGED)
    return manifest


@contextlib.contextmanager
def _opened(file: BinaryIO, passphrase: str) -> Iterator[tarfile.TarFile]:
    beginning = file.read(len(MAGIC))
    stream = file
    if beginning == MAGIC:
        if not passphrase:
            raise BackupError(KEY_NEEDED)
        stream = UnsealingReader(file, passphrase)
    elif beginning[:2] == b"\x1f\x8b":
        file.seek(0)
    else:
        raise BackupError(NOT_A_BACKUP)
    with (
        gzip.GzipFile(fileobj=stream) as unzipped,
        tarfile.open(fileobj=unzipped, mode="r|", bufsize=BLOCK_BYTES) as tar,
    ):
        yield tar


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> dict:
    place = PurePosixPath(member.name)
    if not member.isreg() or place.is_absolute() or ".." in place.parts:
        raise BackupError(DAMAGED)
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    counted = _Hashing(tar.extractfile(member))
    with path.open("xb") as file:
        shutil.copyfileobj(counted, file, BLOCK_BYTES)
    return {"size": path.stat().st_size, "sha256": counted.digest.hexdigest()}


def hash_of(file: BinaryIO) -> str:
    """SHA-256 of what is still to be read."""
    digest = hashlib.sha256()
    while block := file.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()


def _keep_name(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _Hashing:
    def __init__(self, file: BinaryIO):
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self._file.read(size)
        self.digest.update(content)
        return content
