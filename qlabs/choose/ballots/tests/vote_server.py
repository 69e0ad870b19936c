"""A small server with the two addresses of a ballot, to test the browser's scripts alone."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from labengines.voting import credentials, fingerprints, voter

STATIC = Path(__file__).parent.parent / "static" / "ballots"
SCOPES = ("choice", "nation:wales", "reason")
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'"
VOTE = """<!doctype html><html lang="en"><title>Vote</title>
<form id="vote-form" method="post" action="/plain" novalidate data-ballot="theme-1" data-tag="a1b2" data-ends-in="600"
 data-scopes='{scopes}'
 data-check-code="{check_code}" data-other-keys='{other_keys}'
 data-sign-url="/sign" data-box-url="/box" data-done-url="/done">
<div class="nhsuk-form-group"><fieldset><legend>Your choice</legend><div class="nhsuk-radios">
<label><input type="radio" name="choice" value="t1"> One</label>
<label><input type="radio" name="choice" value="t2"> Two</label>
<label><input type="radio" name="choice" value=""> No choice</label></div></fieldset></div>
<label>Reason <textarea name="reason"></textarea></label>
<div class="nhsuk-form-group"><label for="code">Change code</label><input name="code" id="code"></div>
<p data-keys="unknown">Not compared</p><p data-keys="same" hidden>The keys are the same</p>
<div data-keys="ask" hidden><label>Check code <input name="email_code"></label></div>
<input type="hidden" name="csrfmiddlewaretoken" value="token-1">
<button type="submit">Cast your vote</button></form>
<script type="module" src="/static/vote.js"></script>"""
DONE = """<!doctype html><html lang="en"><title>Your receipt</title>
<div id="receipt-codes" data-ballot="theme-1" data-tag="a1b2" data-title="Cast" data-changed="Changed"
 data-elsewhere="Voted" hidden>
<h1 data-cast></h1><span data-changed-note hidden>The same codes</span>
<div class="labs-receipt"><h2>Receipt</h2><b data-receipt></b></div>
<div class="labs-receipt"><h2>Change code</h2><b data-change-code></b></div>
<button data-save>Save</button><p data-ask-forget><button data-may-forget>Forget</button></p>
<div data-sure hidden><p tabindex="-1">Sure?</p><button data-forget>Yes</button><button data-keep>Keep</button></div>
<p data-forgotten hidden>Forgotten</p></div>
<script type="module" src="/static/receipt.js"></script>"""


class VoteServer(ThreadingHTTPServer):
    """Keeps what came in: `asked` (sign), `votes` ({her keys: [her votes]}), `seen` (path, headers, body)."""

    daemon_threads = True

    def __init__(self, signer, port):
        super().__init__(("127.0.0.1", port), Answers)
        self.signer, self.address = signer, f"http://localhost:{port}"
        self.asked, self.votes, self.seen, self.failing = None, {}, [], []
        self.handed_out = {scope: signer.public for scope in SCOPES}
        self.other_keys = {"nation:england": "00" * 32}
        self.check_code = self.honest_code = self.fixed()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def fixed(self):
        """The check code of the keys as they stand."""
        hashes = {scope: fingerprints.key_hash(key) for scope, key in self.handed_out.items()}
        return fingerprints.check_code(fingerprints.fingerprint("theme-1", self.other_keys | hashes))

    def page(self):
        scopes = [
            {"scope": scope, "n": f"{key.n:x}", "e": f"{key.e:06x}"} for scope, key in self.handed_out.items()
        ]
        filled = {"scopes": json.dumps(scopes), "other_keys": json.dumps(self.other_keys)}
        page = VOTE
        for name, words in {**filled, "check_code": self.check_code}.items():
            page = page.replace(f"{{{name}}}", words)
        return page

    def sign(self, body):
        if self.asked not in (None, body):
            return 409, {"error": "other-key"}
        self.asked = body
        sent = {scope: bytes.fromhex(blinded) for scope, blinded in body["blinded"].items()}
        return 200, {
            "signed": {scope: credentials.blind_sign(self.signer, one).hex() for scope, one in sent.items()}
        }

    def cast(self, body):
        if self.failing:
            return self.failing.pop(), {}
        for line in body["lines"]:
            self._verify(line, body)
        mine = tuple(sorted((line["scope"], line["key"]) for line in body["lines"]))
        last = self.votes.get(mine, [])
        vote = {name: body[name] for name in ("counter", "choice", "text")}
        if vote not in last[-1:] and vote["counter"] != len(last) + 1:
            return 409, {"error": "stale", "counter": len(last) + 1}
        self.votes[mine] = last if vote in last[-1:] else [*last, vote]
        return 200, {"counter": body["counter"]}

    def _verify(self, line, body):
        key, signature = bytes.fromhex(line["key"]), bytes.fromhex(line["signature"])
        where = {"ballot": "theme-1", "scope": line["scope"]}
        text = body["text"] if line["scope"] == "reason" else None
        message = voter.ballot_message(**where, choice=body["choice"], text=text)
        counted = voter.counter_message(**where, counter=body["counter"], signature=signature)
        assert credentials.verify(self.signer.public, key, bytes.fromhex(line["credential"]))
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        Ed25519PublicKey.from_public_bytes(key).verify(bytes.fromhex(line["counter_signature"]), counted)


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.startswith("/static/"):
            return self._send(
                200, (STATIC / self.path.removeprefix("/static/")).read_text(), "text/javascript"
            )
        return self._send(200, DONE if self.path == "/done" else self.server.page(), "text/html")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.seen.append((self.path, dict(self.headers), body))
        if self.path == "/plain":
            return self._send(200, "<title>Taken by the server</title>", "text/html")
        act = {"/sign": self.server.sign, "/box": self.server.cast}[self.path]
        status, answer = act(json.loads(body))
        return self._send(status, json.dumps(answer), "application/json")

    def _send(self, status, text, kind):
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Set-Cookie", "session=her-name; Path=/")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_args):
        """Silent."""
