"""Fetching, against a real server on the loopback address; no outside network."""

import errno
import hashlib
import io
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from analysis.errors import AnalysisError
from analysis.study import fetch as sources

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "data" / "sources.toml"
SHARED = Path(os.environ.get("DISCOURSE_SHARED", ROOT.parent / "shared"))
BODY = bytes(range(256)) * 400
OTHER = BODY[::-1]


class Server:
    """One file server; each request asks the next behaviour in the list, the last one for good."""

    def __init__(self, *behaviours, body=BODY):
        self.behaviours = list(behaviours)
        self.body = body
        self.ranges = []
        self.encodings = set()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                outer.ranges.append(self.headers.get("Range"))
                outer.encodings.add(self.headers.get("Accept-Encoding"))
                more = len(outer.behaviours) > 1
                behave = outer.behaviours.pop(0) if more else outer.behaviours[0]
                behave(self, outer.body)
                self.close_connection = True

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/paper.pdf"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def _asked(handler, body):
    """Answer with the part of the body the Range header asks for, as a good server does."""
    asked = handler.headers.get("Range")
    start = int(re.fullmatch(r"bytes=(\d+)-", asked)[1]) if asked else 0
    if asked and start >= len(body):
        handler.send_response(416)
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return b""
    handler.send_response(206 if asked else 200)
    if asked:
        handler.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
    handler.send_header("Content-Length", str(len(body) - start))
    handler.end_headers()
    return body[start:]


def good(handler, body):
    handler.wfile.write(_asked(handler, body))


