from decimal import Decimal

from ronghe.common.spark import spark, spark_svg


def test_spans_the_box_and_ends_at_the_newest():
    drawn = spark([1, 2, 3], width=96, height=28)
    assert drawn.runs == ("3.0,25.0 48.0,14.0 93.0,3.0",)
    assert drawn.last == ("93.0", "3.0")


def test_a_missing_value_breaks_the_line():
    drawn = spark([1, 2, None, 2, Decimal("1")])
    assert len(drawn.runs) == 2


def test_a_lone_value_is_a_point_without_a_line():
    drawn = spark([None, 5])
    assert drawn.runs == ()
    assert drawn.last == ("93.0", "14.0")


def test_nothing_known_draws_nothing():
    assert spark([None, None]).last is None
    assert "<polyline" not in spark_svg([], "无")


def test_label_is_escaped():
    assert "&lt;b&gt;" in spark_svg([1, 2], "<b>")
