"""The scheduling study: how near the core comes to the best possible, on virtual time. Seeded; prints a table.

The film of the study goes through five models on cards of 24 GiB (loads of 10 to 45 s; 133 s of a card for a shot).
The bound is max(critical path + first load, (work + one load for each model) / cards), with the durations that were
drawn. Shares: ten users with weights 1 and 2 contend for 64 cards; what each got is held against its weight.

    python benchmarks/farm_study.py [--quick]
"""

import argparse
import gc
import time
from random import Random

from duocast.farm.simulation.crew import Crew
from duocast.farm.simulation.studyfilm import MODELS, studyfilm

LOADS = sum(model.load for model in MODELS)
FIRST = sum(model.load + model.seconds for model in MODELS)


def makespan(shots: int, cards: int) -> None:
    """One film on so many cards."""
    random = Random(1)
    crew = Crew(cards, random)
    specs = studyfilm(shots, random)
    began = time.process_time()
    crew.submit("film", "ann", specs)
    submitted = time.process_time() - began
    gc.freeze()
    began = time.process_time()
    told = crew.run()
    each = (time.process_time() - began) / told.decisions * 1e6
    bound = max(FIRST, (told.working + LOADS) / cards)
    print(
        f"{shots:6} shots {cards:5} cards: makespan / bound {told.makespan / bound:.3f},"
        f" first shot {told.first_shots['film'] / 60:5.1f} min, loading {told.loading / told.working:6.1%} of the work;"
        f" {each:4.0f} us an event, {submitted:.2f} s to submit"
    )
    gc.unfreeze()


def shares(
    users: int, cards: int, hours: float, *, equal: bool = False, late: bool = False
) -> None:
    """Users with films that last longer than the time looked at; half of them may come half an hour late."""
    random = Random(2)
    crew = Crew(cards, random)
    weights = {f"user{number}": 1.0 if equal else 1.0 + number % 2 for number in range(users)}
    for number, (user, weight) in enumerate(weights.items()):
        crew.weigh(user, weight)
        film = studyfilm(int(hours * cards * 30), random)
        crew.submit_later(1800.0 if late and number % 2 else 0.0, f"film-{user}", user, film)
    before = crew.run(1800.0).seconds_by_user if late else {}
    told = crew.run(hours * 3600)
    got = {user: told.seconds_by_user[user] - before.get(user, 0.0) for user in weights}
    off = _off(got, weights)
    firsts = sorted(told.first_shots.values())
    print(
        f"{users} users on {cards} cards for {hours:.0f} h{', equal weights' if equal else ''}"
        f"{', half of them late' if late else ''}: the worst share is {off:+.1%} off;"
        f" first shots after {firsts[0] / 60:.0f} to {firsts[-1] / 60:.0f} min"
        f" ({users - len(firsts)} missing)"
    )


def _off(got: dict[str, float], weights: dict[str, float]) -> float:
    """How far the worst share is from what its weight asks for."""
    whole, all_weights = sum(got.values()), sum(weights.values())
    return max((got[u] / whole / (w / all_weights) - 1 for u, w in weights.items()), key=abs)


def firsts(users: int, cards: int, shots: int, apart: float = 0.0) -> None:
    """When each of many users sees a shot, with films handed in at once or some time apart."""
    random = Random(3)
    crew = Crew(cards, random)
    for number in range(users):
        film = studyfilm(shots, random)
        crew.submit_later(number * apart, f"film-{number}", f"user{number}", film)
    told = crew.run()
    seen = sorted(told.first_shots.values())
    bound = (told.working + LOADS) / cards
    print(
        f"{users} users on {cards} cards, films of {shots} shots, {apart / 60:.0f} min apart:"
        f" first shots after {seen[0] / 60:.0f} to {seen[-1] / 60:.0f} min"
        f" (asked: {15 * max(1.0, 8 * users / cards):.0f}); makespan / bound {told.makespan / bound:.3f}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small films only")
    quick = parser.parse_args().quick
    makespan(600 if quick else 3000, 8)
    makespan(3000, 64)
    if not quick:
        makespan(20_000, 1000)
    for hours in (1,) if quick else (1, 4):
        shares(10, 64, hours)
        shares(10, 64, hours, equal=True)
        shares(10, 64, hours, late=True)
    firsts(3, 8, 200)
    firsts(10, 64, 300)
    firsts(10, 64, 300, apart=180)
    firsts(30, 64, 100)


if __name__ == "__main__":
    main()
