# expect: MLE
# must-not: take the machine's memory
# why: a number that doubles its digits for ever
def solve(nums, k):
    number = 1 << 1000
    while True:
        number <<= number.bit_length()
