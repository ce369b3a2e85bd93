"""What locust's users do: click what their posts may open, 6 seconds apart; one click in ten writes. Started by bench/load.py.

A write is one's own reminder address on the profile page: a form with its token, an action, the row and its audit entry.
"""

import json
import os
import random
import re
from pathlib import Path

from locust import HttpUser, constant, task

USERS = iter(json.loads(Path(os.environ["RONGHE_LOAD_USERS"]).read_text()) * 2)
SECONDS = float(os.environ.get("RONGHE_LOAD_SECONDS", "6"))
WRITES = 0.1
BARE = 0.05


class Clicker(HttpUser):
    wait_time = constant(SECONDS)

    def on_start(self) -> None:
        account = next(USERS)
        self.paths = account["paths"]
        self.serial = 0
        self.client.cookies.set("sessionid", account["session"])

    @task
    def click(self) -> None:
        draw = random.random()
        if draw < WRITES:
            self.write()
        elif draw < WRITES + BARE:
            self.read("/bench/bare/", "bare view")
        else:
            path = random.choice(self.paths)
            self.read(path, path)

    def read(self, path: str, name: str) -> None:
        with self.client.get(path, name=name, catch_response=True) as answer:
            self.judge(answer)

    def write(self) -> None:
        page = self.client.get("/accounts/profile/", name="/accounts/profile/ (form)")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text or "")
        once = re.search(r'name="once" value="([^"]+)"', page.text or "")
        if not token or not once:
            return
        self.serial += 1
        form = {"csrfmiddlewaretoken": token[1], "once": once[1], "email": f"u{self.serial}@example.com"}
        headers = {"Referer": f"{self.host}/accounts/profile/"}
        name = "WRITE /accounts/profile/"
        with self.client.post("/accounts/profile/", form, headers=headers, name=name, allow_redirects=False, catch_response=True) as answer:
            if answer.status_code == 302:
                answer.success()
            else:
                answer.failure(f"status {answer.status_code}")

    @staticmethod
    def judge(answer) -> None:
        """A page that opens is a success; a login page instead of it is not."""
        if answer.status_code == 200 and "/accounts/login/" not in answer.url:
            answer.success()
        else:
            answer.failure(f"status {answer.status_code} {answer.url}")
