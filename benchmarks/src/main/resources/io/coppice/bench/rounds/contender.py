"""CPython's ProcessPoolExecutor, measured when it is told to, as Rounds.java measures ours.

contender.py map CHUNKSIZE [one-core]    items a second through map, one worker
contender.py one-by-one                  submit(...).result(): the median time of a call, in seconds
"""

import os
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor


def increment(n):
    return n + 1


def mapping(pool, chunksize, seconds):
    # Without chunks an item costs some hundred times as much: fewer of them, so that a round ends.
    items = list(range(100_000 if chunksize > 1 else 10_000))
    mapped = 0
    start = time.perf_counter()
    while True:
        if sum(pool.map(increment, items, chunksize=chunksize)) != len(items) * (len(items) + 1) // 2:
            raise ValueError("a wrong sum")
        mapped += len(items)
        passed = time.perf_counter() - start
        if passed >= seconds:
            return mapped / passed


def one_by_one(pool, seconds):
    times = []
    before = time.perf_counter()
    end = before + seconds
    while before < end:
        pool.submit(increment, 1).result()
        after = time.perf_counter()
        times.append(after - before)
        before = after
    return statistics.median(times)


def main():
    part = sys.argv[1]
    if sys.argv[-1] == "one-core":
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with ProcessPoolExecutor(1) as pool:
        for line in sys.stdin:
            seconds = float(line.split()[1])
            figure = mapping(pool, int(sys.argv[2]), seconds) if part == "map" else one_by_one(pool, seconds)
            print("figures", figure, flush=True)


if __name__ == "__main__":
    main()
