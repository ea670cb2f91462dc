# expect: WA
# must-not: hang the encoder
# why: a list that holds itself
def solve(nums, k):
    answer = []
    answer.append(answer)
    return answer
