# rehearse: longest-balanced
# expect: WA
# Does not know the lead 0 from before the first vote, and misses stretches that begin the log.
def longest_balanced(bits: list[int]) -> int:
    first: dict[int, int] = {}
    lead = longest = 0
    for i, bit in enumerate(bits):
        lead += 1 if bit else -1
        longest = max(longest, i - first.setdefault(lead, i))
    return longest
