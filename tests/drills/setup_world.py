"""Run in the drill's own environment: migrate, make the small world with months to report, print sessions of its people as JSON."""

import json
import os
import sys

import django


def make_session(user):
    """Return the key of a session as a login would have made it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from ronghe.accounts.sessions import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def add_second_factor(user):
    """Let a user log in with the password and a code after it."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.contrib.auth.hashers import make_password

    from tests.people import PASSWORD

    user.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    user.save()
    TOTP.activate(user, generate_totp_secret())


OFFICE = ("hejing", "luolan", "songwen", "qianjin", "zhaomin", "lijianguo")
MONTHS = 60


def add_months(world):
    """Indicators, a scheme in force, and months that are all open for reporting; returns month → pk."""
    from datetime import date, timedelta

    from ronghe.figures.models import ReportingPeriod
    from tests.assessment import month

    month.add_indicators(world.area)
    month.adopt(world, valid_from="2018-01")
    far = {"opens_on": date(2018, 1, 1), "due_on": date.today() + timedelta(days=30), "closes_on": date.today() + timedelta(days=60)}
    names = [f"{2021 + number // 12}-{number % 12 + 1:02d}" for number in range(MONTHS)]
    return {name: ReportingPeriod.objects.create(area=world.area, period=name, **far).pk for name in names}


def main(count):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ronghe.site.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from tests.migrated import lay_file

    # twenty people in a moment; the one who logs in gets what the product reads
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        lay_file(settings.DATABASES["default"]["NAME"])
    call_command("migrate", verbosity=0)
    from tests.people import build_world

    world = build_world()
    add_second_factor(world.liuhaitao.user)
    keys = [make_session(world.xitong.user) for _ in range(count)]
    facts = {
        "keys": keys,
        "unit": world.unit["注采一站"].pk,
        "person": world.hejing.pk,
        "months": add_months(world),
        "units": {name: unit.pk for name, unit in world.unit.items()},
        "sessions": {login: make_session(getattr(world, login).user) for login in OFFICE},
    }
    print(json.dumps(facts))


if __name__ == "__main__":
    main(int(sys.argv[1]))