def truncated(handler, body):
    rest = _asked(handler, body)
    handler.wfile.write(rest[: max(len(rest) // 2, 1)])


def dribbling(handler, body):
    rest = _asked(handler, body)
    for start in range(0, len(rest), 8 * 1024):
        handler.wfile.write(rest[start : start + 8 * 1024])
        handler.wfile.flush()
        time.sleep(0.01)


def stuck(handler, body):
    handler.wfile.write(_asked(handler, body)[:50_000])
    handler.wfile.flush()
    time.sleep(2)


def silent(_handler, _body):
    time.sleep(2)


def reset(handler, _body):
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    handler.connection.close()
    handler.wfile = io.BytesIO()


def whole(handler, body):
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def shifted(handler, body):
    """Answer a Range with another range than was asked."""
    if handler.headers.get("Range") is None:
        whole(handler, body)
        return
    handler.send_response(206)
    handler.send_header("Content-Range", f"bytes 0-{len(body) - 1}/{len(body)}")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def status(code, **headers):
    def answer(handler, _body):
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


@pytest.fixture
def serve(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    servers = []

    def start(*behaviours, body=BODY):
        servers.append(Server(*behaviours, body=body))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def table(address, *, body=BODY, **fields):
    """Write one [[document]] table; a field that is None is left out."""
    values = {
        "study": "tiny",
        "id": "paper",
        "title": "A paper",
        "date": "2016-03-10",
        "kind": "hearing",
        "licence": "CC0",
        "address": address,
        "file": "paper.pdf",
        "bytes": len(body),
        "sha256": hashlib.sha256(body).hexdigest(),
        **fields,
    }
    lines = [f"{name} = {value!r}" for name, value in values.items() if value is not None]
    return "\n".join(["[[document]]", *lines, ""])


def catalogue(tmp_path, *tables):
    path = tmp_path / "sources.toml"
    path.write_text("\n".join(tables), encoding="utf-8")
    return path


def fetch(tmp_path, address, **options):
    options = {"pauses": (0, 0, 0), "timeout": 5, **options}
    return sources.fetch("tiny", catalogue(tmp_path, table(address)), tmp_path / "in", **options)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_download_lands_under_its_name_and_a_second_call_leaves_it_untouched(tmp_path, serve):
    server = serve(good)
    first = fetch(tmp_path, server.address)
    path = tmp_path / "in" / "paper.pdf"
    assert first.to_dict("records") == [
        {"document": "paper", "path": str(path), "bytes": len(BODY), "status": "downloaded"}
    ]
    assert path.read_bytes() == BODY
    before = path.stat()
    second = fetch(tmp_path, server.address)
    assert second["status"].tolist() == ["present"]
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino
    assert len(server.ranges) == 1
    assert names(path.parent) == ["paper.pdf"]


def test_slow_server_is_waited_for(tmp_path, serve):
    assert fetch(tmp_path, serve(dribbling).address, timeout=0.5)["status"].tolist() == [
        "downloaded"
    ]


@pytest.mark.parametrize("last", [good, whole, shifted])
def test_truncated_download_goes_on_where_it_broke_off(tmp_path, serve, last):
    server = serve(truncated, last)
    fetch(tmp_path, server.address)
    assert (tmp_path / "in" / "paper.pdf").read_bytes() == BODY
    start = int(re.fullmatch(r"bytes=(\d+)-", server.ranges[1])[1])
    assert server.ranges[0] is None
    assert 0 < start <= len(BODY) // 2
    assert len(server.ranges) == (3 if last is shifted else 2)
    assert server.encodings == {"identity"}  # a compressed answer would make the range another


def test_every_try_gains_something_from_a_server_that_always_breaks_off(tmp_path, serve):
    server = serve(truncated)
    with pytest.raises(AnalysisError, match=r"paper\.pdf could not be downloaded: .*Incomplete"):
        fetch(tmp_path, server.address)
    starts = [int(asked[6:-1]) for asked in server.ranges[1:]]
    assert len(starts) == 3
    assert starts == sorted(set(starts))
    assert names(tmp_path / "in") == ["paper.pdf.part"]


def test_stuck_server_is_left_and_resumed(tmp_path, serve):
    server = serve(stuck, good)
    fetch(tmp_path, server.address, timeout=0.2)
    assert server.ranges[1] is not None
    assert (tmp_path / "in" / "paper.pdf").read_bytes() == BODY


def test_silent_server_is_named_with_the_seconds(tmp_path, serve):
    with pytest.raises(AnalysisError, match=r"no answer within 0\.1 s.*try again later"):
        fetch(tmp_path, serve(silent).address, timeout=0.1, pauses=())


def test_busy_server_and_reset_connection_are_tried_again(tmp_path, serve):
    server = serve(status(503), status(429), reset, good)
    began = time.monotonic()
    table_ = fetch(tmp_path, server.address, pauses=(0.05, 0.1, 0.15))
    assert time.monotonic() - began >= 0.3
    assert table_["status"].tolist() == ["downloaded"]
    assert len(server.ranges) == 4


def test_tries_end_with_the_pauses(tmp_path, serve):
    server = serve(status(503))
    with pytest.raises(AnalysisError, match="the server answered 503"):
        fetch(tmp_path, server.address, pauses=(0,))
    assert len(server.ranges) == 2
    assert names(tmp_path / "in") == []


def test_gone_is_said_at_once(tmp_path, serve):
    server = serve(status(404))
    with pytest.raises(
        AnalysisError, match=r"paper\.pdf: the server answered 404 Not Found.*--from"
    ):
        fetch(tmp_path, server.address)
    assert len(server.ranges) == 1


def test_refused_port_is_named(tmp_path, serve):
    server = serve(good)
    server.server.server_close()
    with pytest.raises(AnalysisError, match=r"could not be downloaded: Connection refused"):
        fetch(tmp_path, server.address, pauses=(0,))


@pytest.mark.parametrize("location", ["file:///etc/hostname", "http://[broken/"])
def test_redirect_to_something_else_than_the_web_is_refused(tmp_path, serve, location):
    with pytest.raises(AnalysisError, match="cannot be downloaded"):
        fetch(tmp_path, serve(status(302, Location=location)).address)
    assert names(tmp_path / "in") == []


@pytest.mark.parametrize("wrong", [OTHER, BODY[:-1], BODY + b"x", b"<html>", b""])
def test_wrong_bytes_are_refused_with_both_hashes(tmp_path, serve, wrong):
    with pytest.raises(AnalysisError) as caught:
        fetch(tmp_path, serve(good, body=wrong).address)
    message = str(caught.value)
    assert hashlib.sha256(BODY).hexdigest() in message
    assert hashlib.sha256(wrong).hexdigest() in message
    assert "paper.pdf has SHA-256" in message
    assert "--from" in message
    assert names(tmp_path / "in") == []


@pytest.mark.parametrize(
    "stale", [OTHER[:5000], OTHER, OTHER + b"x"], ids=["shorter", "as long", "longer"]
)
def test_stale_partial_file_is_thrown_away(tmp_path, serve, stale):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "paper.pdf.part").write_bytes(stale)
    server = serve(good)
    fetch(tmp_path, server.address)
    assert (tmp_path / "in" / "paper.pdf").read_bytes() == BODY
    assert server.ranges == [f"bytes={len(stale)}-", None]


def test_stale_partial_file_and_wrong_server_end_in_a_refusal(tmp_path, serve):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "paper.pdf.part").write_bytes(BODY[:5000])
    with pytest.raises(AnalysisError, match=hashlib.sha256(OTHER).hexdigest()):
        fetch(tmp_path, serve(good, body=OTHER).address)
    assert names(tmp_path / "in") == []


def test_complete_partial_file_needs_no_server(tmp_path, serve):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "paper.pdf.part").write_bytes(BODY)
    server = serve(good)
    fetch(tmp_path, server.address)
    assert server.ranges == []
    assert names(tmp_path / "in") == ["paper.pdf"]


def test_wrong_file_under_the_final_name_stays_until_the_right_one_is_there(tmp_path, serve):
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "paper.pdf"
    path.write_bytes(OTHER)
    server = serve(status(404), good)
    with pytest.raises(AnalysisError, match="404"):
        fetch(tmp_path, server.address)
    assert path.read_bytes() == OTHER
    assert fetch(tmp_path, server.address)["status"].tolist() == ["downloaded"]
    assert path.read_bytes() == BODY


def test_interrupted_process_leaves_only_a_partial_file_and_is_resumed(tmp_path, serve):
    def hanging(handler, body):
        handler.wfile.write(_asked(handler, body)[:50_000])
        handler.wfile.flush()
        released.wait(20)

    released = threading.Event()
    server = serve(hanging, good)
    catalogue(tmp_path, table(server.address))
    script = "import sys; from analysis.study import fetch\nfetch.fetch('tiny', *sys.argv[1:])\n"
    argv = [sys.executable, "-c", script, tmp_path / "sources.toml", tmp_path / "in"]
    part = tmp_path / "in" / "paper.pdf.part"
    with subprocess.Popen(argv, stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 20
        while not part.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        assert process.returncode != 0
    released.set()
    assert names(part.parent) == [part.name]
    kept = part.stat().st_size
    assert 0 < kept < len(BODY)
    fetch(tmp_path, server.address)
    assert server.ranges[1] == f"bytes={kept}-"
    assert (part.parent / "paper.pdf").read_bytes() == BODY


def test_progress_is_silent_away_from_a_terminal_and_names_the_file_on_one(
    tmp_path, serve, monkeypatch, capsys
):
    server = serve(good, truncated, good, truncated, whole, good)
    fetch(tmp_path, server.address)
    assert capsys.readouterr() == ("", "")

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    for progress in (True, True, False):
        (tmp_path / "in" / "paper.pdf").unlink()
        monkeypatch.setattr(sys, "stderr", Terminal())
        fetch(tmp_path, server.address, progress=progress)
        shown = sys.stderr.getvalue()
        assert ("paper.pdf: 100%" in shown and "102k/102k" in shown) is progress


@pytest.mark.parametrize("name", ["paper.pdf", "local name.pdf", "nobody-knows.bin"])
def test_from_folder_finds_the_copy_by_name_other_name_or_bytes(tmp_path, name):
    deep = tmp_path / "disk" / "a" / "b"
    deep.mkdir(parents=True)
    (deep / name).write_bytes(BODY)
    (tmp_path / "disk" / "same-size.pdf").write_bytes(OTHER)
    listed = catalogue(tmp_path, table("http://127.0.0.1:9/paper.pdf", also=["local name.pdf"]))
    done = sources.fetch("tiny", listed, tmp_path / "in", source_folder=tmp_path / "disk")
    assert done["status"].tolist() == ["copied"]
    assert (tmp_path / "in" / "paper.pdf").read_bytes() == BODY
    assert (deep / name).read_bytes() == BODY
    assert names(tmp_path / "in") == ["paper.pdf"]
    again = sources.fetch("tiny", listed, tmp_path / "in", source_folder=tmp_path / "disk")
    assert again["status"].tolist() == ["present"]


def test_from_folder_passes_a_wrong_file_when_the_right_one_is_there_too(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "paper.pdf").write_bytes(OTHER)
    (tmp_path / "disk" / "paper (1).pdf").write_bytes(BODY)
    fetch(tmp_path, "http://127.0.0.1:9/", source_folder=tmp_path / "disk")
    assert (tmp_path / "in" / "paper.pdf").read_bytes() == BODY


@pytest.mark.parametrize("name", ["paper.pdf", "local name.pdf"])
def test_from_folder_refuses_a_wrong_file_with_both_hashes(tmp_path, name):
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / name).write_bytes(OTHER)
    listed = catalogue(tmp_path, table("http://127.0.0.1:9/", also=["local name.pdf"]))
    with pytest.raises(AnalysisError) as caught:
        sources.fetch("tiny", listed, tmp_path / "in", source_folder=tmp_path / "disk")
    for body in (BODY, OTHER):
        assert hashlib.sha256(body).hexdigest() in str(caught.value)
    assert str(tmp_path / "disk" / name) in str(caught.value)
    assert names(tmp_path / "in") == []


def test_from_folder_names_all_that_is_missing_and_copies_nothing(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "paper.pdf").write_bytes(BODY)
    others = [
        table("http://127.0.0.1:9/", body=body, id=body.decode(), file=f"{body.decode()}.pdf")
        for body in (b"second", b"third")
    ]
    listed = catalogue(tmp_path, table("http://127.0.0.1:9/"), *others)
    with pytest.raises(AnalysisError, match=r"no copy of second\.pdf, third\.pdf.*--from"):
        sources.fetch("tiny", listed, tmp_path / "in", source_folder=tmp_path / "disk")
    assert names(tmp_path / "in") == []
    with pytest.raises(AnalysisError, match="no such folder"):
        sources.fetch("tiny", listed, tmp_path / "in", source_folder=tmp_path / "nowhere")


def test_partial_download_is_not_taken_for_a_copy(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "paper.pdf.part").write_bytes(BODY)
    with pytest.raises(AnalysisError, match=r"no copy of paper\.pdf"):
        fetch(tmp_path, "http://127.0.0.1:9/", source_folder=tmp_path / "in")


def test_copy_that_changes_meanwhile_is_refused(tmp_path, monkeypatch):
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "paper.pdf").write_bytes(BODY)
    monkeypatch.setattr(
        sources.shutil, "copyfile", lambda _source, target: target.write_bytes(OTHER)
    )
    with pytest.raises(AnalysisError, match="it changed while it was copied"):
        fetch(tmp_path, "http://127.0.0.1:9/", source_folder=tmp_path / "disk")
    assert names(tmp_path / "in") == []


