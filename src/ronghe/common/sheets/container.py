"""What kind of file the bytes are, by their content: a name ending in .xls proves nothing."""

import struct
from typing import Final, Literal

Kind = Literal["xlsx", "xls", "csv"]

OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# of an OLE file: what ends a chain, what is no sector, and the sizes at which small streams have a table of their own
END_OF_CHAIN: Final = 0xFFFFFFFE
NO_SECTOR: Final = 0xFFFFFFFC
FIRST_RESERVED: Final = 0xFFFFFFFA
SECTOR: Final = 512
SMALL_SECTOR: Final = 64
SMALL_STREAM: Final = 4096
SAVE_AS: Final = "请用 WPS 或 Excel 打开后另存为 .xlsx 再传"
MAGICS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF", "这是 PDF 文件,不是表格。请上传 .xlsx、.xls 或 .csv"),
    (b"\x89PNG", "这是图片,不是表格。请上传 .xlsx、.xls 或 .csv"),
    (b"\xff\xd8\xff", "这是图片,不是表格。请上传 .xlsx、.xls 或 .csv"),
    (b"GIF8", "这是图片,不是表格。请上传 .xlsx、.xls 或 .csv"),
    (b"BM", "这是图片,不是表格。请上传 .xlsx、.xls 或 .csv"),
    (b"RIFF", "这是图片或影音,不是表格。请上传 .xlsx、.xls 或 .csv"),
    (b"Rar!", "这是压缩包,请解压后上传里面的表格"),
    (b"7z\xbc\xaf", "这是压缩包,请解压后上传里面的表格"),
    (b"\x1f\x8b", "这是压缩包,请解压后上传里面的表格"),
    (b"{\\rtf", "这是文字文档,不是表格。请上传 .xlsx、.xls 或 .csv"),
    (b"MZ", "这是程序文件,不是表格。请上传 .xlsx、.xls 或 .csv"),
    (b"\x7fELF", "这是程序文件,不是表格。请上传 .xlsx、.xls 或 .csv"),
)
OLD_BIFF: Final = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")


class NotASheetError(Exception):
    """The file is not a sheet that can be read; the text is a Chinese message for its sender."""


def find_kind(data: bytes) -> Kind:
    """Tell xlsx, xls and delimited text apart. NotASheetError with a clear message for everything else."""
    if not data.strip(b"\x00 \t\r\n"):
        raise NotASheetError("文件是空的,请检查后重新上传")
    if data.startswith(OLE_MAGIC):
        return "xls"
    if data.startswith(b"PK\x03\x04"):
        return "xlsx"
    if data.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        raise NotASheetError("文件是空的压缩包,不是表格。请上传 .xlsx、.xls 或 .csv")
    if data.startswith(OLD_BIFF):
        raise NotASheetError(f"这是很老的 Excel 格式,{SAVE_AS}")
    for magic, message in MAGICS:
        if data.startswith(magic):
            raise NotASheetError(message)
    refuse_markup(data)
    return "csv"


