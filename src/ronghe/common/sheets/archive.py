"""The zip around an .xlsx, checked before anything is unpacked, and unpacked only within limits."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from ronghe.common.sheets import limits
from ronghe.common.sheets.container import SAVE_AS, NotASheetError

BROKEN: Final = f"文件已损坏,无法读取,{SAVE_AS}"
BOMB: Final = "文件解压后大得不正常,已拒绝读取。请另存一份只含要上报内容的 .xlsx 再传"
CHUNK: Final = 64 * 1024


class Archive:
    """The parts of one .xlsx. Reading counts what is really unpacked, whatever the zip's own directory says."""

    def __init__(self, data: bytes) -> None:
        check_directory(data)
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self.zip.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error, EOFError, IndexError):
            raise NotASheetError(BROKEN) from None
        check_entries(entries)
        # Writers differ in case and in a leading slash.
        self.names = {entry.filename.lstrip("/").replace("\\", "/").casefold(): entry for entry in entries}
        self.unpacked = 0

    def has_part(self, name: str) -> bool:
        """Whether the part is there."""
        return name.casefold() in self.names

    def read_chunks(self, name: str) -> Iterator[bytes]:
        """Give a part in chunks. NotASheetError where it is missing, broken or unpacks to too much."""
        entry = self.names.get(name.casefold())
        if entry is None:
            raise NotASheetError(BROKEN)
        try:
            with self.zip.open(entry) as part:
                while chunk := part.read(CHUNK):
                    self.unpacked += len(chunk)
                    if self.unpacked > limits.MAX_UNPACKED:
                        raise NotASheetError(BOMB)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, EOFError, struct.error):
            raise NotASheetError(BROKEN) from None


def check_directory(data: bytes) -> None:
    """Refuse a zip whose end record is missing or counts too many entries, before Python lists them."""
    tail = data[-(65_535 + 22) :]
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < 22:
        raise NotASheetError(BROKEN)
    count = struct.unpack_from("<H", tail, place + 10)[0]
    size = struct.unpack_from("<I", tail, place + 12)[0]
    # Python goes by the directory's size, not by its count; 46 bytes is the least that an entry takes.
    if count > limits.MAX_ENTRIES or size > limits.MAX_ENTRIES * 1024:
        raise NotASheetError(f"文件里的部件超过 {limits.MAX_ENTRIES} 个,不像普通表格,{SAVE_AS}")


def check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse too many, doubled, encrypted or absurdly compressed entries."""
    if len(entries) > limits.MAX_ENTRIES:
        raise NotASheetError(f"文件里的部件超过 {limits.MAX_ENTRIES} 个,不像普通表格,{SAVE_AS}")
    if len({entry.filename for entry in entries}) != len(entries):
        raise NotASheetError(BROKEN)
    if any(entry.flag_bits & 1 for entry in entries):
        raise NotASheetError("文件加了密码,请取消密码后再传")
    if sum(entry.file_size for entry in entries) > limits.MAX_UNPACKED:
        raise NotASheetError(BOMB)
    for entry in entries:
        if entry.file_size > limits.RATIO_FROM and entry.file_size > limits.MAX_RATIO * max(1, entry.compress_size):
            raise NotASheetError(BOMB)


def refuse_strangers(archive: Archive) -> None:
    """Say clearly what a zip is that is no .xlsx."""
    if archive.has_part("xl/workbook.bin"):
        raise NotASheetError(f"这是 .xlsb 格式,{SAVE_AS}")
    if archive.has_part("word/document.xml"):
        raise NotASheetError("这是 Word 文档,不是表格。请上传 .xlsx、.xls 或 .csv")
    if archive.has_part("ppt/presentation.xml"):
        raise NotASheetError("这是演示文稿,不是表格。请上传 .xlsx、.xls 或 .csv")
    if archive.has_part("content.xml") and archive.has_part("mimetype"):
        raise NotASheetError(f"这是 OpenDocument 格式,{SAVE_AS}")
    raise NotASheetError("这是压缩包,不是表格。请解压后上传里面的 .xlsx、.xls 或 .csv")
