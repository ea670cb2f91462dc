# expect: AC
# must-not: start a process (WA here, or the canary, means it could)
# why: the library's pools, its queues and its shells
import concurrent.futures
import multiprocessing
import os

def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best


def leave_a_mark():
    open("/tmp/rehearse_canary_py_pool", "w").close()


def solve(nums, k):
    def process():
        multiprocessing.get_context("fork").Process(target=leave_a_mark).start()

    def pool():
        with concurrent.futures.ProcessPoolExecutor(1) as workers:
            workers.submit(leave_a_mark).result(1)

    for attempt in (process, pool, lambda: os.popen("touch /tmp/rehearse_canary_py_pool").read(),
                    lambda: os.forkpty(), lambda: os.spawnv(os.P_NOWAIT, "/bin/sh", ["sh"])):
        try:
            attempt()
        except (OSError, ImportError, ValueError, RuntimeError):
            continue
        return -1
    return right(nums, k)
