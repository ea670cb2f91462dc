// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: engine/base
//
// The readers on a million rows of five columns, beside the least that any reader must do: find the
// line ends (memchr), and find every cell without looking into it.
#include <cstring>
#include <string>

#include "engine/base/random.hpp"
#include "engine/base/read.hpp"
#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;

constexpr std::size_t kRows = 1'000'000;

std::string csv_of_numbers() {
  Stream stream(1, "bench.csv");
  std::string text = "user,score,label,price,when\n";
  for (std::size_t row = 0; row < kRows; ++row)
    text += fmt::format("{},{},{},{:.2f},{}\n", stream.below(100000), stream.uniform(),
                        stream.bernoulli(0.1) ? 1 : 0, stream.gamma(2, 10), 1'700'000'000 + row);
  return text;
}

std::string csv_of_texts() {
  Stream stream(2, "bench.texts");
  std::string text = "user,country,platform,title,score\n";
  for (std::size_t row = 0; row < kRows; ++row)
    text += fmt::format("u{},c{},p{},\"title, {}\",{:.4f}\n", stream.below(200000),
                        stream.below(50), stream.below(4), stream.below(100000), stream.uniform());
  return text;
}

std::string jsonl_of_numbers() {
  Stream stream(3, "bench.jsonl");
  std::string text;
  for (std::size_t row = 0; row < kRows; ++row)
    text += fmt::format(
        "{{\"user\": {}, \"score\": {}, \"label\": {}, \"price\": {:.2f}, \"when\": {}}}\n",
        stream.below(100000), stream.uniform(), stream.bernoulli(0.1) ? 1 : 0, stream.gamma(2, 10),
        1'700'000'000 + row);
  return text;
}

std::size_t count_lines(const std::string& text) {
  std::size_t lines = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (const void* found = std::memchr(at, '\n', static_cast<std::size_t>(end - at))) {
    at = static_cast<const char*>(found) + 1;
    ++lines;
  }
  return lines;
}

std::size_t count_cells(const std::string& text) {
  std::size_t cells = 0;
  for (char c : text) cells += c == ',' || c == '\n';
  return cells;
}

template <class Parse>
void measure(const char* what, const std::string& text, Parse parse) {
  const double time = bench::best_seconds(3, [&] {
    auto report = parse(text, ReadOptions{}, what, Progress{});
    if (!report || report->frame.rows() != kRows)
      fmt::print("{}: {}\n", what, report ? "rows" : report.error().message);
    bench::keep(report);
  });
  bench::line(what, time, "s", bench::at_most(1.0));
  bench::line(std::string("  ") + what + ", speed", static_cast<double>(text.size()) / 1e6 / time,
              "MB/s");
}

}  // namespace

int main() {
  const std::string numbers = csv_of_numbers();
  bench::line("1M rows x 5 columns of numbers", static_cast<double>(numbers.size()) / 1e6, "MB");
  bench::line("peer: line ends alone (memchr)",
              bench::best_seconds(3, [&] { bench::keep(count_lines(numbers)); }), "s");
  bench::line("peer: cells counted, byte by byte",
              bench::best_seconds(3, [&] { bench::keep(count_cells(numbers)); }), "s");
  measure("CSV, numbers", numbers, parse_csv);
  measure("CSV, texts", csv_of_texts(), parse_csv);
  measure("JSONL, numbers", jsonl_of_numbers(), parse_jsonl);
}
