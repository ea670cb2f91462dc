# expect: AC
# must-not: raise a limit (WA here means it could)
# why: asks for more of everything that is limited
import resource

def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best


def solve(nums, k):
    for which in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC, resource.RLIMIT_CORE):
        soft, hard = resource.getrlimit(which)
        if hard == resource.RLIM_INFINITY:
            return -1
        try:
            resource.setrlimit(which, (hard + 4096, hard + 4096))
            return -1
        except (ValueError, OSError):
            pass
    return right(nums, k)
