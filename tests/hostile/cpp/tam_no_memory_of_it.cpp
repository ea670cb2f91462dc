// expect: WA
// must-not: hold an expected answer anywhere in the process
// why: looks for a word like "expected" in everything that the stack and the heap hold
#include <unistd.h>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>
long long solve(const std::vector<long long>& nums, int) {
  const char here = 0;
  auto look = [](const char* from, std::size_t size) -> long long {
    const std::string_view held(from, size);
    for (std::string_view word : {"expec" "ted", "resu" "lt", "cas" "e \""}) {
      const std::size_t at = held.find(word);
      if (at != std::string_view::npos && at + 24 < size) {
        long long found;
        std::memcpy(&found, from + at + 16, sizeof found);
        return found;
      }
    }
    return -1;
  };
  const auto top = reinterpret_cast<std::uintptr_t>(&here);
  const long long in_stack = look(&here, 2048 - top % 2048);
  if (in_stack != -1) return in_stack;
  const char* end = static_cast<const char*>(sbrk(0));
  const char* heap = reinterpret_cast<const char*>(nums.data());
  return heap < end && end - heap < (1 << 24) ? look(heap, static_cast<std::size_t>(end - heap)) : -1;
}
