import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("org", "0002_structure_and_rosters"),
        ("worklist", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="MonthRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("month", models.CharField(max_length=7, verbose_name="月份")),
                ("ran_on", models.DateField(verbose_name="最近一次")),
                ("made", models.PositiveIntegerField(default=0, verbose_name="已生成")),
                ("skipped", models.PositiveIntegerField(default=0, verbose_name="过期未补")),
                ("vacant", models.PositiveIntegerField(default=0, verbose_name="岗位空缺")),
                ("nobody", models.PositiveIntegerField(default=0, verbose_name="无人可交")),
            ],
            options={
                "verbose_name": "月度任务生成",
                "ordering": ["-month", "id"],
            },
        ),
        migrations.AddField(
            model_name="task",
            name="asks",
            field=models.CharField(
                choices=[("none", "不要佐证"), ("line", "一句话"), ("photo", "一张自选照片")],
                default="none",
                max_length=10,
                verbose_name="佐证",
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="handed",
            field=models.BooleanField(default=False, verbose_name="已转交"),
        ),
        migrations.AddField(
            model_name="task",
            name="key",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
        migrations.AddField(
            model_name="task",
            name="line",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="办理情况"),
        ),
        migrations.AddField(
            model_name="task",
            name="month",
            field=models.CharField(blank=True, default="", max_length=7, verbose_name="月份"),
        ),
        migrations.AddField(
            model_name="task",
            name="offered_to",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person"),
        ),
        migrations.AddField(
            model_name="task",
            name="planned",
            field=models.DateField(blank=True, null=True, verbose_name="原定日期"),
        ),
        migrations.AddField(
            model_name="task",
            name="post",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.post", verbose_name="岗位"
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="reason",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="理由"),
        ),
        migrations.AddField(
            model_name="task",
            name="refused_by",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person"),
        ),
        migrations.AddField(
            model_name="task",
            name="remark",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="说明"),
        ),
        migrations.CreateModel(
            name="CalendarKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("name", models.CharField(max_length=40, verbose_name="用在哪里")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_on", models.DateField(verbose_name="建立日期")),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person")),
            ],
            options={
                "verbose_name": "日历订阅",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Guide",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("code", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("branch_secretary", "党支部书记"),
                            ("area_manager", "管理区经理"),
                            ("deputy_party", "党群副职"),
                            ("deputy_production", "生产管理副职"),
                            ("deputy_business", "经营管理副职"),
                            ("deputy_geology", "开发地质技术副职"),
                            ("deputy_engineering", "采油工程技术副职"),
                            ("station_chief", "班站长(室主任)"),
                            ("group_leader", "党小组长"),
                            ("reporter", "填报人"),
                            ("indicator_admin", "指标管理员"),
                            ("reviewer", "审核人"),
                            ("discipline_member", "纪检小组成员"),
                        ],
                        max_length=30,
                        verbose_name="岗位",
                    ),
                ),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
                ("edition", models.PositiveIntegerField(default=1, verbose_name="版次")),
                ("retired_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                ("order", models.PositiveIntegerField(default=0)),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
            ],
            options={
                "verbose_name": "工作指南",
                "ordering": ["order", "id"],
                "constraints": [models.UniqueConstraint(fields=("area", "code"), name="worklist_guide_code_once")],
            },
        ),
        migrations.CreateModel(
            name="GuideItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("code", models.CharField(max_length=40)),
                ("number", models.PositiveIntegerField(default=1, verbose_name="版次")),
                ("category", models.CharField(max_length=30, verbose_name="类别")),
                ("name", models.CharField(max_length=60, verbose_name="事项")),
                ("what", models.CharField(max_length=300, verbose_name="干什么")),
                ("steps", models.TextField(max_length=1500, verbose_name="怎么干")),
                ("rule", models.CharField(max_length=120, verbose_name="什么时候干")),
                (
                    "shift",
                    models.CharField(
                        choices=[("before", "遇休息日提前"), ("after", "遇休息日顺延"), ("none", "不调整")],
                        default="after",
                        max_length=10,
                        verbose_name="遇休息日",
                    ),
                ),
                (
                    "asks",
                    models.CharField(
                        choices=[("none", "不要佐证"), ("line", "一句话"), ("photo", "一张自选照片")],
                        default="none",
                        max_length=10,
                        verbose_name="佐证",
                    ),
                ),
                ("feeds", models.CharField(blank=True, max_length=60, verbose_name="用到哪里")),
                ("feeds_name", models.CharField(blank=True, max_length=60)),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
                ("order", models.PositiveIntegerField(default=0)),
                ("valid_from", models.DateField(verbose_name="起")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="止")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="修改理由")),
                (
                    "guide",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="worklist.guide", verbose_name="工作指南"
                    ),
                ),
                ("units", models.ManyToManyField(blank=True, related_name="+", to="org.unit", verbose_name="只用于")),
            ],
            options={
                "verbose_name": "指南事项",
                "ordering": ["order", "id"],
                "indexes": [models.Index(fields=["guide", "valid_from"], name="worklist_gu_guide_i_42191d_idx")],
                "constraints": [models.UniqueConstraint(fields=("guide", "code", "number"), name="worklist_item_version_once")],
            },
        ),
        migrations.AddField(
            model_name="task",
            name="item",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="worklist.guideitem"
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True), fields=("key",), name="worklist_task_key_once"
            ),
        ),
        migrations.AddField(
            model_name="monthrun",
            name="area",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
        ),
        migrations.AddConstraint(
            model_name="monthrun",
            constraint=models.UniqueConstraint(fields=("area", "month"), name="worklist_month_once"),
        ),
    ]
