"""`ronghe audit verify` finds every way of changing the past, and says where."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from ronghe.audit.actions import save_checkpoint
from ronghe.audit.checkpoints import file_of, public_key_hex
from ronghe.audit.models import Chain, Entry
from ronghe.audit.rules import compute_digest
from ronghe.audit.verification import verify_all
from ronghe.common.calendar import now
from ronghe.common.crypto.current import parse_public_keys

FIELDS = ("actor_id", "actor_name", "verb", "label", "object_id", "object_name", "note", "changes")


def faults():
    return "\n".join(verify_all().faults)


def recompute(chain, first):
    """Do what a clever forger does: recompute every digest from an entry on, and the chain's head."""
    previous = Entry.objects.get(chain=chain, number=first - 1).digest if first > 1 else ""
    with connection.cursor() as cursor:
        for entry in Entry.objects.filter(chain=chain, number__gte=first).order_by("number"):
            values = {name: getattr(entry, name) for name in FIELDS}
            values |= {"chain": chain.code, "number": entry.number, "at": entry.at, "previous": previous}
            digest = compute_digest(values)
            cursor.execute("update audit_entry set previous = %s, digest = %s where id = %s", [previous, digest, entry.pk])
            previous = digest
        last = Entry.objects.filter(chain=chain).order_by("-number").first()
        cursor.execute("update audit_chain set head = %s, length = %s where id = %s", [last.digest, last.number, chain.pk])


def test_sound_chain(chain):
    report = verify_all()
    assert report.faults == []
    assert report.entries == 12
    assert report.chains["outside"].assured == 10


def test_edited(chain, tamper):
    tamper("update audit_entry set note = %s where number = 5", "别的说法")
    assert "链 outside:第 5 条内容与摘要不符" in faults()


def test_edited_time(chain, tamper):
    tamper("update audit_entry set at = %s where number = 5", now() - timedelta(days=30))
    assert "第 5 条内容与摘要不符" in faults()
    assert "第 5 条的时间" in faults()


def test_edited_change(chain, tamper):
    tamper("update audit_entry set changes = %s where number = 5", '{"value": [5, "60"], "备注": ["", "改"]}')
    assert "第 5 条内容与摘要不符" in faults()


def test_deleted(chain, tamper):
    tamper("delete from audit_entry where number = 6")
    assert "第 6 条缺失" in faults()


def test_deleted_and_renumbered(chain, tamper):
    tamper("delete from audit_entry where number = 6")
    for number in range(7, 13):
        tamper("update audit_entry set number = %s where number = %s", number - 1, number)
    recompute(chain, 6)
    tamper("update audit_chain set length = 11")
    assert "第 10 条与当时签名的检查点不符" in faults()


def test_swapped(chain, tamper):
    tamper("update audit_entry set number = 99 where number = 4")
    tamper("update audit_entry set number = 4 where number = 5")
    tamper("update audit_entry set number = 5 where number = 99")
    assert "第 4 条接不上前一条" in faults()


def test_truncated_at_start(chain, tamper):
    tamper("delete from audit_entry where number <= 3")
    assert "第 1–3 条缺失" in faults()


def test_truncated_at_end(chain, tamper):
    tamper("delete from audit_entry where number >= 9")
    assert "第 9–12 条缺失(末尾被截去)" in faults()


def test_truncated_at_end_with_head_moved(chain, tamper):
    tamper("delete from audit_entry where number >= 9")
    tamper("update audit_chain set length = 8, checked = 8, head = (select digest from audit_entry where number = 8)")
    assert "检查点签到第 10 条,数据库里只到第 8 条" in faults()


def test_inserted_with_old_date(chain, tamper):
    last = Entry.objects.get(number=12)
    values = {name: getattr(last, name) for name in FIELDS} | {"chain": "outside", "number": 13, "previous": last.digest}
    values["at"] = now() - timedelta(days=90)
    Entry(**{**values, "chain": chain}, digest=compute_digest(values)).save()
    tamper("update audit_chain set length = 13, head = (select digest from audit_entry where number = 13)")
    assert "第 13 条的时间" in faults()


def test_inserted_past_the_head(chain):
    last = Entry.objects.get(number=12)
    values = {name: getattr(last, name) for name in FIELDS} | {"chain": "outside", "number": 13, "previous": last.digest, "at": now()}
    Entry(**{**values, "chain": chain}, digest=compute_digest(values)).save()
    assert "第 13 条超出链头所记的长度" in faults()


def test_whole_chain_recomputed(chain, tamper):
    tamper("update audit_entry set note = %s where number = 2", "没有这回事")
    recompute(chain, 2)
    assert faults().splitlines() == ["链 outside:第 10 条与当时签名的检查点不符(此前的记录被整段重算)"]


def test_whole_chain_gone(chain, tamper):
    tamper("delete from audit_entry")
    tamper("delete from audit_chain")
    assert "链 outside:检查点记有 10 条,数据库里整条链不见了" in faults()


def test_checkpoint_file_gone(chain):
    file_of("outside").unlink()
    assert "检查点文件只到第 0 条,应到第 10 条" in faults()


def test_checkpoint_line_taken_out(chain):
    for number in (11, 12):
        save_checkpoint("outside", number, Entry.objects.get(number=number).digest, now())
    lines = file_of("outside").read_bytes().splitlines(keepends=True)
    file_of("outside").write_bytes(lines[0] + lines[2])
    assert "检查点文件第 2 行之前缺行" in faults()


def test_checkpoint_forged(chain):
    text = file_of("outside").read_text()
    file_of("outside").write_text(text.replace('"number": 10', '"number": 12'))
    assert "第 1 行不是本系统所签" in faults()


def test_signed_by_another_key(chain, settings, tmp_path):
    kept = public_key_hex()
    settings.RONGHE_KEYS = tmp_path / "a thief's keys"
    assert verify_all(parse_public_keys(kept)).is_sound
    assert "不是本系统所签" in faults()


def test_command_says_and_exits(chain, tamper, capsys):
    call_command("audit", "verify")
    assert "共 12 条" in capsys.readouterr().out
    tamper("update audit_entry set verb = %s where number = 3", "删除")
    with pytest.raises(SystemExit) as stop:
        call_command("audit", "verify")
    assert stop.value.code == 1
    assert "第 3 条内容与摘要不符" in capsys.readouterr().out


def test_writing_goes_on_meanwhile(chain):
    from django.db import transaction

    from ronghe.audit.actions import record
    from ronghe.audit.verification import verify_chain

    seen = Chain.objects.get()
    with transaction.atomic():
        record(by=None, verb="后来")
    assert verify_chain(seen, []).faults == ["链 outside:检查点文件只到第 0 条,应到第 10 条(检查点被删,或没有写成)"]
