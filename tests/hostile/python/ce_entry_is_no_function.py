# expect: CE
# must-not: be called
# why: the name holds a number
solve = 3
