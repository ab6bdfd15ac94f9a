"""Reviewing by keyboard: each key, what it writes to mlcoach.toml, and what the screen says then."""

from __future__ import annotations

import fcntl
import os
import tomllib
from pathlib import Path

import msgspec
import pytest

from mlcoach.checklist import answers as stored
from mlcoach.checklist.report import Answer
from tests.tui.conftest import ANA, coach, heard, rebuilt, result_of, settled, text_of, until


def saved(project: Path) -> dict[str, dict[str, str]]:
    file = project / "mlcoach.toml"
    return tomllib.loads(file.read_text()).get("answers", {}) if file.exists() else {}


async def go(pilot, id: str) -> None:
    coach(pilot).main.checklist.move_to_key(id)
    await pilot.pause()


async def test_agree_writes_who_when_and_on_what(opened, project) -> None:
    async with opened() as pilot:
        await go(pilot, "programming/testing")
        await pilot.press("c")
        await until(pilot, lambda: saved(project))
        await pilot.pause()
        answer = saved(project)["programming/testing"]
        assert answer["kind"] == "agree"
        assert answer["by"] == ANA
        assert answer["at"].endswith("Z")
        assert answer["fingerprint"] == "f-programming/testing"
        text = text_of(pilot)
        assert "32 to review" in text
        assert "·◐ Code testing" in text
        assert "You agreed" in text


async def test_agreeing_with_a_draft_makes_it_the_answer(opened, project) -> None:
    async with opened() as pilot:
        await go(pilot, "scoping/objective")
        await pilot.press("c")
        await until(pilot, lambda: saved(project))
        assert saved(project)["scoping/objective"]["text"].startswith("Predict the quality of a wine")
        assert coach(pilot).main.item.state == "done"


async def test_agreeing_without_a_draft_is_refused_with_the_way_out(opened, project) -> None:
    async with opened() as pilot:
        await go(pilot, "scoping/non-ml")
        await pilot.press("c")
        await until(pilot, lambda: "no draft to agree with" in heard(pilot))
        assert saved(project) == {}


async def test_disagree_asks_for_a_reason_and_why(opened, project) -> None:
    async with opened() as pilot:
        await go(pilot, "data/versioning")
        await pilot.press("d", "enter", *"lake", "enter")
        await until(pilot, lambda: saved(project))
        answer = saved(project)["data/versioning"]
        assert (answer["kind"], answer["reason"], answer["text"]) == ("disagree", "not-detected", "lake")
        assert coach(pilot).main.item.state == "done"
        assert "You say: done" in text_of(pilot)


async def test_disagree_offers_only_reasons_that_make_sense(opened) -> None:
    async with opened() as pilot:
        await go(pilot, "data/eda")  # done: it is detected already
        await pilot.press("d")
        assert "(wrong-evidence)" in text_of(pilot)
        assert "(not-detected)" not in text_of(pilot)


async def test_disagree_for_another_reason_needs_words(opened, project) -> None:
    async with opened() as pilot:
        await go(pilot, "data/versioning")
        await pilot.press("d", "G", "enter", "enter")
        assert "say why" in text_of(pilot)
        assert saved(project) == {}
        await pilot.press(*"odd", "enter")
        await until(pilot, lambda: saved(project))
        assert saved(project)["data/versioning"]["reason"] == "other"


async def test_answer_starts_with_the_draft_and_saves_several_lines(opened, project) -> None:
    async with opened() as pilot:
        await go(pilot, "scoping/objective")
        await pilot.press("a")
        assert "Predict the quality of a wine" in text_of(pilot)
        await pilot.press("enter", *"Fewer bottles.", "ctrl+j")
        await until(pilot, lambda: saved(project))
        answer = saved(project)["scoping/objective"]
        assert answer["kind"] == "answer"
        assert answer["text"].endswith("bottles.\nFewer bottles.")


async def test_alt_enter_saves_an_answer_too(opened, project) -> None:
    async with opened() as pilot:
        await go(pilot, "scoping/non-ml")
        await pilot.press("a", *"The mean", "alt+enter")
        await until(pilot, lambda: saved(project))
        assert saved(project)["scoping/non-ml"]["text"] == "The mean"


async def test_answering_again_starts_with_the_present_answer(opened, project) -> None:
    async with opened() as pilot:
        await go(pilot, "scoping/non-ml")
        await pilot.press("a", *"one", "ctrl+j")
        await until(pilot, lambda: saved(project))
        await pilot.press("a", *" two", "ctrl+j")
        await until(pilot, lambda: saved(project)["scoping/non-ml"]["text"] == "one two")


async def test_escape_keeps_what_was_begun_for_the_next_start(opened, project) -> None:
    async with opened() as pilot:
        await go(pilot, "scoping/non-ml")
        await pilot.press("a", *"A mean of", "escape")
        assert saved(project) == {}
        await pilot.press("q")
    async with opened() as pilot:
        await pilot.press("a")
        await until(pilot, lambda: "A mean of" in text_of(pilot))
        assert "What you began last time" in text_of(pilot)
        await pilot.press("ctrl+j")
        await until(pilot, lambda: saved(project))
        assert coach(pilot).session.view.drafts == {}


