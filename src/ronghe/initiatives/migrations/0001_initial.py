from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django_fsm
from django.db import migrations, models

import ronghe.common.calendar


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("goals", "0002_goal_plans"),
        ("org", "0002_structure_and_rosters"),
    ]

    operations = [
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                ("purpose", models.TextField(max_length=1000, verbose_name="解决什么问题")),
                ("measure", models.CharField(max_length=60, verbose_name="目标指标")),
                ("unit_name", models.CharField(max_length=20, verbose_name="计量单位")),
                (
                    "target",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=16,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="目标值",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="起")),
                ("ends_on", models.DateField(verbose_name="止")),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("draft", "筹建"), ("running", "运行"), ("review", "待验收"), ("closed", "已结题"), ("dropped", "已撤销")],
                        default="draft",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="批准日期")),
                ("result", models.TextField(blank=True, max_length=2000, verbose_name="成果")),
                ("reached", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="完成值")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                ("ending", models.CharField(blank=True, max_length=500, verbose_name="结论")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="验收人",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="批准人",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="goals.goal",
                        verbose_name="服务的目标",
                    ),
                ),
                (
                    "head",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="组长"),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="发起人"
                    ),
                ),
            ],
            options={
                "verbose_name": "项目组",
                "ordering": ["-starts_on", "-id"],
                "indexes": [models.Index(fields=["area", "state"], name="initiatives_area_id_e9b4ba_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "name", "starts_on"), name="initiatives_project_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="initiatives_project_has_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_by__isnull", True), models.Q(("accepted_by", models.F("head")), _negated=True), _connector="OR"
                        ),
                        name="initiatives_project_accepted_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("state__in", ["draft", "running", "review"])),
                            models.Q(("ended_on__isnull", False), ("state__in", ["closed", "dropped"])),
                            _connector="OR",
                        ),
                        name="initiatives_project_live_or_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Idea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("number", models.CharField(max_length=20, verbose_name="编号")),
                (
                    "kind",
                    models.CharField(
                        choices=[("output", "产量贡献"), ("value", "价值创造"), ("safety", "安全捍卫")],
                        max_length=10,
                        verbose_name="贡献类别",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="标题")),
                ("problem", models.TextField(max_length=2000, verbose_name="问题和做法")),
                (
                    "expected",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, validators=[django.core.validators.MinValueValidator(0)], verbose_name="预计效益"
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[("yuan", "元"), ("ton", "t"), ("kwh", "kWh"), ("hour", "工时"), ("hazard", "处隐患")],
                        max_length=10,
                        verbose_name="计量单位",
                    ),
                ),
                ("measuring", models.CharField(max_length=500, verbose_name="效益怎样计量")),
                ("origin_id", models.BigIntegerField(null=True)),
                ("origin_name", models.CharField(blank=True, max_length=200, verbose_name="出处")),
                ("proposed_on", models.DateField(verbose_name="提出日期")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("proposed", "待受理"),
                            ("doing", "实施中"),
                            ("verifying", "待核实"),
                            ("verified", "待定份额"),
                            ("credited", "已计入贡献"),
                            ("declined", "未采纳"),
                            ("withdrawn", "已撤回"),
                            ("stopped", "已终止"),
                            ("fruitless", "核实无效益"),
                        ],
                        default="proposed",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("step_due", models.DateField(blank=True, null=True, verbose_name="本步期限")),
                ("level", models.PositiveSmallIntegerField(default=0, verbose_name="受理层级")),
                ("raise_on", models.DateField(blank=True, editable=False, null=True)),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="受理日期")),
                ("decision", models.CharField(blank=True, max_length=500, verbose_name="受理意见")),
                ("due", models.DateField(blank=True, null=True, verbose_name="完成期限")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                (
                    "benefit",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=16,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="核实效益",
                    ),
                ),
                ("measured", models.CharField(blank=True, max_length=500, verbose_name="核实办法")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="核实日期")),
                ("returns", models.PositiveSmallIntegerField(default=0, verbose_name="退回次数")),
                ("share_round", models.PositiveSmallIntegerField(default=0)),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                ("ending", models.CharField(blank=True, max_length=500, verbose_name="办结说明")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="受理人",
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
                    "origin_type",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="实施责任人",
                    ),
                ),
                (
                    "proposer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="提出人"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ideas", to="org.unit", verbose_name="单位"
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="核实人",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ideas",
                        to="initiatives.project",
                        verbose_name="项目组",
                    ),
                ),
            ],
            options={
                "verbose_name": "创效建议",
                "ordering": [models.OrderBy(models.F("step_due"), nulls_last=True), "-id"],
                "indexes": [
                    models.Index(fields=["area", "state", "step_due"], name="initiatives_area_id_820b24_idx"),
                    models.Index(fields=["unit", "verified_on"], name="initiatives_unit_id_75ca55_idx"),
                    models.Index(fields=["holder", "step_due"], name="initiatives_holder__3b4ed1_idx"),
                    models.Index(fields=["origin_type", "origin_id"], name="initiatives_origin__4c8e5c_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "number"), name="initiatives_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verified_by__isnull", True),
                            models.Q(
                                models.Q(("verified_by", models.F("proposer")), _negated=True),
                                models.Q(("verified_by", models.F("owner")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="initiatives_verified_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True), models.Q(("decided_by", models.F("proposer")), _negated=True), _connector="OR"
                        ),
                        name="initiatives_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on__isnull", True),
                                ("holder__isnull", False),
                                ("state__in", ("proposed", "doing", "verifying", "verified")),
                                ("step_due__isnull", False),
                            ),
                            models.Q(
                                ("ended_on__isnull", False),
                                ("holder__isnull", True),
                                ("state__in", ("declined", "withdrawn", "stopped", "fruitless", "credited")),
                                ("step_due__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="initiatives_held_or_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["verified", "credited", "fruitless"]), _negated=True),
                            models.Q(("benefit__isnull", False), ("verified_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="initiatives_benefit_verified",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("valid_from", models.DateField(default=ronghe.common.calendar.today, verbose_name="起")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("head", "组长"),
                            ("deputy", "副组长"),
                            ("technical", "技术"),
                            ("field", "现场"),
                            ("data", "数据与经营"),
                            ("member", "成员"),
                        ],
                        max_length=10,
                        verbose_name="角色",
                    ),
                ),
                ("duty", models.CharField(max_length=200, verbose_name="分工")),
                ("contribution", models.CharField(blank=True, max_length=300, verbose_name="贡献")),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="成员"),
                ),
                (
                    "project",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="members", to="initiatives.project"),
                ),
            ],
            options={
                "verbose_name": "项目组成员",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)), fields=("project", "person"), name="initiatives_member_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("month", models.CharField(max_length=7, verbose_name="月份")),
                ("value", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="累计完成")),
                ("text", models.CharField(max_length=500, verbose_name="本月做了什么、下月做什么")),
                ("filed_at", models.DateTimeField(verbose_name="填写时间")),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="填写人"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="initiatives.project"),
                ),
            ],
            options={
                "verbose_name": "项目组月报",
                "ordering": ["month"],
                "constraints": [models.UniqueConstraint(fields=("project", "month"), name="initiatives_report_once")],
            },
        ),
        migrations.CreateModel(
            name="ProjectStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("text", models.CharField(max_length=200, verbose_name="里程碑")),
                ("due", models.DateField(verbose_name="期限")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                ("result", models.CharField(blank=True, max_length=300, verbose_name="结果")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="责任人"
                    ),
                ),
                ("project", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="initiatives.project")),
            ],
            options={
                "verbose_name": "项目组里程碑",
                "ordering": ["due", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("done_on__isnull", True), models.Q(("result", ""), _negated=True), _connector="OR"),
                        name="initiatives_step_done_with_result",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                (
                    "kind",
                    models.CharField(
                        choices=[("done", "成果材料"), ("verified", "核实材料"), ("returned", "退回")], max_length=10, verbose_name="类别"
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="说明")),
                ("filed_at", models.DateTimeField(verbose_name="提交时间")),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="提交人"
                    ),
                ),
                ("idea", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to="initiatives.idea")),
            ],
            options={
                "verbose_name": "创效材料",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("round", models.PositiveSmallIntegerField()),
                ("work", models.CharField(max_length=200, verbose_name="做了什么")),
                ("percent", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="份额(%)")),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="计入效益")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("asked", "待确认"), ("agreed", "已同意"), ("declined", "不同意"), ("dropped", "已作废")],
                        default="asked",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="确认时间")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="意见")),
                ("idea", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="initiatives.idea")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="贡献人"
                    ),
                ),
            ],
            options={
                "verbose_name": "贡献份额",
                "ordering": ["round", "id"],
                "indexes": [models.Index(fields=["person", "state"], name="initiatives_person__3506ff_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("idea", "round", "person"), name="initiatives_share_once"),
                    models.CheckConstraint(condition=models.Q(("percent__gt", 0), ("percent__lte", 100)), name="initiatives_share_is_part"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("state", "agreed"), _connector="OR"), name="initiatives_amount_agreed"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Terms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("decide_days", models.PositiveSmallIntegerField(verbose_name="受理期限(工作日)")),
                ("raise_days", models.PositiveSmallIntegerField(verbose_name="逾期后每隔几个工作日上报一级")),
                ("verify_days", models.PositiveSmallIntegerField(verbose_name="效益核实期限(工作日)")),
                ("share_days", models.PositiveSmallIntegerField(verbose_name="商定份额期限(工作日)")),
                (
                    "verifier_kind",
                    models.CharField(
                        choices=[("deputy_business", "经营管理副职"), ("area_manager", "管理区经理"), ("reviewer", "审核人")],
                        max_length=30,
                        verbose_name="效益核实人",
                    ),
                ),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
                (
                    "area",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"
                    ),
                ),
            ],
            options={
                "verbose_name": "创效期限",
            },
        ),
        migrations.CreateModel(
            name="Likeness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("degree", models.DecimalField(decimal_places=2, max_digits=3, verbose_name="相似度")),
                (
                    "earlier",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="likened_by", to="initiatives.idea"),
                ),
                ("idea", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="likenesses", to="initiatives.idea")),
            ],
            options={
                "verbose_name": "相似建议",
                "ordering": ["-degree", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("idea", "earlier"), name="initiatives_likeness_once"),
                    models.CheckConstraint(
                        condition=models.Q(("idea", models.F("earlier")), _negated=True), name="initiatives_likeness_of_another"
                    ),
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
                "constraints": [models.UniqueConstraint(fields=("area", "year"), name="initiatives_range_once")],
            },
        ),
    ]
