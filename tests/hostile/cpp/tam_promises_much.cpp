// expect: WA
// must-not: make room for what is only promised
// why: a marked frame that says it is four gigabytes long
#include <unistd.h>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>
// What stands before a frame of this process: read from the descriptor that the judge left.
static char mark[16];
static void read_mark() {
  char text[4096];
  ssize_t got = pread(4, text, sizeof text, 0);
  if (got >= 16) std::memcpy(mark, text + got - 16, 16);
}
static void put(const void* data, std::size_t size) {
  const char* at = static_cast<const char*>(data);
  while (size > 0) {
    ssize_t n = write(3, at, size);
    if (n <= 0) return;
    at += n, size -= static_cast<std::size_t>(n);
  }
}
static void frame(char kind, const std::string& payload) {
  std::uint32_t size = static_cast<std::uint32_t>(payload.size() + 1);
  std::string whole(mark, 16);
  whole.append(reinterpret_cast<const char*>(&size), 4);
  whole += kind;
  put((whole + payload).data(), whole.size() + payload.size());
}
// An answer: status, six numbers, what was printed, a message, a value.
static std::string answer(char status, const std::string& value) {
  return std::string(1, status) + std::string(48 + 4 + 4, '\0') + value;
}
static const bool known = (read_mark(), true);
long long solve(const std::vector<long long>&, int) {
  const std::string head = std::string(mark, 16) + "\xFF\xFF\xFF\xFF" + "B";
  if (known) put(head.data(), head.size());
  return -1;
}
