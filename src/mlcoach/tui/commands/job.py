"""The chosen job."""

from __future__ import annotations

from mlcoach.tui.screens.main import MainScreen


def log(screen: MainScreen) -> None:
    if job := screen.jobs_pane.chosen:
        from mlcoach.tui.screens.log import LogScreen

        screen.app.push_screen(LogScreen(job, screen.keymap))
    else:
        screen.say("No job has run yet")


def stop(screen: MainScreen) -> None:
    job = screen.jobs_pane.chosen
    if job is None or job.over:
        screen.say("Nothing runs")
    else:
        job.stop()
        screen.say(f"Stopping: {job.title}")
        screen.show_jobs(screen.app.runner.jobs)
