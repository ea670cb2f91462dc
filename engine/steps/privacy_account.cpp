// SPDX-License-Identifier: GPL-3.0-or-later
//
// How much noise each of several releases needs, so that together they stay within a budget: by
// mechanism and by how releases are added up.
#include <array>
#include <cmath>

#include "engine/privacy/accounting.hpp"
#include "engine/privacy/pair_counts.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

struct Accounted {
  const char* series;
  privacy::Noise noise;
  privacy::Composition composition;
};

constexpr std::array<Accounted, 5> kAccounted = {{
    {"Laplace, added up", privacy::Noise::laplace, privacy::Composition::basic},
    {"Laplace, advanced", privacy::Noise::laplace, privacy::Composition::advanced},
    {"Gaussian, added up", privacy::Noise::gaussian, privacy::Composition::basic},
    {"Gaussian, zCDP", privacy::Noise::gaussian, privacy::Composition::zcdp},
    {"Gaussian, exact", privacy::Noise::gaussian, privacy::Composition::exact},
}};

Result<Outputs> run_privacy_account(const StepCall& call, const StepContext&) {
  const double cells = privacy::cells_of_person(static_cast<std::size_t>(call.integer("cap")));
  std::vector<std::string> series;
  std::vector<double> releases, sd, each;
  for (const Accounted& way : kAccounted)
    for (const double n : call.numbers("releases")) {
      const bool laplace = way.noise == privacy::Noise::laplace;
      auto plan =
          privacy::plan_noise(way.noise, way.composition, laplace ? cells : std::sqrt(cells),
                              {call.number("epsilon"), call.number("delta")},
                              static_cast<std::size_t>(std::llround(n)));
      if (!plan) return fail(plan.error());
      series.emplace_back(way.series), releases.push_back(n);
      sd.push_back(plan->sd), each.push_back(plan->each.epsilon);
    }
  Frame::Builder builder;
  builder.add("series", series).add("releases", std::move(releases));
  builder.add("noise_sd", std::move(sd)).add("epsilon_each", std::move(each));
  return one(std::move(builder).build());
}

const StepRegistration kPrivacyAccount{{
    .name = "privacy.account",
    .sentence = "Noise of each release against the number of releases that share a budget, by "
                "mechanism and by how they are added up.",
    .example = "privacy.account { epsilon = 2, cap = 8, releases = { 1, 2, 4, 12, 52 } }",
    .outputs = {{.name = "noise",
                 .kind = Kind::frame,
                 .sentence = "series, releases, noise_sd, epsilon_each"}},
    .parameters = {number_parameter("epsilon", 2, 1e-3, 1e4,
                                    "what all releases together may tell of a person"),
                   number_parameter("delta", 1e-6, 1e-15, 0.1, "chance that more is told"),
                   integer_parameter("cap", 8, 2, 200, "things of a person, at most"),
                   {.name = "releases",
                    .type = ParameterType::numbers,
                    .initial = std::vector<double>{1, 2, 4, 12, 52},
                    .low = 1,
                    .high = 1e5,
                    .sentence = "numbers of releases that are looked at"}},
    .run = run_privacy_account,
}};

}  // namespace
}  // namespace rehearse::steps
