"""What became of everything that was acknowledged in ``benchmarks.robust``."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.robust_users import Browser, Done, Ledger


@dataclass
class Verdict:
    """``delays``: seconds from an acknowledgement to the other side's page, in growing order."""

    sent: int
    acknowledged: Counter[str]
    refused: int
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    behind_restart: list[float] = field(default_factory=list)
    caught_up: float = 0
    kills: int = 0

    @property
    def good(self) -> bool:
        return not (self.lost or self.doubled or self.disordered)

    def __str__(self) -> str:
        each = ", ".join(f"{count} of {what}" for what, count in sorted(self.acknowledged.items()))
        p50, p99 = (self.delays[int(len(self.delays) * part)] if self.delays else 0.0 for part in (0.5, 0.99))
        worst = max(self.behind_restart, default=0.0)
        wrong = f"lost {len(self.lost)}, doubled {len(self.doubled)}, out of order {len(self.disordered)}"
        lines = [
            f"sent {self.sent}, acknowledged {self.acknowledged.total()} ({each}), refused {self.refused}",
            f"{self.kills} kills: {wrong}",
            f"to the other side's page: p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms",
            f"behind a restart all pages had caught up within {worst:.1f} s; in the end within {self.caught_up:.1f} s",
        ]
        return "\n".join([*lines, *self.lost[:9], *self.doubled[:9], *self.disordered[:9]])


async def judge(
    browsers: Sequence[Browser], ledger: Ledger, killed: Sequence[tuple[str, float]], caught_up: float
) -> Verdict:
    verdict = Verdict(ledger.sent, Counter(d.what for d in ledger.acknowledged), ledger.refused, caught_up=caught_up)
    messages = [done for done in ledger.acknowledged if done.what == "message"]
    by_talk: dict[int, list[Done]] = {}
    for done in messages:
        by_talk.setdefault(done.conversation_id, []).append(done)
    for browser in browsers:
        own = by_talk.get(browser.player.conversation_id, [])
        await _judge_messages(browser, own, verdict)
        await _judge_agreed(browser, ledger, verdict)
        verdict.delays += [
            max(0.0, browser.when[d.row] - d.at) for d in own if d.by != browser.player.name and d.row in browser.when
        ]
    verdict.delays.sort()
    verdict.behind_restart = [_behind(at, browsers, by_talk) for _name, at in killed]
    return verdict


async def _judge_messages(browser: Browser, own: Sequence[Done], verdict: Verdict) -> None:
    """Both what the page showed by itself, and what the server has."""
    name = browser.player.name
    shown = [*browser.seen]
    stored = await browser.all_of("/messages")
    bodies = Counter(message["body"] for message in stored)
    ids = [message["id"] for message in stored]
    verdict.lost += [f"{name} lacks {d.row}: {d.text}" for d in own if d.row not in ids or d.row not in shown]
    verdict.doubled += [f"{name} has twice: {body}" for body, count in bodies.items() if count > 1]
    if (
        ids != sorted(ids)
        or shown != [row for row in ids if row in set(shown)]
        or browser.events != sorted(set(browser.events))
    ):
        verdict.disordered.append(f"{name}: {shown} for {ids}")
    for author in {d.by for d in own}:
        rows = [d.row for d in own if d.by == author]
        if rows != sorted(rows):
            verdict.disordered.append(f"{author}: {rows}")


async def _judge_agreed(browser: Browser, ledger: Ledger, verdict: Verdict) -> None:
    """Decisions and terms: numbers without a gap, each text once, and what was acknowledged is there on both sides."""
    name, here = browser.player.name, browser.player.conversation_id
    decisions = {d["number"]: d for d in await browser.all_of("/decisions")}
    versions = {v["version"]: v for v in await browser.all_of("/terms")}
    for what, numbers in (("decisions", decisions), ("terms", versions)):
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            verdict.disordered.append(f"{name}: {what} {sorted(numbers)}")
    titles = Counter(d["title"] for d in decisions.values())
    verdict.doubled += [f"{name} has twice: {title}" for title, count in titles.items() if count > 1]
    for done in (d for d in ledger.acknowledged if d.conversation_id == here):
        decision, terms = decisions.get(done.row), versions.get(done.row)
        kept = {
            "message": True,
            "decision": bool(decision) and decision["title"] == done.text,
            "confirmation": bool(decision) and decision["state"] == "final",
            "terms": bool(terms) and terms["purpose"] == done.text,
            "acceptance": bool(terms) and done.organisation_id in {a["organisation_id"] for a in terms["accepted_by"]},
        }
        if not kept[done.what]:
            verdict.lost.append(f"{name} lacks {done.what} {done.row}: {done.text}")


def _behind(at: float, browsers: Sequence[Browser], by_talk: dict[int, list[Done]]) -> float:
    """Seconds behind a restart until every page showed everything acknowledged before it."""
    shown = [
        browser.when[done.row] - at
        for browser in browsers
        for done in by_talk.get(browser.player.conversation_id, [])
        if done.at <= at and done.row in browser.when
    ]
    return max(0.0, *shown) if shown else 0.0
