# rehearse: leaderboard
#
# A heap that may hold outdated entries, next to a dict of the true scores. `top` throws outdated
# ones away as they come up, and once they are the majority the heap is made anew from the dict.
import heapq


class Leaderboard:
    def __init__(self):
        self.scores: dict[str, int] = {}
        self.heap: list[tuple[int, str]] = []

    def set(self, member: str, score: int) -> None:
        if self.scores.get(member) == score:
            return
        self.scores[member] = score
        heapq.heappush(self.heap, (-score, member))
        self._tidy()

    def remove(self, member: str) -> None:
        if self.scores.pop(member, None) is not None:
            self._tidy()

    def top(self, k: int) -> list[str]:
        best: list[tuple[int, str]] = []
        while self.heap and len(best) < k:
            entry = heapq.heappop(self.heap)
            # A member that went back to an old score stands there twice, one after the other.
            if self.scores.get(entry[1]) == -entry[0] and (not best or best[-1] != entry):
                best.append(entry)
        for entry in best:
            heapq.heappush(self.heap, entry)
        return [member for _, member in best]

    def _tidy(self) -> None:
        if len(self.heap) > 2 * len(self.scores) + 16:
            self.heap = [(-score, member) for member, score in self.scores.items()]
            heapq.heapify(self.heap)
