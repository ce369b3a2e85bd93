import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("goals", "0001_initial"),
        ("org", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportingPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("period", models.CharField(max_length=7, verbose_name="月份")),
                ("opens_on", models.DateField(verbose_name="开放日")),
                ("due_on", models.DateField(verbose_name="截止日")),
                ("closes_on", models.DateField(verbose_name="关闭日")),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="下发时间")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reporting_periods", to="org.unit", verbose_name="管理区"
                    ),
                ),
            ],
            options={
                "verbose_name": "填报期",
                "ordering": ["-period"],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "period"), name="figures_period_once"),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__lte", models.F("closes_on")), ("opens_on__lte", models.F("due_on"))),
                        name="figures_period_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Demand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("asked", models.PositiveIntegerField(default=0, help_text="下发时算出的格数,工作台用;每天核对", verbose_name="应报")),
                ("urged_at", models.DateTimeField(blank=True, null=True, verbose_name="最近催报")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="demands", to="org.unit", verbose_name="填报单位"
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demands",
                        to="figures.reportingperiod",
                        verbose_name="填报期",
                    ),
                ),
            ],
            options={
                "verbose_name": "填报要求",
                "ordering": ["unit__order", "unit__code"],
                "constraints": [models.UniqueConstraint(fields=("period", "unit"), name="figures_demand_once")],
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("number", models.CharField(max_length=60, unique=True, verbose_name="批次号")),
                (
                    "source",
                    models.CharField(
                        choices=[("grid", "网页填报"), ("sheet", "表格上传"), ("long", "长表上传"), ("command", "命令导入")],
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待审核"),
                            ("returned", "已退回"),
                            ("confirmed", "已确认"),
                            ("dropped", "已作废"),
                        ],
                        default="draft",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="更正原因")),
                (
                    "hands",
                    models.JSONField(
                        default=list, editable=False, help_text="写过这个批次的账号;其中任何人都不能审核它", verbose_name="经手人"
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="提交时间")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="审核时间")),
                ("return_reason", models.CharField(blank=True, max_length=300, verbose_name="退回原因")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="填报人"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审核人",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="figures.batch",
                        verbose_name="更正的批次",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="batches", to="org.unit", verbose_name="填报单位"
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="figures.reportingperiod",
                        verbose_name="填报期",
                    ),
                ),
            ],
            options={
                "verbose_name": "批次",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["area", "state"], name="figures_bat_area_id_4886ea_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "returned", "submitted"])),
                        fields=("period", "unit"),
                        name="figures_batch_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                (
                    "source",
                    models.CharField(
                        choices=[("grid", "网页填报"), ("sheet", "表格上传"), ("long", "长表上传"), ("command", "命令导入")],
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("reading", models.JSONField(default=dict, editable=False)),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                ("author", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="uploads", to="figures.batch"
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="figures.reportingperiod",
                        verbose_name="填报期",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="填报单位"
                    ),
                ),
            ],
            options={
                "verbose_name": "上传的表格",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Adjustment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("period", models.CharField(max_length=7, verbose_name="月份")),
                ("kind", models.CharField(choices=[("exempt", "免考"), ("target", "调整目标")], max_length=10, verbose_name="类别")),
                ("target", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="调整后的目标")),
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("asked", "待批准"), ("approved", "已批准"), ("declined", "未批准")],
                        default="asked",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="批准时间")),
                ("decision_note", models.CharField(blank=True, max_length=300, verbose_name="批准意见")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="申请人"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adjustments", to="goals.indicator", verbose_name="指标"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adjustments", to="org.unit", verbose_name="单位"
                    ),
                ),
            ],
            options={
                "verbose_name": "豁免与目标调整",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "approved"])),
                        fields=("unit", "indicator", "period"),
                        name="figures_adjustment_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("period", models.CharField(max_length=7, verbose_name="月份")),
                ("actual", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="实际值")),
                ("target", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="随表目标值")),
                ("base", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="随表基数")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="表中位置")),
                ("in_force", models.BooleanField(default=False, verbose_name="有效")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                ("batch", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="figures.batch")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="goals.indicator", verbose_name="指标"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="org.unit", verbose_name="单位"
                    ),
                ),
            ],
            options={
                "verbose_name": "数值",
                "indexes": [models.Index(fields=["area", "period", "in_force"], name="figures_fig_area_id_96e391_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "unit", "indicator"), name="figures_figure_once_a_batch"),
                    models.UniqueConstraint(
                        condition=models.Q(("in_force", True)), fields=("unit", "indicator", "period"), name="figures_figure_in_force_once"
                    ),
                ],
            },
        ),
    ]
