import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("code", models.CharField(max_length=40, verbose_name="编码")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("aliases", models.JSONField(blank=True, default=list, verbose_name="别名")),
                ("unit_text", models.CharField(blank=True, max_length=20, verbose_name="计量单位")),
                ("decimals", models.PositiveSmallIntegerField(default=2, verbose_name="小数位数")),
                (
                    "direction",
                    models.CharField(
                        choices=[("up", "越大越好"), ("down", "越小越好"), ("none", "无方向")], max_length=5, verbose_name="方向"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("quantity", "数量"), ("count", "次数"), ("veto", "否决"), ("mark", "评分")],
                        default="quantity",
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("side", models.CharField(choices=[("party", "党建"), ("business", "业务")], max_length=10, verbose_name="党建或业务")),
                ("input", models.CharField(blank=True, max_length=60, verbose_name="考核输入")),
                ("definition", models.TextField(verbose_name="定义与口径")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="数据来源")),
                ("basis", models.CharField(max_length=200, verbose_name="依据")),
                ("evidence", models.CharField(blank=True, max_length=200, verbose_name="佐证")),
                ("tracks", models.JSONField(blank=True, default=list, help_text="空 = 全部赛道", verbose_name="适用赛道")),
                ("needs_target", models.BooleanField(default=False, verbose_name="需要目标值")),
                (
                    "rollup",
                    models.CharField(
                        choices=[
                            ("sum", "求和"),
                            ("mean", "平均"),
                            ("last", "取末月"),
                            ("weighted", "加权平均"),
                            ("recomputed", "由原始数重算"),
                        ],
                        default="sum",
                        max_length=12,
                        verbose_name="月度合成",
                    ),
                ),
                ("rollup_weight", models.CharField(blank=True, max_length=40, verbose_name="权重指标")),
                ("plausible_low", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="合理下限")),
                ("plausible_high", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="合理上限")),
                ("order", models.PositiveIntegerField(default=0)),
                ("valid_from", models.CharField(default="2000-01", max_length=7, verbose_name="起始月")),
                ("valid_to", models.CharField(blank=True, max_length=7, verbose_name="终止月")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="indicators", to="org.unit", verbose_name="管理区"
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="空 = 由各班站自报",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reported_indicators",
                        to="org.unit",
                        verbose_name="填报单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "指标",
                "ordering": ["order", "code"],
                "constraints": [models.UniqueConstraint(fields=("area", "code"), name="goals_indicator_code_once")],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("period", models.CharField(max_length=7, verbose_name="期间")),
                ("value", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="目标值")),
                ("base", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="基数")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="targets", to="goals.indicator", verbose_name="指标"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="targets", to="org.unit", verbose_name="单位"
                    ),
                ),
            ],
            options={
                "verbose_name": "目标值",
                "indexes": [models.Index(fields=["area", "period"], name="goals_targe_area_id_f00427_idx")],
                "constraints": [models.UniqueConstraint(fields=("unit", "indicator", "period"), name="goals_target_once")],
            },
        ),
    ]
