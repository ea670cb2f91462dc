#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stub of the chat protocol on 127.0.0.1: endpoint_stub.py LOG.

Prints its port, then answers POST /<what>/chat/completions as <what> says. Each request is a line
of LOG: what, whether the key came, and how many messages.
"""
import http.server
import json
import sys

LOG = sys.argv[1]


def chat(text):
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


def source_of(question, words):
    """The number of the first source that holds the words."""
    for line in question.splitlines():
        if line.startswith("[") and words in line:
            return line[1:line.index("]")]
    return "0"


class Stub(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def reply(self, status, body, headers=(), length=None):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        what = self.path.split("/")[1]
        key = self.headers.get("Authorization", "")
        with open(LOG, "a") as log:
            log.write(f"{what} {'key' if key == 'Bearer sesame' else 'none'} {len(asked['messages'])}\n")
        question = asked["messages"][-1]["content"]
        if what == "right":
            asks = question.rsplit("Question: ", 1)[1]
            words = "900 grams" if "heavy is the kettle" in asks else "12 hours" if "long" in asks else None
            self.reply(200, chat(f"{words} [{source_of(question, words)}]" if words else "Not said."))
        elif what == "liar":
            self.reply(200, chat("five tons [1]"))
        elif what == "nosource":
            self.reply(200, chat("900 grams"))
        elif what == "wrongsource":
            self.reply(200, chat("900 grams [99]"))
        elif what == "locked":
            self.reply(401, b'{"error": "bad key ' + key.encode() + b'"}')
        elif what == "busy":
            self.reply(429, b"{}", [("Retry-After", "7")])
        elif what == "broken":
            self.reply(500, b"out of cheese")
        elif what == "moved":
            self.reply(302, b"", [("Location", "http://127.0.0.1:9/v1")])
        elif what == "notjson":
            self.reply(200, b"<html>hello</html>")
        elif what == "empty":
            self.reply(200, b'{"choices": []}')
        elif what == "odd":
            self.reply(200, b'{"choices": [{"message": {"content": 5}}]}')
        elif what == "cut":
            self.reply(200, b'{"choices": [{"mess', length=5000)
            self.close_connection = True
        elif what == "huge":
            self.reply(200, b" " * (3 << 20))
        elif what == "slow":
            self.rfile.read(1)  # whoever asked hangs up, and nothing was ever answered
        else:
            self.reply(404, b"no such path")


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stub)
server.daemon_threads = True
print(server.server_port, flush=True)
server.serve_forever()
