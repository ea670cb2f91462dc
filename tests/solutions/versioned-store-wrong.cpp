// rehearse: versioned-store
// expect: WA
// emplace keeps what is there already: a later call with an equal time does not replace the value.
#include <iterator>
#include <map>
#include <string>
#include <unordered_map>

class VersionedStore {
 public:
  void set(const std::string& key, const std::string& value, long long time) {
    versions_[key].emplace(time, value);
  }

  std::string get(const std::string& key, long long time) {
    const auto& versions = versions_[key];
    const auto after = versions.upper_bound(time);
    return after == versions.begin() ? "" : std::prev(after)->second;
  }

 private:
  std::unordered_map<std::string, std::map<long long, std::string>> versions_;
};
