"""A command of the command line, run in this very process: the same program as the console script, several times sooner than starting one for each.

Rule: test_commands.py starts the real script too, once for each way in; what a command does may be seen here.
"""

import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from stormlykta.__main__ import main
from tests.serving import Running


def run_here(running: Running, *arguments: str | Path, language: str = "sv_SE.UTF-8") -> subprocess.CompletedProcess[str]:
    """What the command answers and says, with the environment that a process of its own would have."""
    asked = [str(argument) for argument in arguments]
    environment = {**running.environment, "LANG": language}
    with patch.dict(os.environ, environment, clear=True), redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        try:
            status = main(asked)
        except SystemExit as left:
            if isinstance(left.code, str):
                print(left.code, file=sys.stderr)
            status = left.code if isinstance(left.code, int) else int(left.code is not None)
    return subprocess.CompletedProcess(asked, status, out.getvalue(), err.getvalue())
