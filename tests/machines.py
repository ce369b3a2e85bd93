"""State machines of Hypothesis that must get everywhere, or they prove nothing."""

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

ROUNDS = 8


def run_everywhere(machine, wanted, *, examples, steps):
    """Draw steps until the machine has `reached` all that is wanted.

    Rounds, since what Hypothesis draws from one seed depends on which modules the process happens to have loaded.
    """
    machine.reached.clear()
    for number in range(ROUNDS):
        run_state_machine_as_test(
            seed(20267 + number)(machine),
            settings=settings(
                max_examples=examples, stateful_step_count=steps, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )  # fmt: skip
        if machine.reached >= wanted:
            break
    assert machine.reached == wanted
