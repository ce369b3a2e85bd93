"""The zip of a folder or pack: its pieces, an index to read (HTML, Excel, PDF) and 清单.json, the list of digests, with its signature."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from django.utils.translation import gettext as _

from ronghe.common.crypto import current
from ronghe.common.crypto.suites import WrongKey, is_digest_of, suite_of_digest

LIST, SIGNATURE = "清单.json", "清单.sig"
INDEX = ("索引.html", "索引.xlsx", "索引.pdf")
CHUNK = 1024 * 1024


def write_list(entries: Mapping[str, str], facts: Mapping[str, object]) -> bytes:
    """Return 清单.json: what the zip is, and path → digest."""
    return json.dumps({**facts, "files": dict(entries)}, ensure_ascii=False, sort_keys=True, indent=1).encode()


def check_zip(
    path: Path, *, digest: str = "", pieces: Mapping[str, str] | None = None, keys: current.PublicKeys | None = None
) -> list[str]:
    """Return what is wrong with a zip: against its own signed list, and against the database's digests where they are given."""
    if not path.is_file():
        return [_("文件不在了:%(name)s") % {"name": path.name}]
    try:
        with zipfile.ZipFile(path) as bundle:
            raw, signature = bundle.read(LIST), bundle.read(SIGNATURE).decode()
            faults = check_signature(raw, signature, keys)
            listed = {str(name): str(one) for name, one in json.loads(raw)["files"].items()}
            faults += compare(bundle, listed)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as problem:
        return [_("打不开,或不是本系统生成的:%(problem)s") % {"problem": type(problem).__name__}]
    if digest and not is_digest_of(digest, raw):
        faults.append(_("清单与数据库里的摘要不符"))
    faults += [_("%(name)s:与数据库里的摘要不符") % {"name": name} for name, one in (pieces or {}).items() if listed.get(name) != one]
    return faults


def check_signature(raw: bytes, signature: str, keys: current.PublicKeys | None) -> list[str]:
    try:
        (keys or current.public_keys()).check(raw, signature)
    except WrongKey:
        return [_("清单不是本系统所签,或被改动")]
    return []


def compare(bundle: zipfile.ZipFile, listed: Mapping[str, str]) -> list[str]:
    """Read every file and compare it with the list."""
    names = set(bundle.namelist()) - {LIST, SIGNATURE}
    faults = [_("%(name)s:缺失") % {"name": name} for name in sorted(listed.keys() - names)]
    faults += [_("%(name)s:清单里没有") % {"name": name} for name in sorted(names - listed.keys())]
    for name in sorted(names & listed.keys()):
        data = bundle.read(name)
        made = suite_of_digest(listed[name])
        if made.digest_tag + made.hash(data).hex() != listed[name]:
            faults.append(_("%(name)s:内容被改动") % {"name": name})
    return faults
