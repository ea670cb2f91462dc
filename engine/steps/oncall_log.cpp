// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/steps/oncall.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_oncall_log(const StepCall& call, const StepContext&) {
  const std::vector<double> hours = call.numbers("hours");
  const std::vector<std::string> what = call.texts("what");
  if (hours.size() != what.size())
    return fail(Code::invalid_argument, "hours and what must be of one length; they hold {} and {}",
                hours.size(), what.size());
  std::vector<std::size_t> order(hours.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return hours[a] > hours[b]; });
  std::vector<std::string> when, words;
  std::vector<double> before;
  for (const std::size_t i : order) {
    when.push_back(scenarios::clock_of(call.number("at") - hours[i]));
    before.push_back(std::round(10 * hours[i]) / 10), words.push_back(what[i]);
  }
  Frame::Builder builder;
  builder.add("when", when).add("hours before the page", std::move(before)).add("what", words);
  return one(std::move(builder).build());
}

const StepRegistration kOncallLog{{
    .name = "oncall.log",
    .sentence = "Entries of a log (deploys, schemas, experiments) by their age at the page.",
    .example =
        "oncall.log { at = draw.now, hours = { 26, 2 }, what = { \"ranker 41\", \"ranker 42\" } }",
    .outputs = {{.name = "log", .kind = Kind::frame}},
    .parameters = {number_parameter("at", 600, 0, 9600, "the hour of the page", "hours"),
                   {.name = "hours",
                    .type = ParameterType::numbers,
                    .low = 0,
                    .high = 600,
                    .sentence = "how long before the page each entry was written"},
                   {.name = "what", .type = ParameterType::texts, .sentence = "the entries"}},
    .run = run_oncall_log,
}};

}  // namespace
}  // namespace rehearse::steps