async def test_an_item_that_is_read_from_the_repository_cannot_be_answered(opened, project) -> None:
    async with opened() as pilot:
        await go(pilot, "data/eda")
        await pilot.press("a")
        await until(pilot, lambda: "agree, disagree or waive" in heard(pilot))
        assert saved(project) == {}


async def test_waive_needs_a_reason(opened, project) -> None:
    async with opened() as pilot:
        await go(pilot, "programming/obfuscation")
        await pilot.press("w", "enter")
        assert "a waiver needs a reason" in text_of(pilot)
        await pilot.press(*"internal", "enter")
        await until(pilot, lambda: saved(project))
        assert saved(project)["programming/obfuscation"]["kind"] == "waive"
        await pilot.pause()
        assert "⊘ 1 waived" in text_of(pilot)


async def test_undo_and_redo(opened, project) -> None:
    async with opened() as pilot:
        await go(pilot, "data/eda")
        await pilot.press("c")
        await until(pilot, lambda: saved(project))
        await go(pilot, "data/etl")
        await pilot.press("w", *"later", "enter")
        await until(pilot, lambda: len(saved(project)) == 2)
        await pilot.press("z")
        assert list(saved(project)) == ["data/eda"]
        assert coach(pilot).main.checklist.item_id == "data/etl"
        await pilot.press("z")
        assert saved(project) == {}
        await pilot.press("z")
        assert "Nothing to undo" in heard(pilot)
        await pilot.press("Z", "Z")
        assert sorted(saved(project)) == ["data/eda", "data/etl"]
        assert saved(project)["data/etl"]["text"] == "later"


async def test_unreview_takes_an_answer_back(opened, project) -> None:
    stored.save(project, {"data/eda": Answer("agree", by=ANA)})
    async with opened() as pilot:
        await go(pilot, "data/eda")
        await pilot.press("u")
        await until(pilot, lambda: not saved(project))
        await pilot.press("z")
        assert saved(project)["data/eda"]["by"] == ANA


async def test_marked_items_are_agreed_with_together_and_undone_together(opened, project) -> None:
    async with opened() as pilot:
        await go(pilot, "data/storage")
        await pilot.press("space", "space", "space")
        assert "3 marked" in text_of(pilot)
        await pilot.press("c")
        await until(pilot, lambda: len(saved(project)) == 3)
        assert sorted(saved(project)) == ["data/eda", "data/storage", "data/transformation"]
        await pilot.pause()
        assert "marked" not in text_of(pilot)
        await pilot.press("z")
        assert saved(project) == {}


async def test_marked_items_are_waived_with_one_reason(opened, project) -> None:
    async with opened() as pilot:
        await go(pilot, "data/schema")
        await pilot.press("space", "space", "w", *"toy", "enter")
        await until(pilot, lambda: len(saved(project)) == 2)
        assert {answer["text"] for answer in saved(project).values()} == {"toy"}


async def test_next_and_previous_item_to_review(opened, project) -> None:
    async with opened() as pilot:
        await go(pilot, "scoping/objective")
        await pilot.press("c")
        await until(pilot, lambda: saved(project))
        await pilot.press("]", "[")
        assert coach(pilot).main.checklist.item_id == "modelling/serialisation"
        await pilot.press("]")
        assert coach(pilot).main.checklist.item_id == "scoping/ml-role"


async def test_changed_evidence_asks_for_another_review(opened, project, look) -> None:
    stored.save(project, {"data/eda": Answer("agree", by=ANA, at="2026-01-02T03:04:05Z", fingerprint="of before")})
    async with opened() as pilot:
        await go(pilot, "data/eda")
        assert "review again" in text_of(pilot)
        await pilot.press("c")
        await until(pilot, lambda: saved(project)["data/eda"]["fingerprint"] == "f-data/eda")
        await pilot.pause()
        assert "review again" not in text_of(pilot)


async def test_readonly_refuses_every_change_and_says_so(opened, project) -> None:
    async with opened(readonly="started with --readonly") as pilot:
        assert "READ-ONLY" in text_of(pilot)
        await go(pilot, "data/eda")
        for key in ("c", "d", "w", "a", "u"):
            await pilot.press(key)
            assert heard(pilot).endswith("Read-only: started with --readonly")
            coach(pilot).clear_notifications()
            assert len(pilot.app.screen_stack) == 1
        assert not (project / "mlcoach.toml").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_a_folder_that_cannot_be_written_is_said_at_once(opened, project) -> None:
    project.chmod(0o555)
    try:
        async with opened(settle=False) as pilot:
            await until(pilot, lambda: "This folder cannot be written" in text_of(pilot))
            await pilot.press("enter")
            assert "READ-ONLY" in text_of(pilot)
    finally:
        project.chmod(0o755)


