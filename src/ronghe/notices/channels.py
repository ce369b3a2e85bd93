"""The ways out of the house: mail through Django, robots through apprise. `send(delivery)` is all that callers need."""

import logging
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from ronghe.common.sealing import unseal
from ronghe.notices.models import Delivery
from ronghe.org.models import Person

logger = logging.getLogger(__name__)

# the product's name → apprise's; json(s) is a gateway of the unit's own
ROBOTS = {"wecombot": "企业微信", "dingtalk": "钉钉", "feishu": "飞书", "json": "单位自建网关", "jsons": "单位自建网关(HTTPS)"}


class NotSent(Exception):
    """The message did not leave; the text says why, for the administrator."""


def send(delivery: Delivery) -> None:
    """Send one message. Raises NotSent where it did not get through."""
    if settings.SANDBOX:  # nothing leaves the practice
        return
    if delivery.robot is not None:
        send_to_robot(delivery.robot.address, delivery.subject, delivery.body)
    else:
        send_mail(delivery)


def send_mail(delivery: Delivery) -> None:
    address = delivery.person.user.email if delivery.person and delivery.person.user else ""
    if not address:
        raise NotSent("此人没有登记邮箱")
    if not settings.RONGHE_MAIL:
        raise NotSent("没有配置发信服务器(EMAIL_URL)")
    try:
        EmailMessage(delivery.subject, delivery.body, to=[address]).send()
    except (OSError, ValueError) as problem:  # smtplib's errors are OSErrors
        raise NotSent(f"邮件服务器没有收下:{type(problem).__name__}") from problem


def send_letters(letters: Sequence[tuple[Person, str, str]]) -> set[int]:
    """Send personal letters (person, subject, text) at once and keep nothing of them; returns whose went out. For texts that must not be stored."""
    sent: set[int] = set()
    addressed = [(one, one[0].user.email) for one in letters if one[0].user is not None and one[0].user.email]
    if not addressed or not settings.RONGHE_MAIL:
        return sent
    connection = get_connection()
    try:
        connection.open()
        for (person, subject, text), address in addressed:
            if EmailMessage(subject, text, to=[address], connection=connection).send():
                sent.add(person.pk)
    except (OSError, ValueError) as problem:  # smtplib's errors are OSErrors
        logger.warning("个人信件没有全部发出:%s", type(problem).__name__)
    finally:
        connection.close()
    return sent


def send_to_robot(sealed: str, subject: str, body: str) -> None:
    """Send to the robot behind a sealed address."""
    import apprise  # noqa: PLC0415  (loads a hundred plugins)

    if settings.SANDBOX:
        raise NotSent("练习环境不往外发消息")
    try:
        plugin = apprise.Apprise.instantiate(unseal(sealed))
    except ValueError as problem:
        raise NotSent(str(problem)) from problem
    if plugin is None:
        raise NotSent("机器人地址不完整")
    plugin.socket_connect_timeout = plugin.socket_read_timeout = settings.RONGHE_ROBOT_TIMEOUT
    if not plugin.notify(title=subject, body=body):
        raise NotSent("机器人没有收下,请检查地址与网络")


def is_robot_address(address: str) -> bool:
    """Tell whether apprise understands the address and it is one of the kinds that the product offers."""
    import apprise  # noqa: PLC0415

    scheme = address.split("://", 1)[0].lower()
    return scheme in ROBOTS and "://" in address and apprise.Apprise.instantiate(address) is not None
