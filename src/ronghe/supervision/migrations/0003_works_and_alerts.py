import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("org", "0002_structure_and_rosters"),
        ("supervision", "0002_checks"),
    ]

    operations = [
        migrations.CreateModel(
            name="AlertRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=60, verbose_name="规则")),
                ("gauge", models.CharField(max_length=40, verbose_name="看什么数")),
                ("subject", models.CharField(blank=True, max_length=60, verbose_name="对象")),
                (
                    "direction",
                    models.CharField(
                        choices=[("over", "达到或超过"), ("under", "达到或低于")], default="over", max_length=6, verbose_name="条件"
                    ),
                ),
                ("limit", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="限值")),
                ("window", models.PositiveSmallIntegerField(default=90, verbose_name="看多久(天)")),
                (
                    "owner_kind",
                    models.CharField(
                        choices=[
                            ("discipline_member", "纪检小组成员"),
                            ("branch_secretary", "党支部书记"),
                            ("area_manager", "管理区经理"),
                            ("deputy_party", "党群副职"),
                            ("deputy_production", "生产管理副职"),
                            ("deputy_business", "经营管理副职"),
                            ("deputy_geology", "开发地质技术副职"),
                            ("deputy_engineering", "采油工程技术副职"),
                            ("reviewer", "审核人"),
                            ("indicator_admin", "指标管理员"),
                        ],
                        max_length=30,
                        verbose_name="谁来处置",
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(default=3, verbose_name="处置期限(工作日)")),
                ("quiet_days", models.PositiveSmallIntegerField(default=30, verbose_name="处置后多少天内不重复")),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
                ("active", models.BooleanField(default=False, verbose_name="启用")),
                ("order", models.PositiveIntegerField(default=0)),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
            ],
            options={
                "verbose_name": "预警规则",
                "ordering": ["order", "id"],
                "constraints": [models.UniqueConstraint(fields=("area", "code"), name="supervision_alert_rule_once")],
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("key", models.CharField(max_length=120)),
                ("title", models.CharField(max_length=120, verbose_name="预警")),
                ("text", models.CharField(max_length=300, verbose_name="为什么")),
                ("value", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="数值")),
                ("limit", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="限值")),
                ("url", models.CharField(blank=True, max_length=300)),
                ("fired_on", models.DateField(verbose_name="触发日期")),
                ("last_on", models.DateField(verbose_name="最近一次")),
                ("due", models.DateField(verbose_name="处置期限")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("open", "待处置"),
                            ("tasked", "已派任务"),
                            ("cured", "已转整改"),
                            ("followed", "已转督办"),
                            ("dismissed", "不处置"),
                        ],
                        default="open",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="处置日期")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="处置说明")),
                ("task_due", models.DateField(blank=True, null=True, verbose_name="任务期限")),
                ("task_result", models.CharField(blank=True, max_length=300, verbose_name="任务结果")),
                ("outcome_id", models.BigIntegerField(null=True)),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="任务责任人",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="办理人",
                    ),
                ),
                (
                    "outcome_type",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="处置人"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="单位"),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="alerts", to="supervision.alertrule", verbose_name="规则"
                    ),
                ),
            ],
            options={
                "verbose_name": "预警",
                "ordering": ["state", "due", "-id"],
                "indexes": [
                    models.Index(fields=["area", "state", "due"], name="supervision_area_id_ec0abe_idx"),
                    models.Index(fields=["rule", "key"], name="supervision_rule_id_98ce9d_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("rule", "key"), name="supervision_alert_open_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("ended_by__isnull", False), ("ended_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="supervision_alert_open_or_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Work",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("name", models.CharField(max_length=80, verbose_name="工程名称")),
                ("purpose", models.CharField(max_length=500, verbose_name="内容和目标")),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="金额(万元)")),
                ("people", models.JSONField(default=dict, verbose_name="角色")),
                ("starts_on", models.DateField(verbose_name="开始日期")),
                ("stage", models.PositiveSmallIntegerField(default=0, verbose_name="阶段")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("running", "进行中"), ("stopped", "已叫停"), ("done", "已完成")],
                        default="running",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="工程负责人"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="所在单位"
                    ),
                ),
            ],
            options={
                "verbose_name": "重点工程",
                "ordering": ["-starts_on", "-id"],
                "indexes": [models.Index(fields=["area", "state"], name="supervision_area_id_e6b720_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "name", "starts_on"), name="supervision_work_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state", "done"), ("ended_on__isnull", True), _connector="XOR"),
                        name="supervision_work_ended_or_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("stage", models.PositiveSmallIntegerField(verbose_name="阶段")),
                ("place", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60, verbose_name="表单")),
                ("due", models.DateField(verbose_name="期限")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("waiting", "未开放"),
                            ("open", "待填报"),
                            ("filed", "待核验"),
                            ("returned", "已退回"),
                            ("checked", "已核验"),
                        ],
                        default="waiting",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("values", models.JSONField(default=dict)),
                ("returns", models.PositiveSmallIntegerField(default=0, verbose_name="退回次数")),
                ("filed_on", models.DateField(blank=True, null=True, verbose_name="填报日期")),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="核验日期")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="核验意见")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person"
                    ),
                ),
                (
                    "checker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="核验人"
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person"
                    ),
                ),
                (
                    "filler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="填报人"
                    ),
                ),
                ("work", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="forms", to="supervision.work")),
            ],
            options={
                "verbose_name": "工程表单",
                "ordering": ["stage", "place"],
                "indexes": [models.Index(fields=["area", "state", "due"], name="supervision_area_id_887b10_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("work", "stage", "place"), name="supervision_work_form_once"),
                    models.CheckConstraint(
                        condition=models.Q(("filler", models.F("checker")), _negated=True), name="supervision_work_form_two_people"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by__isnull", True), models.Q(("checked_by", models.F("filed_by")), _negated=True), _connector="OR"
                        ),
                        name="supervision_work_form_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "checked"), _negated=True),
                            models.Q(("checked_by__isnull", False), ("filed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="supervision_work_form_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkStop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("ground", models.CharField(max_length=500, verbose_name="叫停理由")),
                ("on", models.DateField(verbose_name="叫停日期")),
                ("cure", models.CharField(blank=True, max_length=500, verbose_name="整改情况")),
                ("lifted_on", models.DateField(blank=True, null=True, verbose_name="恢复日期")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="叫停人"
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person"
                    ),
                ),
                ("work", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="stops", to="supervision.work")),
            ],
            options={
                "verbose_name": "工程叫停",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_on__isnull", True)), fields=("work",), name="supervision_work_stop_live_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lifted_by__isnull", True), models.Q(("lifted_by", models.F("by")), _negated=True), _connector="OR"
                        ),
                        name="supervision_work_stop_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkType",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=40, verbose_name="类型")),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
            ],
            options={
                "verbose_name": "工程类型",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("area", "code"), name="supervision_work_type_once")],
            },
        ),
        migrations.CreateModel(
            name="WorkVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("number", models.PositiveIntegerField(verbose_name="版次")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("draft", "编写中"), ("force", "在用"), ("past", "旧版")],
                        default="draft",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("template", models.JSONField(default=dict, verbose_name="阶段和表单")),
                ("writers", models.JSONField(default=list, editable=False)),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="supervision.worktype",
                        verbose_name="工程类型",
                    ),
                ),
            ],
            options={
                "verbose_name": "工程类型版次",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("type", "number"), name="supervision_work_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "force")), fields=("type",), name="supervision_work_version_in_force_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")), fields=("type",), name="supervision_work_version_draft_once"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="work",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="works", to="supervision.workversion", verbose_name="工程类型"
            ),
        ),
    ]
