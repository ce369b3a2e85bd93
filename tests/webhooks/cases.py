"""What the tests of 事件推送 share: a real receiver on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from ronghe.accounts.models import User
from ronghe.webhooks import actions
from tests.stage import staged


def user(person):
    """The person's account, as a new request would load it."""
    return User.objects.get(pk=person.user_id)


class Receiver:
    """Answers as it is told (`answers`, then 204) and keeps what came in: (headers, body)."""

    def __init__(self, *answers):
        self.answers, self.got = list(answers), []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append((dict(self.headers), body))
                status = outer.answers.pop(0) if outer.answers else 204
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", f"http://127.0.0.1:{outer.port}/elsewhere")
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/hook"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def events(self):
        return [json.loads(body) for _headers, body in self.got]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def subscribe(
    world, url="https://example.com/hook", *, events=("item.opened", "item.closed"), by="系统管理员", scope=None, name="生产指挥"
):
    return actions.add_subscription(scope or world.area, name=name, url=url, events=events, by=user(world.person[by]))


@staged
def one_of_everything(world):
    """Name of an address (or its start) → its arguments, of something of each kind."""
    row, _secret = subscribe(world)
    delivery = actions.ping(row, by=user(world.person["系统管理员"]))
    return {
        "webhooks:subscription": {"pk": row.pk},
        "webhooks:subscription-step": {"pk": row.pk, "step": "pause"},
        "webhooks:delivery-again": {"pk": delivery.pk},
    }
