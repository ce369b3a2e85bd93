import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("org", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SchemeVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("code", models.CharField(max_length=60, verbose_name="编码")),
                ("number", models.PositiveIntegerField(verbose_name="版本")),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                ("basis", models.CharField(max_length=200, verbose_name="依据")),
                ("period_kind", models.CharField(max_length=10, verbose_name="周期")),
                ("text", models.TextField(verbose_name="方案(TOML)")),
                ("digest", models.CharField(max_length=64, verbose_name="方案摘要")),
                ("compiled", models.JSONField(default=dict, editable=False)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("draft", "草稿"), ("published", "已发布"), ("retired", "已停用"), ("dropped", "已作废")],
                        default="draft",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("valid_from", models.CharField(blank=True, max_length=7, verbose_name="起始期")),
                ("valid_to", models.CharField(blank=True, max_length=7, verbose_name="终止期")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="发布时间")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="schemes", to="org.unit", verbose_name="管理区"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "考核方案",
                "ordering": ["code", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "dropped"), _negated=True),
                        fields=("area", "code", "number"),
                        name="assessment_scheme_version_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("period", models.CharField(max_length=7, verbose_name="期间")),
                ("number", models.PositiveIntegerField(verbose_name="次序")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("preview", "预览"),
                            ("published", "公示中"),
                            ("final", "已生效"),
                            ("replaced", "已被更正"),
                            ("dropped", "已作废"),
                        ],
                        default="preview",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("tracks", models.JSONField(default=list, editable=False, verbose_name="赛道")),
                ("warnings", models.JSONField(default=list, editable=False, verbose_name="计分前检查")),
                ("inputs", models.BinaryField()),
                ("outputs", models.BinaryField()),
                ("inputs_digest", models.CharField(max_length=64, verbose_name="输入摘要")),
                ("results_digest", models.CharField(max_length=64, verbose_name="结果摘要")),
                ("engine", models.CharField(default="duckdb", max_length=20, verbose_name="引擎")),
                ("seconds", models.FloatField(default=0)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="重算原因")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="公示时间")),
                ("shown_until", models.DateField(blank=True, null=True, verbose_name="公示至")),
                ("final_at", models.DateTimeField(blank=True, null=True, verbose_name="生效时间")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="org.unit", verbose_name="管理区"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="计算人"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="assessment.run",
                        verbose_name="更正",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="assessment.schemeversion",
                        verbose_name="方案版本",
                    ),
                ),
            ],
            options={
                "verbose_name": "计分批次",
                "ordering": ["-period", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "period", "number"), name="assessment_run_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["published", "final"])),
                        fields=("area", "period"),
                        name="assessment_run_shown_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("track", models.CharField(max_length=40, verbose_name="赛道")),
                ("total", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="总分")),
                ("grade", models.CharField(blank=True, max_length=20, verbose_name="等级")),
                ("state", models.CharField(max_length=12, verbose_name="状态")),
                ("missing", models.PositiveIntegerField(default=0, verbose_name="缺报")),
                ("vetoed", models.PositiveIntegerField(default=0, verbose_name="否决")),
                ("dimensions", models.JSONField(default=dict)),
                ("because", models.TextField(blank=True, verbose_name="说明")),
                ("place", models.PositiveIntegerField(blank=True, null=True, verbose_name="名次")),
                ("peers", models.PositiveIntegerField(default=0, verbose_name="参排单位")),
                ("tied", models.PositiveIntegerField(blank=True, null=True, verbose_name="并列")),
                ("to_next", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="距前一名")),
                ("leader_name", models.CharField(blank=True, max_length=60, verbose_name="党小组长")),
                ("place_because", models.CharField(blank=True, max_length=300)),
                ("party", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="党建得分")),
                ("party_full", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="党建满分")),
                ("business", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="业务得分")),
                ("business_full", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="业务满分")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="org.unit", verbose_name="单位"
                    ),
                ),
                ("run", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="results", to="assessment.run")),
            ],
            options={
                "verbose_name": "考核结果",
                "constraints": [models.UniqueConstraint(fields=("run", "unit"), name="assessment_result_once")],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("track", models.CharField(max_length=40)),
                ("dimension", models.CharField(blank=True, max_length=60)),
                ("indicator", models.CharField(max_length=60, verbose_name="指标编码")),
                ("side", models.CharField(blank=True, max_length=10, verbose_name="党建或业务")),
                ("order", models.PositiveIntegerField(default=0)),
                ("actual", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="实际")),
                ("target", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="目标")),
                ("x", models.DecimalField(blank=True, decimal_places=6, max_digits=38, null=True)),
                ("full", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="满分")),
                ("mark", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="得分")),
                ("lost", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="失分")),
                ("state", models.CharField(max_length=12, verbose_name="状态")),
                ("because", models.TextField(verbose_name="算法说明")),
                ("to_target", models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="距目标")),
                ("leader", models.CharField(blank=True, max_length=40, verbose_name="最好单位")),
                ("to_leader", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="距最好")),
                ("to_mean", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="距平均")),
                ("needed_actual", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="进一名需达到")),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="org.unit")),
                ("run", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="assessment.run")),
            ],
            options={
                "verbose_name": "得分",
                "indexes": [models.Index(fields=["unit", "indicator"], name="assessment__unit_id_cd980a_idx")],
                "constraints": [models.UniqueConstraint(fields=("run", "unit", "indicator"), name="assessment_mark_once")],
            },
        ),
    ]
