# rehearse: stretches-with-k-odd
# expect: WA
# Multiplies the gaps around each run of k odd ids, which is right for every k but 0.
def stretches_with_k_odd(nums: list[int], k: int) -> int:
    odd = [-1] + [i for i, value in enumerate(nums) if value % 2] + [len(nums)]
    return sum(
        (odd[i] - odd[i - 1]) * (odd[i + k] - odd[i + k - 1])
        for i in range(1, len(odd) - k)
    )
