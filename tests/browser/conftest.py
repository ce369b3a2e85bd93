"""A demo world for each module, by one server a process; a browser for each person."""

import os
import shutil

import pytest

from tests.browser.visitor import Visitor
from tests.browser.world import ROOT, make_world, restore, serve

DIST = ROOT / "src" / "ronghe" / "common" / "static" / "ronghe" / "dist"


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(ROOT / "tests" / "browser"):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's own Chromium, as root too."""
    return {
        **browser_type_launch_args,
        "executable_path": shutil.which("chromium"),
        "args": ["--no-sandbox", "--force-color-profile=srgb", "--lang=zh-CN"],
    }


@pytest.fixture(scope="session")
def demo_world(tmp_path_factory):
    """The folder of the demo world, made once for all workers of this run."""
    if not (DIST / "app.js").exists():
        pytest.fail("the frontend is not built: make frontend")
    base = tmp_path_factory.getbasetemp()
    return make_world(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture(scope="session")
def product(demo_world, tmp_path_factory):
    """The folder and the address of a product that runs as long as this process."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(demo_world, folder, dirs_exist_ok=True)
    with serve(folder) as url:
        yield folder, url


@pytest.fixture(scope="module")
def folder(demo_world, product):
    """The folder of the product, with the demo world as it was made."""
    restore(demo_world, product[0])
    return product[0]


@pytest.fixture(scope="module")
def address(folder, product):
    """The address of a product with a demo world of its own."""
    return product[1]


@pytest.fixture
def visitor(browser, address):
    """visitor("sunxiaoli", phone=True) → a Visitor who is logged in. Every one's faults are told at the end."""
    visitors = []

    def come(name, **how):
        visitors.append(Visitor(browser, address, **how))
        return visitors[-1].login(name)

    yield come
    for one in visitors:
        one.leave()
