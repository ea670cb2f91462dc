# rehearse: merge-sorted-lists
#
# Put the lists one behind the other and sort by time alone. The sort is stable, which settles ties
# as asked, and it merges the ascending runs that it finds instead of beginning from nothing.
from itertools import chain
from operator import itemgetter


def merge_sorted_lists(lists: list[list[tuple[int, str]]]) -> list[tuple[int, str]]:
    return sorted(chain.from_iterable(lists), key=itemgetter(0))
