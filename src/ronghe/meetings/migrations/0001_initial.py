import django.db.models.deletion
import django_fsm
from django.db import migrations, models

import ronghe.common.calendar


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("org", "0002_structure_and_rosters"),
    ]

    operations = [
        migrations.CreateModel(
            name="Kind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("valid_from", models.DateField(default=ronghe.common.calendar.today, verbose_name="起")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="止")),
                ("code", models.CharField(max_length=20, verbose_name="代码")),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                ("name", models.CharField(max_length=30, verbose_name="名称")),
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("committee", "支委会成员"),
                            ("leaders", "班子成员"),
                            ("branch", "全体党员"),
                            ("group", "党小组党员"),
                            ("unit", "班站员工"),
                        ],
                        max_length=10,
                        verbose_name="谁参加",
                    ),
                ),
                ("presiders", models.JSONField(default=list, verbose_name="主持人岗位")),
                (
                    "norm",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "按需"),
                            ("week", "每周"),
                            ("month", "每月"),
                            ("quarter", "每季度"),
                            ("half", "每半年"),
                            ("year", "每年"),
                        ],
                        max_length=8,
                        verbose_name="多久一次",
                    ),
                ),
                ("times", models.PositiveSmallIntegerField(default=1, verbose_name="每期次数")),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
                ("by_name", models.BooleanField(default=False, verbose_name="逐人记录意见和表决")),
                ("head_last", models.BooleanField(default=False, verbose_name="主要负责人末位表态")),
                ("in_room", models.BooleanField(default=False, verbose_name="允许临时动议")),
                ("materials_days", models.PositiveSmallIntegerField(default=0, verbose_name="材料提前几天送达")),
                ("counts", models.BooleanField(default=False, verbose_name="计入组织生活开展情况")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="顺序")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="修订原因")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
            ],
            options={
                "verbose_name": "会议类别",
                "ordering": ["order", "code", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "code", "number"), name="meetings_kind_edition_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to", None)), fields=("area", "code"), name="meetings_kind_open_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("kind_code", models.CharField(editable=False, max_length=20)),
                ("title", models.CharField(max_length=120, verbose_name="名称")),
                ("number", models.PositiveSmallIntegerField(default=0, verbose_name="第几次")),
                ("held_on", models.DateField(verbose_name="开会日期")),
                ("held_at", models.TimeField(blank=True, null=True, verbose_name="开会时间")),
                ("place", models.CharField(blank=True, max_length=60, verbose_name="地点")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("planned", "已计划"),
                            ("noticed", "已通知"),
                            ("open", "进行中"),
                            ("closed", "待确认纪要"),
                            ("locked", "纪要已锁定"),
                            ("cancelled", "已取消"),
                        ],
                        default="planned",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("noticed_at", models.DateTimeField(blank=True, null=True, verbose_name="通知时间")),
                ("short_notice", models.CharField(blank=True, max_length=200, verbose_name="紧急召开的理由")),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="开始时间")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                ("minutes", models.TextField(blank=True, max_length=20000, verbose_name="会议纪要")),
                ("presider_confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="主持人确认")),
                ("recorder_confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="记录人确认")),
                ("digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("cancel_reason", models.CharField(blank=True, max_length=200, verbose_name="取消原因")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="meetings.kind", verbose_name="类别"
                    ),
                ),
                (
                    "party_org",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.partyorg",
                        verbose_name="党组织",
                    ),
                ),
                (
                    "presider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="主持人"
                    ),
                ),
                (
                    "recorder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="记录人"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="单位"),
                ),
            ],
            options={
                "verbose_name": "会议",
                "ordering": ["-held_on", "-id"],
                "indexes": [
                    models.Index(fields=["area", "state", "held_on"], name="meetings_me_area_id_761d32_idx"),
                    models.Index(fields=["unit", "kind_code", "held_on"], name="meetings_me_unit_id_e93f2b_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("presider", models.F("recorder")), _negated=True), name="meetings_two_people"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "locked"), _negated=True),
                            models.Q(("presider_confirmed_at__isnull", False), ("recorder_confirmed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="meetings_locked_by_two",
                    ),
                    models.UniqueConstraint(condition=models.Q(("number__gt", 0)), fields=("area", "title"), name="meetings_title_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("kind_code", models.CharField(max_length=20, verbose_name="上什么会")),
                ("title", models.CharField(max_length=120, verbose_name="议题")),
                (
                    "matter_class",
                    models.CharField(
                        choices=[("ordinary", "一般事项"), ("personnel", "人事事项"), ("major", "重大事项"), ("info", "通报学习")],
                        default="ordinary",
                        max_length=10,
                        verbose_name="事项类别",
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=4000, verbose_name="情况说明")),
                ("proposal", models.TextField(blank=True, max_length=2000, verbose_name="拟决议")),
                ("wanted_by", models.DateField(blank=True, null=True, verbose_name="希望在何时前上会")),
                ("origin_id", models.BigIntegerField(blank=True, null=True)),
                ("origin_name", models.CharField(blank=True, max_length=200, verbose_name="来源")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="顺序")),
                ("in_room", models.BooleanField(default=False, verbose_name="临时动议")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("waiting", "待上会"),
                            ("listed", "已列入议程"),
                            ("open", "审议中"),
                            ("voting", "表决中"),
                            ("passed", "通过"),
                            ("rejected", "未通过"),
                            ("noted", "已通报学习"),
                            ("deferred", "暂缓"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="waiting",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        blank=True,
                        choices=[("oral", "口头"), ("hands", "举手"), ("secret", "无记名")],
                        max_length=8,
                        verbose_name="表决方式",
                    ),
                ),
                ("on_paper", models.BooleanField(default=False, verbose_name="纸质票")),
                ("tellers", models.CharField(blank=True, max_length=60, verbose_name="监票、计票")),
                ("entitled", models.PositiveSmallIntegerField(default=0, verbose_name="应到")),
                ("present", models.PositiveSmallIntegerField(default=0, verbose_name="实到")),
                ("recused", models.PositiveSmallIntegerField(default=0, verbose_name="回避(到会)")),
                ("recused_away", models.PositiveSmallIntegerField(default=0, verbose_name="回避(未到会)")),
                ("yes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="同意")),
                ("no", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="不同意")),
                ("abstain", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="弃权")),
                ("because", models.CharField(blank=True, max_length=400, verbose_name="计票说明")),
                ("resolution", models.TextField(blank=True, max_length=2000, verbose_name="决议")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="决议时间")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
                (
                    "origin_type",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="提出人"
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="汇报人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="单位"),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="meetings.meeting",
                        verbose_name="会议",
                    ),
                ),
            ],
            options={
                "verbose_name": "议题",
                "ordering": ["position", "id"],
                "indexes": [
                    models.Index(fields=["area", "state"], name="meetings_it_area_id_e04c01_idx"),
                    models.Index(fields=["origin_type", "origin_id"], name="meetings_it_origin__364cfb_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "withdrawn"]), ("meeting__isnull", False), _connector="OR"),
                        name="meetings_item_has_a_meeting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["passed", "rejected"]), _negated=True),
                            models.Q(
                                ("abstain__isnull", False),
                                ("decided_at__isnull", False),
                                ("no__isnull", False),
                                ("present__gt", 0),
                                ("yes__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="meetings_item_decided_by_votes",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("origin_id__isnull", False), ("state__in", ["waiting", "listed", "open", "voting"])),
                        fields=("kind_code", "origin_type", "origin_id"),
                        name="meetings_origin_live_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=1000, verbose_name="更正内容")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="登记人"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="meetings.meeting"),
                ),
            ],
            options={
                "verbose_name": "更正",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Attendee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("votes", models.BooleanField(default=True, verbose_name="有表决权")),
                ("guest", models.BooleanField(default=False, verbose_name="列席")),
                (
                    "state",
                    models.CharField(
                        choices=[("expected", "应到"), ("present", "出席"), ("leave", "请假"), ("absent", "缺席")],
                        default="expected",
                        max_length=10,
                        verbose_name="出席情况",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="事由")),
                ("place", models.PositiveSmallIntegerField(default=0)),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="人员"),
                ),
                (
                    "meeting",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="attendees", to="meetings.meeting"),
                ),
            ],
            options={
                "verbose_name": "出席",
                "ordering": ["guest", "place", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "person"), name="meetings_attendee_once"),
                    models.CheckConstraint(
                        condition=models.Q(("guest", False), ("votes", False), _connector="OR"), name="meetings_guest_without_vote"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuorumRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "matter_class",
                    models.CharField(
                        choices=[("ordinary", "一般事项"), ("personnel", "人事事项"), ("major", "重大事项")],
                        max_length=10,
                        verbose_name="事项",
                    ),
                ),
                ("attend_numerator", models.PositiveSmallIntegerField(default=1, verbose_name="到会:分子")),
                ("attend_denominator", models.PositiveSmallIntegerField(default=2, verbose_name="到会:分母")),
                ("attend_strict", models.BooleanField(default=True, verbose_name="到会:须超过")),
                ("pass_numerator", models.PositiveSmallIntegerField(default=1, verbose_name="通过:分子")),
                ("pass_denominator", models.PositiveSmallIntegerField(default=2, verbose_name="通过:分母")),
                ("pass_strict", models.BooleanField(default=True, verbose_name="通过:须超过")),
                (
                    "base",
                    models.CharField(
                        choices=[("entitled", "应到有表决权的"), ("present", "到会有表决权的")],
                        default="present",
                        max_length=10,
                        verbose_name="通过的基数",
                    ),
                ),
                (
                    "recusal",
                    models.CharField(
                        choices=[("stay", "仍计入应到,不计入到会"), ("leave", "不计入应到和到会")],
                        default="stay",
                        max_length=6,
                        verbose_name="回避的人",
                    ),
                ),
                ("forms", models.JSONField(default=list, verbose_name="表决方式")),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
                ("kind", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="quorums", to="meetings.kind")),
            ],
            options={
                "verbose_name": "法定人数",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "matter_class"), name="meetings_quorum_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("attend_numerator__gte", 1),
                            ("pass_numerator__gte", 1),
                            ("attend_denominator__gte", models.F("attend_numerator")),
                            ("pass_denominator__gte", models.F("pass_numerator")),
                        ),
                        name="meetings_quorum_is_a_share",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("reason", models.CharField(max_length=200, verbose_name="回避事由")),
                ("item", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="recusals", to="meetings.item")),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="登记人"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="回避人"
                    ),
                ),
            ],
            options={
                "verbose_name": "回避",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("item", "person"), name="meetings_recusal_once")],
            },
        ),
        migrations.CreateModel(
            name="Urgent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("kind_code", models.CharField(max_length=20, verbose_name="由什么会追认")),
                ("title", models.CharField(max_length=110, verbose_name="事项")),
                ("text", models.TextField(max_length=2000, verbose_name="决定内容")),
                ("reason", models.CharField(max_length=500, verbose_name="为什么等不到开会")),
                ("consulted", models.CharField(max_length=300, verbose_name="征求了谁的意见")),
                ("decided_on", models.DateField(verbose_name="决定日期")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("open", "待追认"), ("ratified", "已追认"), ("refused", "未予追认")],
                        default="open",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="追认日期")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="决定人"
                    ),
                ),
            ],
            options={
                "verbose_name": "紧急决定",
                "ordering": ["-decided_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state", "open"), ("settled_on__isnull", False), _connector="XOR"),
                        name="meetings_urgent_settled_or_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Urn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=32, unique=True)),
                ("sealed", models.BinaryField()),
                ("closed", models.BooleanField(default=False)),
                ("item", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="urn", to="meetings.item")),
            ],
            options={
                "verbose_name": "票箱",
            },
        ),
        migrations.CreateModel(
            name="Voice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("text", models.CharField(max_length=1000, verbose_name="意见")),
                (
                    "vote",
                    models.CharField(
                        blank=True, choices=[("yes", "同意"), ("no", "不同意"), ("abstain", "弃权")], max_length=8, verbose_name="表决"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(default=0, verbose_name="发言次序")),
                ("item", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="voices", to="meetings.item")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="发言人"
                    ),
                ),
            ],
            options={
                "verbose_name": "意见",
                "ordering": ["place", "id"],
                "constraints": [models.UniqueConstraint(fields=("item", "person"), name="meetings_voice_once")],
            },
        ),
        migrations.CreateModel(
            name="Voted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="voted", to="meetings.item")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person")),
            ],
            options={
                "verbose_name": "已投票",
                "constraints": [models.UniqueConstraint(fields=("item", "person"), name="meetings_voted_once")],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("text", models.CharField(max_length=300, verbose_name="落实事项")),
                ("due", models.DateField(verbose_name="期限")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                ("result", models.CharField(blank=True, max_length=500, verbose_name="落实情况")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="责任人"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="单位"),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="meetings.item", verbose_name="议题"
                    ),
                ),
            ],
            options={
                "verbose_name": "决议落实",
                "ordering": ["due", "id"],
                "indexes": [models.Index(fields=["area", "done_on", "due"], name="meetings_as_area_id_0f80ab_idx")],
            },
        ),
    ]
