// SPDX-License-Identifier: GPL-3.0-or-later
//
// A slower and better model: what its quality gains against what its wait costs, with the
// elasticity measured by a slowdown experiment beside the true one.
#include <cmath>

#include "engine/serving/latency_value.hpp"
#include "engine/steps/parameters.hpp"
#include "engine/steps/stopping.hpp"

namespace rehearse::steps {
namespace {

constexpr int kSizes = 41;

struct NetLines {
  std::vector<std::string> series;
  std::vector<double> size, ms, net;
  void add(const char* name, double at, double delay, double value) {
    series.emplace_back(name), size.push_back(at), ms.push_back(delay), net.push_back(value);
  }
};

Result<Frame> net_lines(const serving::LatencyLaw& law, const serving::Elasticity& found,
                        double most) {
  NetLines lines;
  for (int i = 0; i < kSizes; ++i) {
    const double size = most * i / (kSizes - 1), ms = law.ms_per_size * size;
    lines.add("quality alone", size, ms, serving::quality_gain(law, size));
    lines.add("net, by the measured elasticity", size, ms,
              serving::net_gain(law, size, found.value));
    lines.add("net, if waiting cost as much as the interval allows", size, ms,
              serving::net_gain(law, size, found.high));
    lines.add("truth: net", size, ms, serving::net_gain(law, size, law.elasticity));
  }
  Frame::Builder builder;
  builder.add("series", lines.series).add("size", std::move(lines.size));
  builder.add("ms", std::move(lines.ms), {.unit = "ms"});
  builder.add("net", std::move(lines.net), {.unit = "%"});
  return std::move(builder).build();
}

Result<Frame> latency_summary(const serving::LatencyLaw& law, const serving::Elasticity& found,
                              double most, double chosen) {
  const double truly_best = serving::best_size(law, law.elasticity, most);
  const double believed = serving::best_size(law, std::max(0.0, found.value), most);
  const auto net = [&](double size) { return serving::net_gain(law, size, law.elasticity); };
  Frame::Builder builder;
  const auto add = [&builder](const char* name, double value, const char* unit = "") {
    builder.add(name, std::vector<double>{value}, {.unit = unit});
  };
  add("elasticity", found.value, "%"), add("low", found.low, "%"), add("high", found.high, "%");
  add("true_elasticity", law.elasticity, "%");
  add("best_size_believed", believed), add("best_size_truly", truly_best);
  add("net_at_believed", net(believed), "%"), add("net_at_best", net(truly_best), "%");
  add("net_at_chosen", net(chosen), "%");
  add("regret_of_chosen", net(truly_best) - net(chosen), "%");
  add("conversions_lost_to_know", found.lost_conversions);
  return std::move(builder).build();
}

Result<Outputs> run_serve_latency_cost(const StepCall& call, const StepContext& context) {
  serving::LatencyLaw law{call.number("base"), call.number("elasticity"), call.number("gain"),
                          call.number("ms_per_size")};
  auto arms = serving::simulate_slowdown(law, {0, call.number("delay")}, call.integer("users"),
                                         context.seed,
                                         static_cast<std::uint64_t>(call.integer("replicate")));
  if (!arms) return fail(arms.error());
  auto found = serving::estimate_elasticity(*arms);
  if (!found) return fail(found.error());
  const double most = call.number("largest");
  return two(net_lines(law, *found, most),
             latency_summary(law, *found, most, std::min(most, call.number("size"))));
}

const StepRegistration kServeLatencyCost{{
    .name = "serve.latency_cost",
    .sentence =
        "What a larger model gains by its quality and loses by its wait, with the elasticity "
        "measured by an experiment that slows users down.",
    .example = "local lines, summary = serve.latency_cost { users = 20000, delay = 100, size = 4 }",
    .outputs = {{.name = "lines", .kind = Kind::frame, .sentence = "series, size, ms, net"},
                {.name = "summary",
                 .kind = Kind::frame,
                 .sentence = "elasticity, low, high, best sizes, net, regret_of_chosen …"}},
    .parameters = {number_parameter("base", 0.2, 1e-4, 0.999, "conversion of the smallest model",
                                    "%"),
                   number_parameter("elasticity", 0.01, 0, 0.5,
                                    "true share of conversions lost for each 100 ms", "%"),
                   number_parameter("gain", 0.02, 0, 1, "relative gain for each ln(1 + size)", "%"),
                   number_parameter("ms_per_size", 10, 0, 1e4, "p99 that one unit of size adds",
                                    "ms"),
                   number_parameter("largest", 20, 0.1, 1e4, "sizes looked at"),
                   number_parameter("size", 4, 0, 1e4, "the size that is chosen"),
                   integer_parameter("users", 20000, 1, 1e9, "of each arm of the slowdown"),
                   number_parameter("delay", 100, 1, 1e4, "that the slowed arm waits longer", "ms"),
                   integer_parameter("replicate", 0, 0, 1e6, "which of the experiments")},
    .run = run_serve_latency_cost,
}};

}  // namespace
}  // namespace rehearse::steps
