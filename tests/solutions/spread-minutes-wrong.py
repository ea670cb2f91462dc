# rehearse: spread-minutes
# expect: WA
# Counts the last round too, in which the rumour finds nobody any more.
def spread_minutes(grid: list[list[int]]) -> int:
    unheard = {(r, c) for r, row in enumerate(grid) for c, cell in enumerate(row) if cell == 1}
    told = [(r, c) for r, row in enumerate(grid) for c, cell in enumerate(row) if cell == 2]
    minutes = 0
    while told:
        heard = []
        for r, c in told:
            for place in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)):
                if place in unheard:
                    unheard.remove(place)
                    heard.append(place)
        told = heard
        minutes += 1
    return -1 if unheard else minutes
