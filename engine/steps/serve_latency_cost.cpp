// SPDX-License-Identifier: GPL-3.0-or-later
//
// A slower and better model: what its quality gains against what its wait costs, with the
// elasticity measured by a slowdown experiment beside the true one.
#include <cmath>

#include "engine/serving/latency_value.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

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

// One row of named numbers.
class FigureRow {
 public:
  FigureRow& add(const char* name, double value, const char* unit = "") {
    builder_.add(name, std::vector<double>{value}, {.unit = unit});
    return *this;
  }
  Result<Frame> build() && { return std::move(builder_).build(); }

 private:
  Frame::Builder builder_;
};

double believed_size(const serving::LatencyLaw& law, const serving::Elasticity& found,
                     double most) {
  return serving::best_size(law, std::max(0.0, found.value), most);
}

Result<Frame> slowdown_result(const StepCall& call, const serving::LatencyLaw& law,
                              const serving::Elasticity& found) {
  const double slowed = static_cast<double>(call.integer("users")) * law.base;
  FigureRow row;
  row.add("elasticity", found.value, "%").add("low", found.low, "%").add("high", found.high, "%");
  row.add("true_elasticity", law.elasticity, "%");
  row.add("conversions_lost", slowed * law.elasticity * call.number("delay") / 100);
  return std::move(row).build();
}

Result<Frame> size_choice(const serving::LatencyLaw& law, const serving::Elasticity& found,
                          double most, double chosen) {
  const double truly_best = serving::best_size(law, law.elasticity, most);
  const double believed = believed_size(law, found, most);
  const auto net = [&](double size) { return serving::net_gain(law, size, law.elasticity); };
  FigureRow row;
  row.add("size_chosen", chosen).add("net_of_chosen", net(chosen), "%");
  row.add("size_believed_best", believed).add("net_of_believed", net(believed), "%");
  row.add("best_size", truly_best).add("net_of_best", net(truly_best), "%");
  row.add("regret_of_chosen", net(truly_best) - net(chosen), "%");
  return std::move(row).build();
}

// The same slowdown many times: what each would have made of it.
Result<Frame> slowdown_repeats(const StepCall& call, const StepContext& context,
                               const serving::LatencyLaw& law, double most) {
  const double best =
      serving::net_gain(law, serving::best_size(law, law.elasticity, most), law.elasticity);
  std::vector<double> elasticity, size, net, regret, covered;
  const auto repeats = static_cast<std::uint64_t>(call.integer("repeats"));
  for (std::uint64_t i = 0; i < repeats; ++i) {
    auto arms = serving::simulate_slowdown(law, {0, call.number("delay")}, call.integer("users"),
                                           context.seed, i);
    if (!arms) return fail(arms.error());
    auto found = serving::estimate_elasticity(*arms);
    if (!found) return fail(found.error());
    elasticity.push_back(found->value), size.push_back(believed_size(law, *found, most));
    net.push_back(serving::net_gain(law, size.back(), law.elasticity));
    regret.push_back(best - net.back());
    covered.push_back(found->low <= law.elasticity && law.elasticity <= found->high);
    if (!context.progress.report(static_cast<double>(i) / static_cast<double>(repeats)))
      return cancelled();
  }
  Frame::Builder builder;
  builder.add("elasticity", std::move(elasticity), {.unit = "%"}).add("size", std::move(size));
  builder.add("net", std::move(net), {.unit = "%"}).add("regret", std::move(regret), {.unit = "%"});
  builder.add("covered", std::move(covered));
  return std::move(builder).build();
}

Result<Outputs> run_serve_latency_cost(const StepCall& call, const StepContext& context) {
  const serving::LatencyLaw law{call.number("base"), call.number("elasticity"), call.number("gain"),
                                call.number("ms_per_size")};
  auto arms = serving::simulate_slowdown(law, {0, call.number("delay")}, call.integer("users"),
                                         context.seed, 0);
  if (!arms) return fail(arms.error());
  auto found = serving::estimate_elasticity(*arms);
  if (!found) return fail(found.error());
  const double most = call.number("largest");
  auto first = two(net_lines(law, *found, most), slowdown_result(call, law, *found));
  if (!first) return fail(first.error());
  auto second = two(size_choice(law, *found, most, std::min(most, call.number("size"))),
                    slowdown_repeats(call, context, law, most));
  if (!second) return fail(second.error());
  first->insert(first->end(), second->begin(), second->end());
  return first;
}

const StepRegistration kServeLatencyCost{{
    .name = "serve.latency_cost",
    .sentence =
        "What a larger model gains by its quality and loses by its wait, with the elasticity "
        "measured by an experiment that slows users down.",
    .example = "local lines, slowdown, choice, repeats = serve.latency_cost { users = 20000, delay "
               "= 100 }",
    .outputs = {{.name = "lines", .kind = Kind::frame, .sentence = "series, size, ms, net"},
                {.name = "slowdown",
                 .kind = Kind::frame,
                 .sentence = "elasticity, low, high, true_elasticity, conversions_lost"},
                {.name = "choice",
                 .kind = Kind::frame,
                 .sentence = "sizes chosen, believed best and best, and what each earns"},
                {.name = "repeats",
                 .kind = Kind::frame,
                 .sentence = "a row a repeated slowdown: elasticity, size, net, regret, covered"}},
    .parameters =
        {number_parameter("base", 0.2, 1e-4, 0.999, "conversion of the smallest model", "%"),
         number_parameter("elasticity", 0.01, 0, 0.5,
                          "true share of conversions lost for each 100 ms", "%"),
         number_parameter("gain", 0.02, 0, 1, "relative gain for each ln(1 + size)", "%"),
         number_parameter("ms_per_size", 10, 0, 1e4, "p99 that one unit of size adds", "ms"),
         number_parameter("largest", 20, 0.1, 1e4, "sizes looked at"),
         number_parameter("size", 4, 0, 1e4, "the size that is chosen"),
         integer_parameter("users", 20000, 1, 1e9, "of each arm of the slowdown"),
         number_parameter("delay", 100, 1, 1e4, "that the slowed arm waits longer", "ms"),
         integer_parameter("repeats", 300, 1, 100000, "the same slowdown again, with other users")},
    .run = run_serve_latency_cost,
}};

}  // namespace
}  // namespace rehearse::steps
