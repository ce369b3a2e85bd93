from ronghe.common.grids import Cell, Column, Grid, Row


def make_grid(*cells, columns=1):
    return Grid("十月", "指标", [Column("本月")] * columns, [Row("原油产量", cells)])


def test_counts_only_what_is_asked_for():
    grid = make_grid(Cell("a", "a", value="1"), Cell("b", "b"), Cell("c", "c", value="2", readonly=True), None)
    assert (grid.filled, grid.left, grid.share) == (1, 1, 0.5)


def test_nothing_to_fill_is_complete():
    assert make_grid(None).share == 1.0


def test_a_warning_does_not_make_a_cell_wrong():
    assert not Cell("a", "a", problem="比上月高", level="warn").is_wrong
    assert Cell("a", "a", problem="不是数").is_wrong


def test_few_columns_are_shown_as_a_list():
    assert make_grid(Cell("a", "a")).is_list
    assert not make_grid(Cell("a", "a"), columns=5).is_list