async def test_a_broken_answers_file_loses_nothing(opened, project) -> None:
    (project / "mlcoach.toml").write_text("[answers\n")
    async with opened() as pilot:
        await go(pilot, "scoping/non-ml")
        await pilot.press("a", *"The mean", "ctrl+j")
        await until(pilot, lambda: "not valid TOML" in heard(pilot))
        assert (project / "mlcoach.toml").read_text() == "[answers\n"
        (project / "mlcoach.toml").write_text("")
        await pilot.press("a")
        assert "The mean" in text_of(pilot)


async def test_a_reason_that_could_not_be_saved_is_there_again(opened, project) -> None:
    (project / "mlcoach.toml").write_text("[answers\n")
    async with opened() as pilot:
        await go(pilot, "data/eda")
        await pilot.press("w", *"no data", "enter")
        await until(pilot, lambda: "not valid TOML" in heard(pilot))
        await pilot.press("w")
        assert "no data" in text_of(pilot)


async def test_the_screen_goes_on_while_another_program_holds_the_file(opened, project) -> None:
    async with opened() as pilot:
        await go(pilot, "data/eda")
        held = os.open(project, os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX)
        await pilot.press("c", "j")
        assert coach(pilot).main.checklist.item_id == "data/etl"
        await until(pilot, lambda: "another program holds mlcoach.toml" in heard(pilot))
        await pilot.press("c", "z")  # they wait their turn
        assert saved(project) == {}
        os.close(held)
        await until(pilot, lambda: "Undone: agreed ETL pipeline" in heard(pilot))
        assert set(saved(project)) == {"data/eda"}


async def test_quitting_waits_for_what_is_being_saved(opened, project) -> None:
    async with opened() as pilot:
        await go(pilot, "data/eda")
        await pilot.press("c", "q")
        await until(pilot, lambda: not pilot.app.is_running)
    assert set(saved(project)) == {"data/eda"}


async def test_what_others_write_comes_in_by_itself(opened, project) -> None:
    async with opened() as pilot:
        stored.save(project, {"data/eda": Answer("waive", text="theirs")})
        await coach(pilot)._keep()
        await pilot.pause()
        assert "you: theirs" in text_of(pilot)
        (project / "mlcoach.toml").write_text("[answers\n")
        await coach(pilot)._keep()
        assert "not valid TOML" in heard(pilot)


async def test_a_message_takes_the_place_of_the_last_one_but_not_of_a_problem(opened) -> None:
    async with opened() as pilot:
        screen = coach(pilot).main
        for words in ("one", "two"):
            screen.say(words)
            await pilot.pause()
        assert heard(pilot) == "two"
        screen.say("wrong", problem=True)
        await pilot.pause()
        screen.say("three")
        await pilot.pause()
        assert heard(pilot) == "three\nwrong"


async def test_comments_of_the_file_stay(opened, project) -> None:
    (project / "mlcoach.toml").write_text("# ours\n[settings]\nx = 1\n")
    async with opened() as pilot:
        await go(pilot, "data/eda")
        await pilot.press("c")
        await until(pilot, lambda: saved(project))
        assert (project / "mlcoach.toml").read_text().startswith("# ours\n[settings]\nx = 1\n")


async def test_what_somebody_else_wrote_meanwhile_stays(opened, project) -> None:
    async with opened() as pilot:
        stored.save(project, {"data/etl": Answer("waive", text="theirs")})
        await go(pilot, "data/eda")
        await pilot.press("c")
        await until(pilot, lambda: len(saved(project)) == 2)
        assert saved(project)["data/etl"]["text"] == "theirs"


async def test_a_rescan_keeps_answers_cursor_and_folds(opened, project, report, scan_says) -> None:
    async with opened() as pilot:
        await go(pilot, "data")
        await pilot.press("enter")
        await go(pilot, "modelling/cv")
        await pilot.press("c")
        await until(pilot, lambda: saved(project))
        scan_says(result_of(rebuilt(report, **{"modelling/cv": {"summary": "Ten folds"}})))
        await pilot.press("R")
        await settled(pilot)
        assert coach(pilot).main.checklist.item_id == "modelling/cv"
        assert coach(pilot).main.checklist.folded == {"data"}
        assert "Ten folds" in text_of(pilot)
        assert coach(pilot).main.item.reviewed


async def test_a_rescan_of_one_item_changes_that_item_alone(opened, report, scan_says) -> None:
    async with opened() as pilot:
        await go(pilot, "modelling/cv")
        part = rebuilt(report, **{"modelling/cv": {"summary": "Ten folds"}})
        one = msgspec.structs.replace(part, items=(part.item("modelling/cv"),))
        scan_says(result_of(one))
        await pilot.press("r")
        await settled(pilot)
        assert "Ten folds" in text_of(pilot)
        assert "✓ 18 done" in text_of(pilot)
