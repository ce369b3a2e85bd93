"""A system that is told of events: checks the signature and the time, keeps each event once. Nothing but Python's own library.

    RONGHE_SECRET=whsec_… python receiver.py 8765

Prints one line for each event. Answers 2xx only when it has kept it: everything else is sent again.
"""

import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WINDOW = 300  # seconds: an older message is somebody's copy


def is_genuine(secret, header, body, now):
    """Tell whether the signature is right and fresh. The header is 't=<seconds>,v1=<hex>'."""
    parts = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
    stamp = parts.get("t", "")
    if not stamp.isdigit() or abs(now - int(stamp)) > WINDOW:
        return False
    expected = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, parts.get("v1", ""))


class Receiver(BaseHTTPRequestHandler):
    seen = set()  # in earnest: a table with a unique column

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length) if length <= 65536 else b""
        if not is_genuine(os.environ["RONGHE_SECRET"], self.headers.get("X-Ronghe-Signature", ""), body, time.time()):
            return self.answer(401)
        event = json.loads(body)
        if event["id"] not in self.seen:
            self.seen.add(event["id"])
            print(event["event"], event["id"], json.dumps(event["data"], ensure_ascii=False), flush=True)
        return self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.end_headers()

    def log_message(self, *args):
        """Nothing on the console but events."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
