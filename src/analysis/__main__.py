"""Entry point of ``python -m analysis``."""

import io
import locale
import os
import subprocess
import sys

from analysis.cli import main


def start() -> int:
    """Run a command in Python's UTF-8 mode, whatever the locale: names of files are UTF-8 too."""
    plain = locale.getpreferredencoding(do_setlocale=False).lower().replace("-", "")
    if sys.flags.utf8_mode or plain == "utf8":
        _speak_utf8()
        return main()
    command = [sys.executable, "-m", "analysis", *sys.argv[1:]]
    try:
        return subprocess.call(command, env={**os.environ, "PYTHONUTF8": "1"})
    except KeyboardInterrupt:
        return 130


def _speak_utf8() -> None:
    """Read and write UTF-8 whatever the locale; a character that it cannot have is escaped."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            errors = "surrogateescape" if stream is sys.stdin else "backslashreplace"
            stream.reconfigure(encoding="utf-8", errors=errors)


if __name__ == "__main__":
    sys.exit(start())
