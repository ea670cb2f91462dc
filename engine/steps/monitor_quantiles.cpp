// SPDX-License-Identifier: GPL-3.0-or-later
//
// Quantiles by day from sketches that shards filled apart and that were merged, beside the exact
// ones: what monitoring can afford of a column that nobody could keep.
#include <algorithm>
#include <cmath>

#include "engine/monitor/log_histogram.hpp"
#include "engine/monitor/quantile_sketch.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

struct QuantileRows {
  std::vector<double> day, exact, sketch, bytes, exact_bytes;
  std::vector<std::string> series;
};

double exact_quantile(const std::vector<double>& ascending, double q) {
  const double rank = std::max(1.0, std::ceil(q * static_cast<double>(ascending.size())));
  return ascending[static_cast<std::size_t>(rank) - 1];
}

struct Sketched {
  std::vector<double> quantiles;
  double bytes = 0;
};

// Row i goes to shard i modulo `shards`, as requests go to hosts.
Result<Sketched> by_histogram(const std::vector<double>& values, const std::vector<double>& qs,
                              std::size_t shards, int bits) {
  std::vector<monitor::LogHistogram> parts;
  for (std::size_t s = 0; s < shards; ++s) {
    auto part = monitor::LogHistogram::of({bits, 1e-3, 1e9});
    if (!part) return fail(part.error());
    parts.push_back(*std::move(part));
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] < 0)
      return fail(Code::bad_data, "a histogram of latencies takes no value below 0, such as {:g}",
                  values[i]);
    parts[i % shards].add(values[i]);
  }
  for (std::size_t s = 1; s < shards; ++s)
    if (auto merged = parts[0].merge(parts[s]); !merged) return fail(merged.error());
  Sketched result{{}, static_cast<double>(parts[0].bytes())};
  for (const double q : qs) result.quantiles.push_back(parts[0].quantile(q));
  return result;
}

Result<Sketched> by_sketch(const std::vector<double>& values, const std::vector<double>& qs,
                           std::size_t shards, int k, std::uint64_t seed) {
  std::vector<monitor::QuantileSketch> parts;
  for (std::size_t s = 0; s < shards; ++s) {
    auto part = monitor::QuantileSketch::of(k, seed + s);
    if (!part) return fail(part.error());
    parts.push_back(*std::move(part));
  }
  for (std::size_t i = 0; i < values.size(); ++i) parts[i % shards].add(values[i]);
  for (std::size_t s = 1; s < shards; ++s) parts[0].merge(parts[s]);
  return Sketched{parts[0].quantiles(qs), static_cast<double>(parts[0].bytes())};
}

Result<void> add_quantile_day(QuantileRows& out, const StepCall& call, const StepContext& context,
                              double day, std::vector<double> values) {
  const auto qs = call.numbers("quantiles");
  const auto shards = static_cast<std::size_t>(call.integer("shards"));
  auto sketched =
      call.text("sketch") == "log-histogram"
          ? by_histogram(values, qs, shards, static_cast<int>(call.integer("bits")))
          : by_sketch(values, qs, shards, static_cast<int>(call.integer("k")), context.seed);
  if (!sketched) return fail(sketched.error());
  std::sort(values.begin(), values.end());
  for (std::size_t i = 0; i < qs.size(); ++i) {
    out.day.push_back(day), out.series.push_back(fmt::format("p{:g}", qs[i] * 100));
    out.exact.push_back(exact_quantile(values, qs[i]));
    out.sketch.push_back(sketched->quantiles[i]);
    out.bytes.push_back(sketched->bytes);
    out.exact_bytes.push_back(static_cast<double>(values.size() * sizeof(double)));
  }
  return {};
}

Result<Outputs> run_monitor_quantiles(const StepCall& call, const StepContext& context) {
  const Frame& rows = call.input("rows")->as_frame();
  auto column = rows.require(call.text("column")), day = rows.require("day");
  if (!column) return fail(column.error());
  if (!day) return fail(day.error());
  if (!(*column)->numeric() || !(*day)->numeric())
    return fail(Code::invalid_argument, "quantiles by day need numbers in `{}` and in `day`",
                call.text("column"));
  QuantileRows out;
  for (std::size_t begin = 0; begin < rows.rows();) {
    std::vector<double> values;
    std::size_t end = begin;
    for (; end < rows.rows() && (*day)->number(end) == (*day)->number(begin); ++end)
      if (std::isfinite((*column)->number(end))) values.push_back((*column)->number(end));
    if (!values.empty())
      if (auto added =
              add_quantile_day(out, call, context, (*day)->number(begin), std::move(values));
          !added)
        return fail(added.error());
    begin = end;
  }
  Frame::Builder builder;
  builder.add("day", std::move(out.day)).add("series", out.series);
  builder.add("exact", std::move(out.exact))
      .add("sketch", std::move(out.sketch))
      .add("bytes", std::move(out.bytes))
      .add("exact_bytes", std::move(out.exact_bytes));
  return one(std::move(builder).build());
}

const StepRegistration kMonitorQuantiles{{
    .name = "monitor.quantiles",
    .sentence = "Quantiles by day from merged sketches of bounded memory, beside the exact ones.",
    .example = "monitor.quantiles { log, column = \"post_age_hours\", shards = 8 }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "rows with day, in its order"}},
    .outputs = {{.name = "quantiles", .kind = Kind::frame}},
    .parameters = {{.name = "column", .type = ParameterType::text, .sentence = "a numeric column"},
                   {.name = "sketch",
                    .type = ParameterType::choice,
                    .initial = std::string("quantile-sketch"),
                    .choices = {"quantile-sketch", "log-histogram"},
                    .sentence = "of ranks (features of any sign) or of values (latencies)"},
                   {.name = "quantiles",
                    .type = ParameterType::numbers,
                    .initial = std::vector<double>{0.5, 0.95, 0.99},
                    .low = 0,
                    .high = 1,
                    .sentence = "the shares below each, 0.5 for the median"},
                   {.name = "shards",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{8},
                    .low = 1,
                    .high = 1000,
                    .sentence = "hosts that each keep a sketch of their own"},
                   {.name = "k",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{200},
                    .low = 8,
                    .high = 65536,
                    .sentence = "size of a quantile sketch; its rank error is about 2.3/k"},
                   {.name = "bits",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{7},
                    .low = 1,
                    .high = 12,
                    .sentence = "of a histogram; its relative error is 2^-(bits+1)"}},
    .run = run_monitor_quantiles,
}};

}  // namespace
}  // namespace rehearse::steps
