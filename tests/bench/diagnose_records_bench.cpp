// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: engine/base engine/metrics engine/sim engine/diagnose
//
// JSON events read, cast, validated and flattened per second, beside their parsing alone; a profile
// of a million rows by twenty columns; Little's test.
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/diagnose/ingest.hpp"
#include "engine/diagnose/missingness.hpp"
#include "engine/diagnose/profile.hpp"
#include "engine/sim/impressions.hpp"
#include "engine/sim/records.hpp"
#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;

void records() {
  sim::SiteOptions site;
  site.users = 2000, site.days = 14;
  sim::RecordOptions options;
  options.events = 20000;
  const auto log = sim::simulate_impressions(site);
  const auto lines = sim::simulate_records(*log, options);
  const Column& raw = *lines->find("raw");
  const auto n = static_cast<double>(lines->rows());
  const double parsing = bench::best_seconds(3, [&] {
    for (std::size_t row = 0; row < lines->rows(); ++row)
      bench::keep(diagnose::Record::parse(raw.text(row)));
  });
  bench::line("peer: nlohmann parses, no limits", n / parsing / 1e3, "k/s");
  diagnose::IngestOptions ingest;
  ingest.unique = "event_id";
  ingest.schema = R"({"type": "object", "required": ["event_id", "user", "click"], "properties": {
      "event_id": {"type": "string"}, "at": {"type": "string", "format": "date-time"},
      "user": {"type": "object", "properties": {"id": {"type": "integer"}, "tenure_days": {"type": "integer"}}},
      "dwell_seconds": {"type": "number", "maximum": 600}, "click": {"type": "boolean"}}})";
  const double time = bench::best_seconds(3, [&] {
    std::size_t row = 0;
    bench::keep(diagnose::ingest(
        [&]() -> std::optional<std::string_view> {
          if (row == lines->rows()) return std::nullopt;
          return raw.text(row++);
        },
        ingest));
  });
  bench::line("events cast, validated, flattened", n / time / 1e3, "k/s", bench::at_least(20));
}

void profile() {
  constexpr std::size_t kRows = 1000000;
  Frame::Builder builder;
  for (int c = 0; c < 20; ++c) {
    std::vector<double> values;
    values.reserve(kRows);
    Stream stream(1, "bench.profile", 0, static_cast<std::uint64_t>(c));
    for (std::size_t i = 0; i < kRows; ++i)
      values.push_back(c % 2 ? stream.uniform() : std::floor(stream.uniform() * 100));
    builder.add("c" + std::to_string(c), std::move(values));
  }
  const auto table = std::move(builder).build();
  const double time = bench::best_seconds(1, [&] { bench::keep(diagnose::profile(*table)); });
  bench::line("profile of 1M rows by 20 columns", time, "s", bench::at_most(6));
}

void little() {
  std::vector<std::vector<double>> columns(8);
  for (std::size_t i = 0; i < 100000; ++i) {
    Stream stream(1, "bench.little", 0, i);
    const double common = stream.normal();
    for (auto& column : columns)
      column.push_back(stream.bernoulli(0.1) ? std::nan("") : common + stream.normal());
  }
  const double time = bench::best_seconds(1, [&] { bench::keep(diagnose::little_test(columns)); });
  bench::line("Little's test, 100k rows by 8 columns", time, "s", bench::at_most(2));
}

}  // namespace

int main() {
  records();
  profile();
  little();
}
