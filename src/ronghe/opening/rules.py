"""The steps of 新单位开张 as data, and what follows from how each stands. Pure: no Django, no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Step:
    """One step; what it is called stands in opening/texts.py. `posts` are the kinds whose holders do it, `needs` the steps before it, `must` False for what can wait."""

    code: str
    phase: str
    url_name: str
    posts: tuple[str, ...]
    needs: tuple[str, ...] = ()
    must: bool = True
    query: str = ""


KEEPERS: Final = ("system_admin",)
HEADS: Final = ("branch_secretary", "area_manager")
MATRIX: Final = (*HEADS, "deputy_party")
GUIDES: Final = (*MATRIX, "indicator_admin")

STEPS: Final = (
    Step("setup", "people", "org:admin", ("security_admin", "system_admin")),
    Step("units", "people", "org:admin-units-import", KEEPERS, ("setup",), query="area"),
    Step("people", "people", "org:admin-rosters", KEEPERS, ("units",), query="area"),
    Step("posts", "people", "org:admin", ("security_admin", "system_admin"), ("people",)),
    Step("party", "people", "org:admin-units", KEEPERS, ("people",), query="area"),
    Step("calendar", "rules", "operations:workdays", KEEPERS, ("setup",)),
    Step("indicators", "rules", "goals:indicators-adopt", ("indicator_admin",), ("posts",)),
    Step("scheme", "rules", "assessment:schemes", ("indicator_admin", *HEADS, "deputy_business"), ("indicators",)),
    Step("matrix", "rules", "duties:matrix", MATRIX, ("posts",)),
    Step("findings", "rules", "duties:findings", HEADS, ("matrix",)),
    Step("meetings", "rules", "meetings:kinds", MATRIX, ("posts",)),
    Step("goals", "goals", "goals:plans", ("indicator_admin", *HEADS), ("indicators",)),
    Step("guides", "month", "worklist:guides", GUIDES, ("posts",)),
    Step("month", "month", "worklist:month", GUIDES, ("guides",)),
    Step("decisions", "later", "decisions:editions", MATRIX, ("posts",), must=False),
    Step("supervision", "later", "supervision:lists", (*HEADS, "discipline_member"), ("posts",), must=False),
    Step("alerts", "later", "supervision:rules", (*HEADS, "discipline_member"), ("posts",), must=False),
    Step("letters", "later", "letters:templates", MATRIX, ("posts",), must=False),
    Step("appraisal", "later", "appraisal:templates", MATRIX, ("posts",), must=False),
    Step("capability", "later", "capability:standards", MATRIX, ("posts",), must=False),
)  # fmt: skip
BY_CODE: Final[Mapping[str, Step]] = {step.code: step for step in STEPS}
PHASES: Final = ("people", "rules", "goals", "month", "later")


@dataclass(frozen=True)
class Finding:
    """How a step stands by the records: done or not, what there is (`have`) and what is left (`left`); `way`: where it goes on, if not at the step's own page."""

    done: bool
    have: str
    left: str = ""
    way: str = ""


def find_state(step: Step, finding: Finding, ended: Iterable[str], *, skipped: bool) -> str:
    """Return done, skipped, open or waiting (a step before it is open). What the records show wins over what was said of it."""
    if finding.done:
        return "done"
    if skipped:
        return "skipped"
    return "open" if set(step.needs) <= set(ended) else "waiting"


def judge_steps(findings: Mapping[str, Finding], skipped: Iterable[str]) -> dict[str, str]:
    """Return step → state, in the order of the steps: a step waits for those that it needs, done or skipped."""
    left_out, ended, states = set(skipped), set[str](), dict[str, str]()
    for step in STEPS:
        state = find_state(step, findings[step.code], ended, skipped=step.code in left_out)
        states[step.code] = state
        if state in ("done", "skipped"):
            ended.add(step.code)
    return states


def count_progress(states: Mapping[str, str]) -> tuple[int, int]:
    """Return (how many of the steps that must be are done or skipped, how many there are)."""
    wanted = [step.code for step in STEPS if step.must]
    return sum(states[code] in ("done", "skipped") for code in wanted), len(wanted)
