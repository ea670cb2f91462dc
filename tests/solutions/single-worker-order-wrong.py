# rehearse: single-worker-order
# expect: WA
# Of equally short batches it takes the one that has waited longest, not the one of the smallest index.
import heapq


def single_worker_order(jobs: list[tuple[int, int]]) -> list[int]:
    todo = sorted((arrival, index, length) for index, (arrival, length) in enumerate(jobs))
    waiting: list[tuple[int, int, int]] = []
    order = []
    now = next_job = 0
    while len(order) < len(jobs):
        if not waiting:
            now = max(now, todo[next_job][0])
        while next_job < len(todo) and todo[next_job][0] <= now:
            arrival, index, length = todo[next_job]
            heapq.heappush(waiting, (length, arrival, index))
            next_job += 1
        length, _, index = heapq.heappop(waiting)
        order.append(index)
        now += length
    return order
