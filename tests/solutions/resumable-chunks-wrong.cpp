// rehearse: resumable-chunks
// expect: WA
// A higher attempt takes over the rows of the one before it instead of beginning again from none.
#include <map>
#include <set>
#include <string>
#include <unordered_map>

class ChunkLedger {
  struct Open {
    long long attempt = 0;
    std::unordered_map<std::string, long long> rows;
  };

  std::map<long long, Open> open_;
  std::set<long long> ahead_;
  std::unordered_map<std::string, long long> totals_;
  long long next_ = 0;

  bool counts(long long chunk) const { return chunk < next_ || ahead_.count(chunk) != 0; }

 public:
  ChunkLedger() {}

  void write(long long chunk, long long attempt, const std::string& key, long long amount) {
    if (counts(chunk)) return;
    Open& open = open_[chunk];
    if (attempt < open.attempt) return;
    open.attempt = attempt;
    open.rows[key] += amount;
  }

  bool commit(long long chunk, long long attempt) {
    if (counts(chunk)) return false;
    Open& open = open_[chunk];
    if (attempt < open.attempt) return false;
    for (const auto& [key, amount] : open.rows) totals_[key] += amount;
    open_.erase(chunk);
    ahead_.insert(chunk);
    while (ahead_.erase(next_) != 0) ++next_;
    return true;
  }

  long long total(const std::string& key) {
    const auto it = totals_.find(key);
    return it == totals_.end() ? 0 : it->second;
  }

  long long next_chunk() { return next_; }
};
