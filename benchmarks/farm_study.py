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
        f" first shot {told.first_shot / 60:5.1f} min, loading {told.loading / told.working:6.1%} of the work;"
        f" {each:4.0f} us an event, {submitted:.2f} s to submit"
    )
    gc.unfreeze()


def shares(users: int, cards: int, hours: float) -> None:
    """Users with films that last longer than the time looked at."""
    random = Random(2)
    crew = Crew(cards, random)
    weights = {f"user{number}": 1.0 + number % 2 for number in range(users)}
    for user, weight in weights.items():
        crew.weigh(user, weight)
        crew.submit(f"film-{user}", user, studyfilm(1500, random))
    got = crew.run(hours * 3600).seconds_by_user
    whole = sum(got.values())
    off = {
        user: got[user] / whole / (weight / sum(weights.values())) - 1
        for user, weight in weights.items()
    }
    worst = max(off.values(), key=abs)
    print(f"{users} users on {cards} cards for {hours:.0f} h: the worst share is {worst:+.1%} off")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small films only")
    quick = parser.parse_args().quick
    makespan(600 if quick else 3000, 8)
    makespan(3000, 64)
    if not quick:
        makespan(20_000, 1000)
    shares(10, 64, 4)


if __name__ == "__main__":
    main()
