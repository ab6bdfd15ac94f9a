"""The terminal UI. `start` paints a line, then imports the rest."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_ENTER = "\x1b[?1049h\x1b[H\x1b[?25l"  # the alternate screen, its first cell, no cursor
_LEAVE = "\x1b[?25h\x1b[?1049l"


def start(path: Path, *, readonly: bool) -> int:
    """Run the UI on a project's folder; the exit status: 2 when it cannot start, after one line that says why."""
    from mlcoach.reports.escape import visible

    folder = Path(os.path.abspath(path))
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "does not exist"
        print(f"mlcoach: {visible(str(path))} {what}; name the project's folder", file=sys.stderr)
        return 2
    root = project_root(folder)
    print(f"{_ENTER} mlcoach  {visible(root.name)}  ...", end="", file=sys.stderr, flush=True)
    from mlcoach.tui.config import ConfigError, load

    try:
        config = load()
        from mlcoach.tui.app import CoachApp
        from mlcoach.tui.session import Session

        app = CoachApp(Session(root, config, readonly="started with --readonly" if readonly else ""))
    except ConfigError as error:
        print(f"{_LEAVE}mlcoach: {visible(str(error))}", file=sys.stderr)
        return 2
    except BaseException:
        print(_LEAVE, end="", file=sys.stderr, flush=True)
        raise
    app.run(mouse=config.mouse)  # leaves the alternate screen by itself
    return app.return_code or 0


def project_root(folder: Path) -> Path:
    """The work tree that a folder is in, as git sees it: what a scan reads, and where the answers are kept."""
    return next((parent for parent in (folder, *folder.parents) if (parent / ".git").exists()), folder)
