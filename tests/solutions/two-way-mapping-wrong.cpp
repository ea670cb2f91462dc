// rehearse: two-way-mapping
// expect: WA
// Looks in one direction only: two characters may both become the same one.
#include <array>
#include <string>

bool two_way_mapping(const std::string& a, const std::string& b) {
  if (a.size() != b.size()) return false;
  std::array<char, 128> becomes{};
  for (std::size_t i = 0; i < a.size(); ++i) {
    char& to = becomes[static_cast<unsigned char>(a[i])];
    if (to == 0) to = b[i];
    if (to != b[i]) return false;
  }
  return true;
}
