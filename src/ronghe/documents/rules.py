"""What may be attached: decided by the content of the file, never by its name."""

import re

ALLOWED = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.ms-excel": "xls",
    "application/msword": "doc",
    "text/csv": "csv",
    "text/plain": "txt",
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def detect_media_type(data: bytes, name: str) -> str | None:
    """Return the media type told by the content, or None where it is none that may be attached.

    Old Office files share one container, so there the name decides between doc and xls; plain text must be UTF-8 or GB18030.
    """
    import filetype  # noqa: PLC0415

    if data.startswith(OLE):
        return "application/vnd.ms-excel" if name.lower().endswith((".xls", ".et")) else "application/msword"
    kind = filetype.guess_mime(data)
    if kind in ALLOWED:
        return kind
    if kind is not None or b"\x00" in data[:4096] or re.match(rb"\s*<", data[:200]):
        return None  # something else, or markup that a browser might run
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "text/csv" if name.lower().endswith(".csv") else "text/plain"
    return None


def clean_name(name: str) -> str:
    """Return a file name without path, control and reserved characters, at most 120 characters long."""
    last = re.split(r"[\\/]", name)[-1]
    plain = re.sub(r'[\x00-\x1f\x7f<>:"|?*\u202a-\u202e\u2066-\u2069]', "", last).strip(" .")
    if not plain:
        return "附件"
    stem, dot, end = plain.rpartition(".")
    return plain[:120] if not dot else f"{stem[: 119 - len(end)]}.{end}"
