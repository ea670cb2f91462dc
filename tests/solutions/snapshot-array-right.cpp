// rehearse: snapshot-array
// A set only marks its cell; taking a snapshot writes down the marked cells, so each history has one entry per snapshot.
#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

class SnapshotArray {
  struct Cell {
    long long now = 0;
    bool marked = false;
    std::vector<std::pair<long long, long long>> history;  // (snapshot, value)
  };

  std::unordered_map<long long, Cell> cells_;
  std::vector<Cell*> marked_;  // the nodes of an unordered_map stay where they are
  long long taken_ = 0;

 public:
  explicit SnapshotArray(long long /*size*/) {}

  void set(long long index, long long value) {
    Cell& cell = cells_[index];
    cell.now = value;
    if (!std::exchange(cell.marked, true)) marked_.push_back(&cell);
  }

  long long snapshot() {
    for (Cell* cell : marked_) {
      cell->history.emplace_back(taken_, cell->now);
      cell->marked = false;
    }
    marked_.clear();
    return taken_++;
  }

  long long get(long long index, long long snapshot_id) {
    const auto it = cells_.find(index);
    if (it == cells_.end()) return 0;
    const auto& history = it->second.history;
    const auto after = std::partition_point(history.begin(), history.end(), [&](const auto& entry) { return entry.first <= snapshot_id; });
    return after == history.begin() ? 0 : std::prev(after)->second;
  }
};
