import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("assessment", "0005_scheme_writing"),
        ("org", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Chase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("number", models.CharField(max_length=40, verbose_name="编号")),
                ("edition", models.PositiveIntegerField(default=1, verbose_name="版次")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("active", "追标中"),
                            ("reached", "已达到"),
                            ("missed", "未达到"),
                            ("replaced", "已有新版"),
                            ("dropped", "已撤销"),
                        ],
                        default="active",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("month", models.CharField(max_length=7, verbose_name="达到月份")),
                (
                    "aim",
                    models.CharField(
                        choices=[("place", "名次"), ("total", "总分"), ("figures", "各项数值")], max_length=10, verbose_name="目标"
                    ),
                ),
                ("aim_place", models.PositiveIntegerField(blank=True, null=True, verbose_name="目标名次")),
                ("aim_total", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="目标总分")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="措施")),
                ("total_before", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="原总分")),
                ("place_before", models.PositiveIntegerField(blank=True, null=True, verbose_name="原名次")),
                ("total_then", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="按方案总分")),
                ("place_then", models.PositiveIntegerField(blank=True, null=True, verbose_name="按方案名次")),
                ("grade_then", models.CharField(blank=True, max_length=20, verbose_name="按方案等级")),
                ("total_came", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="实际总分")),
                ("place_came", models.PositiveIntegerField(blank=True, null=True, verbose_name="实际名次")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="办结时间")),
                ("end_note", models.CharField(blank=True, max_length=300, verbose_name="结果说明")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="制定人"
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judged_chases",
                        to="assessment.run",
                        verbose_name="对照的结果",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="assessment.chase",
                        verbose_name="取代",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="chases", to="assessment.run", verbose_name="依据的结果"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="chases", to="org.unit", verbose_name="单位"
                    ),
                ),
            ],
            options={
                "verbose_name": "追标方案",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["area", "month", "state"], name="assessment__area_id_190f34_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "number", "edition"), name="assessment_chase_edition_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "active")), fields=("unit", "month"), name="assessment_chase_active_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "active")),
                            models.Q(models.Q(("state", "active"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="assessment_chase_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChaseStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(default=0)),
                ("indicator", models.CharField(max_length=60, verbose_name="指标编码")),
                ("name", models.CharField(max_length=100, verbose_name="指标")),
                ("unit_text", models.CharField(blank=True, max_length=20, verbose_name="计量单位")),
                ("ratio", models.CharField(blank=True, max_length=12, verbose_name="比的是什么")),
                ("before", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="本月实际")),
                ("wanted", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="需达到")),
                ("x_wanted", models.DecimalField(blank=True, decimal_places=6, max_digits=38, null=True)),
                ("change", models.DecimalField(decimal_places=6, default=0, max_digits=18, verbose_name="相对变化")),
                ("mark_before", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="原得分")),
                ("mark_then", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="按方案得分")),
                ("came", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="实际达到")),
                ("mark_came", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="实际得分")),
                ("reached", models.BooleanField(null=True, verbose_name="达到")),
                ("chase", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="assessment.chase")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="责任人"
                    ),
                ),
            ],
            options={
                "verbose_name": "追标项",
                "ordering": ["order"],
                "constraints": [models.UniqueConstraint(fields=("chase", "indicator"), name="assessment_chase_step_once")],
            },
        ),
    ]
