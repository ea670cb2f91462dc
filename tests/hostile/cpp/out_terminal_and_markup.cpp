// expect: WA
// must-not: emit a control byte, invalid UTF-8 or broken markup
// why: prints escape sequences, zeros, ends of CDATA, reordering letters and broken UTF-8
#include <cstdio>
#include <string_view>
#include <vector>
long long solve(const std::vector<long long>&, int) {
  using namespace std::string_view_literals;
  const auto nasty = "\033[2J\033]52;c;cGFzdGU=\a]]>\xE2\x80\xAE&<!--\0\xEF\xBF\xBE\xF0\x80\0\xFF\x9B" "1m\n"sv;
  std::fwrite(nasty.data(), 1, nasty.size(), stdout);
  std::fwrite(nasty.data(), 1, nasty.size(), stderr);
  return -1;
}
