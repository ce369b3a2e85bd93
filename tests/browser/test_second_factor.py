"""The second factor from start to end: a security key (Chromium's virtual authenticator) and codes of an app."""

import base64
import hashlib
import hmac
import struct
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import PASSWORD, Visitor

DEPUTY = "xuwenjing"
CHIEF = "wanghailin"
KEY = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}


@pytest.fixture
def local(browser, address):
    """A visitor by name instead of number: a key belongs to a domain, and an IP address is none."""
    visitors = []

    def come(name):
        visitors.append(Visitor(browser, address.replace("127.0.0.1", "localhost")))
        return visitors[-1].login(name)

    yield come
    for one in visitors:
        one.leave()


def compute_code(secret, at):
    """RFC 6238 by hand: what an authenticator app shows."""
    digest = hmac.new(base64.b32decode(secret + "=" * (-len(secret) % 8)), struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def give_password_again(page):
    """Changing a second factor asks who is there."""
    page.locator("main input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="确认").click()
    page.wait_for_url("**/2fa/**")


def log_out(page):
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button").click()
    page.wait_for_url("**/accounts/login/")


def begin_login(page, name):
    """Name and password; the second factor is asked next."""
    page.goto("/accounts/login/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/2fa/authenticate/")


def is_home(url):
    return urlsplit(url).path == "/"


def plug_in(device):
    """Put a new key into the machine; its owner touches it when asked."""
    return device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]


def test_a_security_key_is_added_used_and_removed(local):
    me = local(DEPUTY)
    page = me.page
    device = me.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    key = plug_in(device)
    me.visit("/accounts/profile/")
    page.get_by_role("link", name="两步验证").click()
    me.look()
    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="添加安全密钥").click()
    me.look()
    give_password_again(page)
    me.look()
    page.get_by_label("名称").fill("办公室的密钥")
    page.get_by_role("button", name="添加").click()
    page.wait_for_url("**/recovery-codes/")
    codes = page.locator("textarea").input_value().split()
    me.visit("/accounts/2fa/webauthn/")
    expect(page.get_by_role("row").nth(1)).to_contain_text("办公室的密钥")
    expect(page.get_by_role("row").nth(1)).to_contain_text("还没有用过")

    log_out(page)
    begin_login(page, DEPUTY)
    me.look()
    page.get_by_role("button", name="安全密钥").click()
    page.wait_for_url(is_home)

    # with the password but another key somebody stays outside
    log_out(page)
    device.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
    plug_in(device)
    begin_login(page, DEPUTY)
    with page.expect_event("console", lambda message: "NotAllowedError" in message.text):
        page.get_by_role("button", name="安全密钥").click()
    me.faults = [fault for fault in me.faults if "NotAllowedError" not in fault]
    page.goto("/figures/batches/")
    page.wait_for_url("**/2fa/authenticate/**")  # every page leads back to what is still asked

    # the key is lost: a recovery code, once, then the key is taken off the account
    page.locator("input[name=code]").fill(codes[0])
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(is_home)
    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="移除").click()
    if "reauthenticate" in page.url:
        give_password_again(page)
    me.look()
    page.get_by_role("button", name="移除").click()
    expect(page.locator("main")).to_contain_text("还没有安全密钥")
    me.look()
    log_out(page)
    me.login(DEPUTY)


def test_codes_of_an_app(local):
    me = local(CHIEF)
    page = me.page
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="激活").click()
    give_password_again(page)
    me.look()
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("input[name=code]").fill("000000")
    page.get_by_role("button", name="激活").click()
    expect(page.locator("main .invalid-feedback")).to_be_visible()
    expect(page.locator("#authenticator_secret")).to_have_value(secret)  # the code that the app has taken in still holds
    page.locator("input[name=code]").fill(compute_code(secret, time.time()))
    page.get_by_role("button", name="激活").click()
    page.wait_for_url("**/recovery-codes/")
    me.look()
    log_out(page)
    begin_login(page, CHIEF)
    page.locator("input[name=code]").fill("000000")
    page.get_by_role("button", name="登录").click()
    expect(page.locator("main .invalid-feedback")).to_be_visible()
    page.locator("input[name=code]").fill(compute_code(secret, time.time() + 30))  # the one before has been used
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(is_home)
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="停用").click()
    if "reauthenticate" in page.url:
        give_password_again(page)
    page.get_by_role("button", name="停用").click()
    page.wait_for_url("**/accounts/2fa/")
    log_out(page)
    me.login(CHIEF)
