def test_world(world):
    assert world.lijianguo.name == "李建国"
