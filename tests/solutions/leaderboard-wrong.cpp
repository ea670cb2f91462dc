// rehearse: leaderboard
// expect: WA
// Reads the set of (score, name) from its end: the scores descend, and with them the names of a tie.
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

class Leaderboard {
 public:
  void set(const std::string& member, long long score) {
    remove(member);
    scores_[member] = score;
    board_.emplace(score, member);
  }

  void remove(const std::string& member) {
    const auto it = scores_.find(member);
    if (it == scores_.end()) return;
    board_.erase({it->second, member});
    scores_.erase(it);
  }

  std::vector<std::string> top(long long k) {
    std::vector<std::string> names;
    for (auto it = board_.rbegin(); it != board_.rend() && k > 0; ++it, --k) names.push_back(it->second);
    return names;
  }

 private:
  std::unordered_map<std::string, long long> scores_;
  std::set<std::pair<long long, std::string>> board_;
};