def test_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "in").write_text("a file")
    with pytest.raises(AnalysisError, match=r"in: cannot be written .*choose another folder"):
        fetch(tmp_path, "http://127.0.0.1:9/")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("how", ["download", "copy"])
def test_full_disk_is_said_and_nothing_stands_under_the_name(tmp_path, serve, how):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "paper.pdf.part").symlink_to("/dev/full")
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "paper.pdf").write_bytes(BODY)
    options = {"source_folder": tmp_path / "disk"} if how == "copy" else {}
    with pytest.raises(AnalysisError, match=rf"cannot be written \({os.strerror(errno.ENOSPC)}\)"):
        fetch(tmp_path, serve(good).address, **options)
    assert names(tmp_path / "in") == ["paper.pdf.part"]


def test_unknown_study_names_the_known_ones(tmp_path):
    listed = catalogue(
        tmp_path, table("http://a.org/"), table("http://a.org/", study="big", id="other")
    )
    with pytest.raises(AnalysisError, match=r"no study 'huge'; expected one of: big, tiny"):
        sources.fetch("huge", listed, tmp_path / "in")
    assert not (tmp_path / "in").exists()
    assert sources.documents("big", listed)["document"].tolist() == ["other"]


def test_shipped_catalogue_lists_the_oversight_study():
    rows = sources.documents("oversight", SHIPPED)
    assert len(rows) == 11
    assert rows["kind"].value_counts().to_dict() == {
        "hearing": 6,
        "court argument": 1,
        "testimony": 2,
        "court filing": 1,
        "report": 1,
    }
    pinned = r"https://raw\.githubusercontent\.com/[\w-]+/[\w-]+/[0-9a-f]{40}/[\w./-]+"
    for row in rows.itertuples():
        assert re.fullmatch(pinned, row.address)
        assert row.address.endswith(f"/{row.file}")
        assert row.date in row.document
        assert bool(row.author) is (row.kind in {"testimony", "court filing", "report"})
    left_out = sources.read_left_out(SHIPPED)
    assert len(left_out) == 10
    assert not set(left_out["name"]) & set(rows["file"])


@pytest.mark.shared
def test_shipped_hashes_are_those_of_the_shared_copies(tmp_path):
    if not (SHARED / "corpora").is_dir():
        pytest.skip(f"no texts at {SHARED}; set DISCOURSE_SHARED to their folder")
    rows = sources.documents("oversight", SHIPPED)
    done = sources.fetch("oversight", SHIPPED, tmp_path, source_folder=SHARED / "corpora")
    assert done["status"].tolist() == ["copied"] * 11
    assert done["bytes"].tolist() == rows["bytes"].tolist()
    for row in rows.itertuples():
        copy = (tmp_path / row.file).read_bytes()
        assert hashlib.sha256(copy).hexdigest() == row.sha256
