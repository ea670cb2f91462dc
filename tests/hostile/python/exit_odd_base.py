# expect: RTE
# must-not: let it pass because it is no usual exception
# why: raises what asks a generator to end
def solve(nums, k):
    raise GeneratorExit("AC")
