import django.db.models.deletion
import django_fsm
from django.db import migrations, models

import ronghe.common.calendar


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0002_structure_and_rosters"),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, verbose_name="大类")),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "大类",
                "ordering": ["order", "id"],
            },
        ),
        migrations.CreateModel(
            name="DutyList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("title", models.CharField(max_length=80, verbose_name="名称")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
                (
                    "group",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duty_list",
                        to="org.partyorg",
                        verbose_name="党小组",
                    ),
                ),
                (
                    "post",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duty_list",
                        to="org.post",
                        verbose_name="岗位",
                    ),
                ),
            ],
            options={
                "verbose_name": "责任清单",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group__isnull", False), ("post__isnull", True)),
                            models.Q(("group__isnull", True), ("post__isnull", False)),
                            _connector="OR",
                        ),
                        name="duties_list_one_owner",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("number", models.PositiveSmallIntegerField(verbose_name="版次")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("draft", "编写中"), ("issued", "已下发"), ("dropped", "已作废")],
                        default="draft",
                        max_length=8,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="修订原因")),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="自")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="至")),
                (
                    "duty_list",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="duties.dutylist"),
                ),
            ],
            options={
                "verbose_name": "责任清单版次",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("duty_list", "number"), name="duties_version_once"),
                    models.UniqueConstraint(condition=models.Q(("state", "draft")), fields=("duty_list",), name="duties_draft_once"),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("state", "issued"), _negated=True), ("valid_from__isnull", False), _connector="OR"),
                        name="duties_issued_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("what", models.CharField(max_length=300, verbose_name="具体抓什么")),
                ("how", models.CharField(max_length=300, verbose_name="怎么抓")),
                ("degree", models.CharField(max_length=300, verbose_name="抓到什么程度")),
                ("category", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="items", to="duties.category")),
                ("version", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="items", to="duties.dutyversion")),
            ],
            options={
                "verbose_name": "责任事项",
                "ordering": ["category__order", "order", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("what", ""), _negated=True),
                            models.Q(("how", ""), _negated=True),
                            models.Q(("degree", ""), _negated=True),
                        ),
                        name="duties_item_three_parts",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="category",
            name="version",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="categories", to="duties.dutyversion"),
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                (
                    "kind",
                    models.CharField(
                        choices=[("move", "调离(不再回来)"), ("absence", "离岗(到期回来)")], max_length=8, verbose_name="类别"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="自")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="至")),
                ("note", models.CharField(max_length=200, verbose_name="原因")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("planned", "未到日期"), ("running", "已移交"), ("returned", "已交回"), ("dropped", "已撤销")],
                        default="planned",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="移交人签字")),
                ("wishes", models.JSONField(default=dict, editable=False)),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="移交人"
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        help_text="没有逐项指定的,以及离岗期间新到的,都归接收人",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="接收人",
                    ),
                ),
            ],
            options={
                "verbose_name": "交接",
                "ordering": ["-starts_on", "-id"],
                "indexes": [models.Index(fields=["area", "state"], name="duties_hand_area_id_46bbc2_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("receiver")), _negated=True), name="duties_handover_two_people"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_on", None), ("kind", "move")),
                            models.Q(("ends_on__gte", models.F("starts_on")), ("kind", "absence")),
                            _connector="OR",
                        ),
                        name="duties_handover_dates",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "absence"), ("state__in", ["planned", "running"])),
                        fields=("giver",),
                        name="duties_absence_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandoverLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("registry", models.CharField(max_length=30)),
                ("key", models.CharField(max_length=80)),
                ("what", models.CharField(max_length=40, verbose_name="类别")),
                ("title", models.CharField(max_length=200, verbose_name="内容")),
                ("url", models.CharField(blank=True, max_length=300)),
                ("refused", models.CharField(blank=True, max_length=300, verbose_name="没有移交的原因")),
                ("given_on", models.DateField(verbose_name="移交日期")),
                ("returned_on", models.DateField(blank=True, null=True, verbose_name="交回日期")),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="接收人签字")),
                ("handover", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="duties.handover")),
                (
                    "receiver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="接收人",
                    ),
                ),
            ],
            options={
                "verbose_name": "交接清单",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("receiver__isnull", False), models.Q(("refused", ""), _negated=True), _connector="OR"),
                        name="duties_line_received_or_explained",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Matter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("valid_from", models.DateField(default=ronghe.common.calendar.today, verbose_name="起")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="止")),
                ("code", models.CharField(max_length=40, verbose_name="编码")),
                ("name", models.CharField(max_length=40, verbose_name="事项")),
                (
                    "flow",
                    models.CharField(
                        choices=[("business", "业务流"), ("management", "管理流"), ("supervision", "监督流")],
                        max_length=12,
                        verbose_name="流程",
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("business", "抓业务"),
                            ("party", "抓党建"),
                            ("safety", "抓安全"),
                            ("quality", "抓质量"),
                            ("integrity", "抓廉洁"),
                            ("stability", "抓稳定"),
                            ("ideology", "抓意识形态"),
                        ],
                        max_length=12,
                        verbose_name="抓什么",
                    ),
                ),
                ("order", models.PositiveIntegerField(default=0, verbose_name="次序")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
            ],
            options={
                "verbose_name": "分工事项",
                "ordering": ["order", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "code"), name="duties_matter_code_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to", None)), fields=("area", "name"), name="duties_matter_name_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("valid_from", models.DateField(default=ronghe.common.calendar.today, verbose_name="起")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "side",
                    models.CharField(
                        choices=[("administrative", "行政岗位"), ("committee", "支委职务")], max_length=14, verbose_name="以何身份"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("lead", "主管"), ("charge", "分管"), ("assist", "协办"), ("supervise", "监督")],
                        max_length=10,
                        verbose_name="方式",
                    ),
                ),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.post", verbose_name="岗位"),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holdings", to="duties.matter", verbose_name="事项"
                    ),
                ),
            ],
            options={
                "verbose_name": "分工",
                "ordering": ["matter", "id"],
                "indexes": [
                    models.Index(fields=["area", "valid_to"], name="duties_hold_area_id_77f7a2_idx"),
                    models.Index(fields=["post", "valid_to"], name="duties_hold_post_id_ff19ef_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to", None)), fields=("matter", "post", "side"), name="duties_holding_running_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("key", models.CharField(max_length=200)),
                ("rule", models.CharField(max_length=20, verbose_name="类别")),
                ("level", models.CharField(max_length=6, verbose_name="程度")),
                ("title", models.CharField(max_length=200, verbose_name="问题")),
                ("found_on", models.DateField(verbose_name="发现日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="消除日期")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="接受的理由")),
                ("accepted_on", models.DateField(blank=True, null=True, verbose_name="接受日期")),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="复核日期")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="接受人",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.post",
                        verbose_name="岗位",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="duties.matter",
                        verbose_name="事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "分工问题",
                "ordering": ["found_on", "id"],
                "indexes": [models.Index(fields=["area", "ended_on"], name="duties_find_area_id_51fe22_idx")],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("ended_on", None)), fields=("area", "key"), name="duties_finding_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_by", None), ("accepted_on", None), ("review_on", None)),
                            models.Q(
                                ("accepted_by__isnull", False),
                                ("accepted_on__isnull", False),
                                ("review_on__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="duties_finding_accepted_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatterText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(default=ronghe.common.calendar.today, verbose_name="起")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="止")),
                ("what", models.CharField(max_length=300, verbose_name="具体抓什么")),
                ("how", models.CharField(max_length=300, verbose_name="怎么抓")),
                ("degree", models.CharField(max_length=300, verbose_name="抓到什么程度")),
                ("evidence", models.CharField(max_length=200, verbose_name="以什么评价")),
                ("indicator", models.CharField(blank=True, max_length=60, verbose_name="对应指标")),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                ("matter", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="duties.matter")),
            ],
            options={
                "verbose_name": "事项内容",
                "ordering": ["valid_from", "id"],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("valid_to", None)), fields=("matter",), name="duties_text_running_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("what", ""), _negated=True),
                            models.Q(("how", ""), _negated=True),
                            models.Q(("degree", ""), _negated=True),
                        ),
                        name="duties_text_three_parts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Norm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("code", models.CharField(max_length=20, verbose_name="规则")),
                ("value", models.PositiveIntegerField(verbose_name="数值")),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
            ],
            options={
                "verbose_name": "检测口径",
                "ordering": ["code"],
                "constraints": [models.UniqueConstraint(fields=("area", "code"), name="duties_norm_once")],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(blank=True, null=True, verbose_name="签收时间")),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person")),
                (
                    "version",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="duties.dutyversion"),
                ),
            ],
            options={
                "verbose_name": "签收",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("version", "person"), name="duties_receipt_once")],
            },
        ),
        migrations.CreateModel(
            name="StandingDeputy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("valid_from", models.DateField(default=ronghe.common.calendar.today, verbose_name="起")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="止")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                (
                    "deputy",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.post", verbose_name="B 岗"),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.post", verbose_name="A 岗"),
                ),
            ],
            options={
                "verbose_name": "AB 岗",
                "ordering": ["post__order", "id"],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("valid_to", None)), fields=("post",), name="duties_deputy_running_once"),
                    models.CheckConstraint(
                        condition=models.Q(("post", models.F("deputy")), _negated=True), name="duties_deputy_another_post"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("elected_on", models.DateField(verbose_name="选举日期")),
                ("ends_on", models.DateField(verbose_name="届满日期")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="org.partyorg", verbose_name="党支部"
                    ),
                ),
            ],
            options={
                "verbose_name": "任期",
                "ordering": ["-elected_on", "-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("ends_on__gt", models.F("elected_on"))), name="duties_term_forward")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.UniqueConstraint(fields=("version", "name"), name="duties_category_once"),
        ),
    ]
