"""HubSpot and Salesforce on this machine: they check what they are sent, and can be made to fail.

``script`` holds what happens to the next writes, one entry for each: ``None`` answers as usual, a
function of the request may answer in its place or change the records first.
"""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "a-token-that-nobody-may-see"


class Server:
    """A customer system with records by key, and whatever was asked of it."""

    def __init__(self, records, properties):
        self.records = {key: dict(values) for key, values in records.items()}
        self.properties = set(properties)
        self.token = TOKEN
        self.script, self.asked, self.writes, self.changes = [], [], [], []
        self.refuses = {}
        self.lock = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_any(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length)) if length else None
                with server.lock:
                    server.asked.append((self.command, unquote(self.path), body))
                if self.headers.get("Authorization") != f"Bearer {server.token}":
                    return self.say(401, server.unauthorised())
                return server.answer(self, body)

            do_GET = do_POST = do_PATCH = do_any

            def say(self, status, body, **headers):
                content = json.dumps(body).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.httpd.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.httpd.server_port}"
        threading.Thread(target=self.httpd.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        self.httpd.shutdown()
        self.httpd.server_close()

    def change(self, key, values):
        """Write values, and remember what that changed."""
        before = self.records[key]
        self.changes += [
            (key, name, value) for name, value in values.items() if before.get(name) != value
        ]
        before.update(values)

    def scripted(self, request, body, write):
        """Do the next thing of the script; tell whether that was the answer."""
        step = self.script.pop(0) if self.script else None
        if step is None:
            return False
        return step(request, body, write) is not False


class HubSpot(Server):
    """Batch update and batch read of companies, as HubSpot documents them."""

    def unauthorised(self):
        return {"status": "error", "category": "INVALID_AUTHENTICATION", "message": "expired"}

    def answer(self, request, body):
        path = urlsplit(request.path).path
        if path == "/crm/objects/2026-03/companies/batch/read":
            return self.read(request, body)
        assert path == "/crm/objects/2026-03/companies/batch/update", path
        assert request.command == "POST"
        inputs = body["inputs"]
        if len(inputs) > 100:
            return self.refuse(request, 400, "more than 100 inputs")
        keys = [one["id"] for one in inputs]
        if len(set(keys)) < len(keys):
            return self.refuse(request, 400, "duplicate id in the batch")
        for one in inputs:
            assert set(one) == {"id", "idProperty", "properties", "objectWriteTraceId"}
            assert one["idProperty"] == "warehouse_account_id"
            assert all(isinstance(value, str) for value in one["properties"].values())
        if self.scripted(request, body, lambda: self.write(inputs)):
            return None
        for name in {name for one in inputs for name in one["properties"]} - self.properties:
            error = {
                "code": "PROPERTY_DOESNT_EXIST",
                "message": f'Property "{name}" does not exist',
                "context": {"propertyName": [name]},
            }
            return self.refuse(request, 400, "Property values were not valid", errors=[error])
        results, errors = self.write(inputs)
        # Their order proves nothing.
        body = {"status": "COMPLETE", "results": results[::-1]}
        if errors:
            body |= {"numErrors": len(errors), "errors": errors}
        return request.say(207 if errors else 200, body)

    def write(self, inputs):
        self.writes.append([one["id"] for one in inputs])
        results, errors = [], []
        for one in inputs:
            key, trace = one["id"], one["objectWriteTraceId"]
            if why := self.refuses.get(key):
                error = why if isinstance(why, dict) else {"message": why}
                context = error.get("context", {}) | {"objectWriteTraceId": [trace]}
                errors.append({"status": "error", "category": "VALIDATION_ERROR"} | error)
                errors[-1]["context"] = context
            elif key not in self.records:
                errors.append(
                    {
                        "status": "error",
                        "category": "OBJECT_NOT_FOUND",
                        "message": f"no company has {key}",
                        "context": {"objectWriteTraceId": [trace], "ids": [key]},
                    }
                )
            else:
                self.change(key, one["properties"])
                results.append(
                    {
                        "id": str(hash(key)),
                        "properties": dict(self.records[key]),
                        "objectWriteTraceId": trace,
                    }
                )
        return results, errors

    def read(self, request, body):
        assert body["idProperty"] == "warehouse_account_id"
        found = [one["id"] for one in body["inputs"] if one["id"] in self.records]
        assert len(body["inputs"]) <= 100
        request.say(
            200,
            {
                "status": "COMPLETE",
                "results": [
                    {
                        "id": str(hash(key)),
                        "properties": {
                            name: self.records[key].get(name, None) for name in body["properties"]
                        }
                        | {"warehouse_account_id": key},
                    }
                    for key in found
                ],
            },
        )

    def refuse(self, request, status, message, **more):
        return request.say(
            status,
            {"status": "error", "category": "VALIDATION_ERROR", "message": message} | more,
        )


class Salesforce(Server):
    """Queries, and collections by external identifier, as Salesforce documents them."""

    key = "Warehouse_Account_Id__c"

    def unauthorised(self):
        return [{"errorCode": "INVALID_SESSION_ID", "message": "Session expired or invalid"}]

    def answer(self, request, body):
        parts = urlsplit(request.path)
        if parts.path == "/services/data/v64.0/query":
            return self.query(request, parse_qs(parts.query)["q"][0])
        assert request.command == "PATCH"
        assert parts.path == f"/services/data/v64.0/composite/sobjects/Account/{self.key}"
        records = body["records"]
        if len(records) > 200:
            return request.say(400, [{"errorCode": "INVALID_BATCH_SIZE", "message": "over 200"}])
        assert body["allOrNone"] is False
        for one in records:
            assert one["attributes"] == {"type": "Account"}
            assert "id" not in one
        if self.scripted(request, body, lambda: self.write(records)):
            return None
        named = {name for one in records for name in one} - {"attributes", self.key}
        if unknown := sorted(named - self.properties):
            message = f"No such column '{unknown[0]}' on sobject of type Account"
            return request.say(400, [{"errorCode": "INVALID_FIELD", "message": message}])
        return request.say(200, self.write(records))

    def write(self, records):
        self.writes.append([one[self.key] for one in records])
        answers = []
        for one in records:
            key = one[self.key]
            if why := self.refuses.get(key):
                answers.append({"success": False, "errors": [why]})
                continue
            created = key not in self.records
            self.records.setdefault(key, {})
            self.change(key, {n: v for n, v in one.items() if n not in ("attributes", self.key)})
            answers.append({"id": f"001{key}", "success": True, "created": created, "errors": []})
        return answers

    def query(self, request, query):
        columns = query.removeprefix("SELECT ").split(" FROM ")[0].split(", ")
        listed = query.split(" IN (")[1].removesuffix(")")
        keys = [k[1:-1].replace("\\'", "'").replace("\\\\", "\\") for k in listed.split(", ")]
        found = [
            {
                "attributes": {"type": "Account"},
                **{c: self.records[k].get(c) for c in columns},
                self.key: k,
            }
            for k in keys
            if k in self.records
        ]
        request.say(200, {"totalSize": len(found), "done": True, "records": found})


def answers(status, body, **headers):
    """Return a step that answers in place of the server, which does nothing."""

    def step(request, _, __):
        request.say(status, body, **headers)

    return step


def after_the_write(status, body=None):
    """Return a step that does what is asked, and loses the answer."""

    def step(request, _, write):
        write()
        request.say(status, body or {})

    return step


def slowly(seconds, drip=False, is_done=True):
    """Return a step that does what is asked, and answers too late."""

    def step(request, _, write):
        if is_done:
            write()
        if not drip:
            time.sleep(seconds)
            return
        request.send_response(200)
        request.send_header("Content-Length", "1000")
        request.end_headers()
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            try:
                request.wfile.write(b" ")
                request.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    return step
