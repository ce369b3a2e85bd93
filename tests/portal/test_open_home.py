def test_home_shows_menu_and_no_tasks(login, world):
    page = login(world.hejing).get("/")
    assert page.status_code == 200
    assert "没有待办" in page.content.decode()


def test_home_asks_for_login(client, db):
    response = client.get("/")
    assert response.status_code == 302
    assert response.url == "/accounts/login/?next=/"