def refuse_markup(data: bytes) -> None:
    """Refuse web pages and XML, which some systems export under the name .xls."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").replace(b"\x00", b"").lower()
    if not start.startswith(b"<"):
        return
    if b"mso-application" in start or b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise NotASheetError(f"这是 XML 表格(2003),{SAVE_AS}")
    raise NotASheetError(f"这其实是网页(HTML)文件,不是真正的表格,{SAVE_AS}")


def find_streams(data: bytes) -> dict[str, tuple[int, int]]:
    """Give the streams of an OLE file by name: (first sector, size). NotASheetError where its directory is broken."""
    try:
        return walk_directory(data)
    except (struct.error, IndexError, ValueError):
        raise NotASheetError(f"文件已损坏,无法读取,{SAVE_AS}") from None


def walk_directory(data: bytes) -> dict[str, tuple[int, int]]:
    """Read the directory of an OLE file. struct.error, IndexError or ValueError on broken bytes."""
    content = read_chain(data, struct.unpack_from("<I", data, 48)[0])
    streams: dict[str, tuple[int, int]] = {}
    for start in range(0, len(content) - 127, 128):
        entry = content[start : start + 128]
        length = struct.unpack_from("<H", entry, 64)[0]
        if entry[66] not in (1, 2, 5) or not 2 <= length <= 64:
            continue
        name = entry[: length - 2].decode("utf-16-le", "replace")
        streams[name] = struct.unpack_from("<II", entry, 116)
    return streams


def read_table(data: bytes) -> list[int]:
    """Give the sector table (FAT) of an OLE file."""
    size = sector_size(data)
    places = list(struct.unpack_from("<109I", data, 76))
    extra, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // size)):
        if extra >= 0xFFFFFFF0:
            break
        block = struct.unpack_from(f"<{size // 4}I", data, (extra + 1) * size)
        places.extend(block[:-1])
        extra = block[-1]
    table: list[int] = []
    for place in places:
        if place >= 0xFFFFFFF0 or (place + 2) * size > len(data) + size:
            continue
        block_bytes = data[(place + 1) * size : (place + 2) * size].ljust(size, b"\xff")
        table.extend(struct.unpack(f"<{size // 4}I", block_bytes))
        if len(table) * size > 2 * len(data) + 4 * size * size:
            break
    return table


def sector_size(data: bytes) -> int:
    """Give the sector size of an OLE file: 512 or 4096. ValueError on another."""
    shift: int = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise ValueError(shift)
    return 1 << shift


def read_chain(data: bytes, first: int) -> bytes:
    """Give the bytes of one chain of sectors; a loop or a hole ends it."""
    size, table = sector_size(data), read_table(data)
    parts: list[bytes] = []
    seen: set[int] = set()
    while first < len(table) and first not in seen:
        seen.add(first)
        parts.append(data[(first + 1) * size : (first + 2) * size])
        first = table[first]
    return b"".join(parts)


def check_chains(data: bytes) -> None:
    """Refuse an OLE file in which a chain of sectors goes in a circle or leaves the file, or a size is larger than the file.

    calamine trusts all of them: it reserves what a size says and follows a circle until no memory is left, which ends the process.
    """
    try:
        walk_chains(data)
    except (struct.error, IndexError, ValueError):
        raise NotASheetError(f"文件已损坏,无法读取,{SAVE_AS}") from None


def walk_chains(data: bytes) -> None:
    """Walk every chain once. struct.error, IndexError or ValueError where one is broken."""
    size = sector_size(data)
    directory_sectors, table_sectors, first = struct.unpack_from("<3I", data, 40)
    first_small, small_sectors = struct.unpack_from("<2I", data, 60)
    if max(directory_sectors, table_sectors, small_sectors) * size > len(data):
        raise ValueError("more sectors than the file has")
    table = [number for place in list_table_sectors(data, size) for number in read_sector(data, place, size)]
    directory = b"".join(data[(place + 1) * size : (place + 2) * size] for place in follow_chain(table, first, len(data) // size))
    small = [number for place in follow_chain(table, first_small, len(data) // size) for number in read_sector(data, place, size)]
    for start in range(0, len(directory) - 127, 128):
        first, length = struct.unpack_from("<IQ" if size > SECTOR else "<II", directory, start + 116)
        if directory[start + 66] == 0 or (length == 0 and start and first in (0, END_OF_CHAIN)):
            continue
        if length > len(data):
            raise ValueError("a stream longer than the file")
        if start and length < SMALL_STREAM:
            follow_chain(small, first, len(data) // SMALL_SECTOR)
        else:
            follow_chain(table, first, len(data) // size)


def follow_chain(table: list[int], first: int, most: int) -> list[int]:
    """Give the sectors of one chain. ValueError where it goes in a circle, leaves the file or does not end as it must."""
    found: list[int] = []
    while first != END_OF_CHAIN:
        if first >= min(len(table), most) or len(found) >= most:
            raise ValueError(first)
        found.append(first)
        first = table[first]
    return found


def list_table_sectors(data: bytes, size: int) -> list[int]:
    """Give the sectors of the sector table: 109 from the header, the others from their own chain."""
    places = list(struct.unpack_from("<109I", data, 76))
    extra: int = struct.unpack_from("<I", data, 68)[0]
    walked = 0
    while extra < FIRST_RESERVED:
        walked += 1
        if walked * size > len(data):
            raise ValueError("a chain longer than the file")
        places.extend(read_sector(data, extra, size))
        extra = places.pop()
    return [place for place in places if place < NO_SECTOR]


def read_sector(data: bytes, place: int, size: int) -> tuple[int, ...]:
    """Give one sector as numbers; the last of a file may be cut. ValueError outside of the file."""
    if (place + 1) * size >= len(data):
        raise ValueError(place)
    return struct.unpack(f"<{size // 4}I", data[(place + 1) * size : (place + 2) * size].ljust(size, b"\xff"))
