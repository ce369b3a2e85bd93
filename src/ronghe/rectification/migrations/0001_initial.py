import django.db.models.deletion
import django_fsm
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("org", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("number", models.CharField(max_length=20, verbose_name="编号")),
                ("source", models.CharField(max_length=20, verbose_name="来源")),
                ("source_name", models.CharField(max_length=30, verbose_name="来源")),
                ("title", models.CharField(max_length=120, verbose_name="标题")),
                ("problem", models.TextField(max_length=2000, verbose_name="问题")),
                ("cause", models.TextField(blank=True, max_length=2000, verbose_name="原因")),
                ("key", models.CharField(blank=True, editable=False, max_length=120, verbose_name="问题标识")),
                ("opened_on", models.DateField(verbose_name="提出日期")),
                ("due", models.DateField(verbose_name="整改期限")),
                ("watch_days", models.PositiveSmallIntegerField(verbose_name="观察期(天)")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("open", "待制定方案"),
                            ("curing", "整改中"),
                            ("proving", "待验证"),
                            ("returned", "已退回"),
                            ("recurred", "重复发生"),
                            ("closed", "已销号"),
                            ("void", "不成立"),
                        ],
                        default="open",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("step_due", models.DateField(blank=True, null=True, verbose_name="本步期限")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="第几次整改")),
                ("returns", models.PositiveSmallIntegerField(default=0, verbose_name="退回次数")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="办结人",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="现由",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="提出人"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="责任人"
                    ),
                ),
                (
                    "party_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.partyorg",
                        verbose_name="党小组",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectification_items",
                        to="org.unit",
                        verbose_name="责任单位",
                    ),
                ),
                (
                    "verifier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="验证人"
                    ),
                ),
            ],
            options={
                "verbose_name": "整改项",
                "ordering": [models.OrderBy(models.F("step_due"), nulls_last=True), "-id"],
                "indexes": [
                    models.Index(fields=["area", "state", "step_due"], name="rectificati_area_id_be1d7d_idx"),
                    models.Index(fields=["unit", "state"], name="rectificati_unit_id_7d8554_idx"),
                    models.Index(fields=["holder", "step_due"], name="rectificati_holder__85cc19_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "number"), name="rectification_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ("open", "curing", "proving", "returned", "recurred")), models.Q(("key", ""), _negated=True)
                        ),
                        fields=("area", "unit", "key"),
                        name="rectification_problem_live_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("owner", models.F("verifier")), _negated=True), name="rectification_two_people"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on__isnull", True),
                                ("holder__isnull", False),
                                ("state__in", ("open", "curing", "proving", "returned", "recurred")),
                                ("step_due__isnull", False),
                            ),
                            models.Q(
                                ("ended_by__isnull", False),
                                ("ended_on__isnull", False),
                                ("holder__isnull", True),
                                ("state__in", ("closed", "void")),
                                ("step_due__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="rectification_held_or_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("text", models.CharField(max_length=300, verbose_name="措施")),
                ("due", models.DateField(verbose_name="期限")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="完成登记",
                    ),
                ),
                ("item", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="measures", to="rectification.item")),
                (
                    "responsible",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="落实人"
                    ),
                ),
            ],
            options={
                "verbose_name": "整改措施",
                "ordering": ["round", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_by__isnull", True), ("done_on__isnull", True)),
                            models.Q(("done_by__isnull", False), ("done_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="rectification_measure_done_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NumberRange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("area", "year"), name="rectification_range_once")],
            },
        ),
        migrations.CreateModel(
            name="Occurrence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("source_name", models.CharField(max_length=30, verbose_name="来源")),
                ("origin_id", models.BigIntegerField(null=True)),
                ("origin_name", models.CharField(blank=True, max_length=200, verbose_name="出处")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="说明")),
                ("found_at", models.DateTimeField(verbose_name="时间")),
                (
                    "found_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="提出人"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="occurrences", to="rectification.item"),
                ),
                (
                    "origin_type",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "verbose_name": "问题出处",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["origin_type", "origin_id"], name="rectificati_origin__487428_idx")],
            },
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("text", models.TextField(max_length=2000, verbose_name="整改情况")),
                ("filed_at", models.DateTimeField(verbose_name="提交时间")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("pending", "待验证"), ("accepted", "验证通过"), ("returned", "退回"), ("dropped", "不再需要")],
                        default="pending",
                        max_length=10,
                        verbose_name="结论",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="验证时间")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="意见")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="验证人",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="提交人"
                    ),
                ),
                ("item", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to="rectification.item")),
            ],
            options={
                "verbose_name": "整改证明",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("verdict", "pending")), fields=("item",), name="rectification_proof_pending_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True), models.Q(("decided_by", models.F("filed_by")), _negated=True), _connector="OR"
                        ),
                        name="rectification_proof_second_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("kind", models.CharField(choices=[("move", "延期"), ("void", "认定不成立")], max_length=10, verbose_name="类别")),
                ("reason", models.CharField(max_length=500, verbose_name="理由")),
                ("old_due", models.DateField(blank=True, null=True, verbose_name="原期限")),
                ("new_due", models.DateField(blank=True, null=True, verbose_name="新期限")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("asked", "待批准"), ("approved", "已批准"), ("declined", "未批准"), ("dropped", "不再需要")],
                        default="asked",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="申请时间")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="办理时间")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="意见")),
                (
                    "approver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="批准人"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="申请人"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="办理人",
                    ),
                ),
                ("item", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="rectification.item")),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="rectification.measure",
                        verbose_name="措施",
                    ),
                ),
            ],
            options={
                "verbose_name": "整改申请",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")), fields=("item", "kind"), name="rectification_request_asked_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True), models.Q(("decided_by", models.F("asked_by")), _negated=True), _connector="OR"
                        ),
                        name="rectification_request_second_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("code", models.CharField(max_length=20, verbose_name="代码")),
                ("name", models.CharField(max_length=30, verbose_name="名称")),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                ("cure_days", models.PositiveSmallIntegerField(default=30, verbose_name="整改期限(天)")),
                ("plan_days", models.PositiveSmallIntegerField(default=3, verbose_name="制定方案(工作日)")),
                ("verify_days", models.PositiveSmallIntegerField(default=3, verbose_name="验证(工作日)")),
                ("redo_days", models.PositiveSmallIntegerField(default=5, verbose_name="退回后重做(工作日)")),
                ("watch_days", models.PositiveSmallIntegerField(default=90, verbose_name="观察期(天)")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
            ],
            options={
                "verbose_name": "整改来源",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("area", "code"), name="rectification_source_once")],
            },
        ),
        migrations.CreateModel(
            name="Urge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="工作日")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="催办人"
                    ),
                ),
                ("items", models.ManyToManyField(related_name="urges", to="rectification.item")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="被催办人"
                    ),
                ),
            ],
            options={
                "verbose_name": "催办",
                "constraints": [models.UniqueConstraint(fields=("area", "person", "day"), name="rectification_urge_once_a_day")],
            },
        ),
    ]
