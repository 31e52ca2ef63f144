"""Many users and one chatbot: order, limits, shared answers, and no blocking by stalled or disconnected users."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence

import pytest
from test_ui.fakes_ui import FakeChatbot, abstention

from index.types import Coverage, Question
from rag.events import Done, Event, Reading, Searching
from rag.turns import Turn
from rag.types import Reply
from ui.serving.desk import Desk
from ui.serving.queue import Queue, TooBusy
from ui.serving.tape import Tape

NOTHING = Coverage(0, None, None, ())


def refuse(question: Question) -> Reply:
    return abstention(question.text, NOTHING)


class Gate:
    """A chatbot that blocks after ``Searching`` or ``Reading`` until its question is released."""

    def __init__(self, *, stalls_in_draft: bool = False) -> None:
        self.stalls_in_draft = stalls_in_draft
        self.begun: list[str] = []
        self.closed: list[str] = []
        self.at_work = 0
        self.most_at_work = 0
        self._lock = threading.Lock()
        self._doors: dict[str, threading.Event] = {}

    def door(self, text: str) -> threading.Event:
        with self._lock:
            return self._doors.setdefault(text, threading.Event())

    def ask(self, question: Question, turns: Sequence[str | Turn] = ()) -> Reply:
        raise NotImplementedError

    def stream(self, question: Question, turns: Sequence[str | Turn] = ()) -> Iterator[Event]:
        try:
            yield Searching(question.text)
            with self._lock:
                self.begun.append(question.text)
                self.at_work += 1
                self.most_at_work = max(self.most_at_work, self.at_work)
            if not self.stalls_in_draft:
                assert self.door(question.text).wait(20)
            with self._lock:
                self.at_work -= 1
            yield Reading(1)
            if self.stalls_in_draft:
                assert self.door(question.text).wait(20)
            yield Done(refuse(question))
        finally:
            self.closed.append(question.text)


def in_background(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def until(holds: Callable[[], bool]) -> None:
    for _ in range(2000):
        if holds():
            return
        time.sleep(0.005)
    raise AssertionError("it never came to hold")


def test_concurrency_is_limited_and_waiting_questions_follow_in_order_of_arrival() -> None:
    bot = Gate()
    desk = Desk(bot, at_once=2)
    names = [f"question {n}" for n in range(6)]
    threads = []
    for n, name in enumerate(names):
        threads.append(in_background(lambda name=name: desk.ask(Question(name))))  # type: ignore[misc]
        until(lambda n=n: len(bot.begun) + desk.waiting == n + 1)  # type: ignore[misc]
    assert bot.begun == names[:2]
    assert (desk.open, desk.waiting) == (6, 4)
    for n, (name, thread) in enumerate(zip(names, threads, strict=True)):
        bot.door(name).set()
        thread.join(20)
        until(lambda n=n: bot.begun == names[: n + 3])  # type: ignore[misc]
    assert bot.most_at_work == 2
    assert (desk.open, desk.waiting) == (0, 0)


def test_questions_beyond_the_queue_limit_are_rejected_and_accepted_again_later() -> None:
    bot = Gate()
    desk = Desk(bot, at_once=1, waiting=1)
    threads = [in_background(lambda name=name: desk.ask(Question(name))) for name in "ab"]  # type: ignore[misc]
    until(lambda: desk.open == 2)
    with pytest.raises(TooBusy, match="Too many questions are in progress or waiting .2.; try again in a moment."):
        desk.ask(Question("c"))
    for name in "abc":
        bot.door(name).set()
    for thread in threads:
        thread.join(20)
    assert desk.ask(Question("c")) == refuse(Question("c"))


def test_identical_concurrent_questions_are_answered_once_and_every_listener_gets_all_events() -> None:
    bot = Gate()
    desk = Desk(bot, at_once=2)
    heard: list[list[Event]] = []
    threads = [in_background(lambda: heard.append(list(desk.stream(Question("same"))))) for _ in range(5)]
    until(lambda: desk.open == 5)
    bot.door("same").set()
    for thread in threads:
        thread.join(20)
    assert bot.begun == ["same"]
    assert heard == [[Searching("same"), Reading(1), Done(refuse(Question("same")))]] * 5
    desk.ask(Question("same"))
    assert bot.begun == ["same", "same"]  # a reply is not kept: the archive may have changed


def test_questions_that_differ_in_their_limits_or_follow_other_ones_are_never_shared() -> None:
    bot = FakeChatbot(refuse)
    desk = Desk(bot)
    streams = [
        desk.stream(Question("q")),
        desk.stream(Question("q", outlets=("Meridian Post",))),
        desk.stream(Question("q"), ["earlier"]),
        desk.stream(Question("q"), ["earlier"]),
    ]
    for stream in streams:
        next(stream)
    assert len(bot.asked) == 4
    for stream in streams:
        assert isinstance(list(stream)[-1], Done)


def test_a_listener_that_leaves_does_not_stop_the_reply_for_the_others() -> None:
    desk = Desk(FakeChatbot(refuse))
    leaving, staying = desk.stream(Question("q")), desk.stream(Question("q"))
    assert next(leaving) == next(staying)
    leaving.close()  # type: ignore[attr-defined]
    assert isinstance(list(staying)[-1], Done)


def test_when_the_last_listener_leaves_the_work_ends_and_the_slot_is_released() -> None:
    bot = Gate()
    desk = Desk(bot, at_once=1)
    bot.door("left").set()
    stream = desk.stream(Question("left"))
    assert [next(stream), next(stream)] == [Searching("left"), Reading(1)]
    tape = desk._tapes[Question("left")]  # held here, so that it is not ended by being forgotten
    stream.close()  # type: ignore[attr-defined]
    assert (bot.closed, tape.is_over) == (["left"], True)
    bot.door("next").set()
    assert desk.ask(Question("next"))


def test_a_question_abandoned_while_waiting_is_never_answered() -> None:
    bot = Gate()
    desk = Desk(bot, at_once=1)
    first = in_background(lambda: desk.ask(Question("first")))
    until(lambda: bot.begun == ["first"])

    heard = []
    gone = threading.Event()

    def wait_and_leave() -> None:
        stream = desk.stream(Question("left"))
        for event in stream:
            heard.append(event)
            if gone.is_set():
                break
        stream.close()  # type: ignore[attr-defined]

    second = in_background(wait_and_leave)
    until(lambda: desk.waiting == 1)
    gone.set()
    bot.door("first").set()
    first.join(20)
    second.join(20)
    assert heard == [Searching("left"), Searching("left")]
    assert bot.begun == ["first"]
    assert desk.open == 0


def test_a_stalled_language_model_does_not_block_other_users() -> None:
    bot = Gate(stalls_in_draft=True)
    desk = Desk(bot, at_once=1, drafted_elsewhere=True)
    stalled = in_background(lambda: desk.ask(Question("stalled")))
    until(lambda: bot.begun == ["stalled"])
    bot.door("quick").set()
    assert desk.ask(Question("quick")) == refuse(Question("quick"))
    bot.door("stalled").set()
    stalled.join(20)


def test_an_error_reaches_every_listener_and_the_slot_is_released() -> None:
    def broken(question: Question) -> Reply:
        if question.text == "bad":
            raise ZeroDivisionError
        return refuse(question)

    desk = Desk(FakeChatbot(broken), at_once=1)
    streams = [desk.stream(Question("bad")), desk.stream(Question("bad"))]
    for stream in streams:
        assert next(stream) == Searching("bad")
    for stream in streams:
        with pytest.raises(ZeroDivisionError):
            list(stream)
    assert desk.ask(Question("good")) == refuse(Question("good"))


def test_slots_go_to_the_longest_waiting_question_even_if_others_arrive_at_the_same_moment() -> None:
    queue = Queue(1)
    assert queue.take() is False
    order: list[int] = []

    def turn(n: int) -> None:
        assert queue.take() is True
        order.append(n)
        queue.give_back()

    threads = []
    for n in range(8):
        threads.append(in_background(lambda n=n: turn(n)))  # type: ignore[misc]
        until(lambda n=n: queue.waiting == n + 1)  # type: ignore[misc]
    queue.give_back()
    for thread in threads:
        thread.join(20)
    assert order == list(range(8))
    assert queue.take() is False


def test_a_tape_makes_each_item_once_however_many_threads_listen() -> None:
    made: list[int] = []

    def source() -> Iterator[int]:
        for n in range(200):
            made.append(n)
            yield n

    tape = Tape(source())
    heard: list[list[int]] = []
    threads = [in_background(lambda: heard.append(list(tape.listen()))) for _ in range(6)]
    for thread in threads:
        thread.join(20)
    assert made == list(range(200))
    assert heard == [made] * 6
    assert tape.is_over
