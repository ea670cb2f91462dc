// SPDX-License-Identifier: GPL-3.0-or-later
//
// The models that can be tuned: one entry each.
#include "engine/models/boosted.hpp"
#include "engine/models/ftrl.hpp"
#include "engine/models/logistic.hpp"
#include "engine/scenarios/tuning.hpp"

namespace rehearse::scenarios {
namespace {

using validation::Dimension;
using validation::Setting;

Tunable ftrl(const TunableChoice& choice) {
  Tunable t;
  t.name = "ftrl";
  t.dimensions = {{.name = "alpha", .low = 0.003, .high = 3, .log = true},
                  {.name = "lambda1", .low = 0.01, .high = 30, .log = true},
                  {.name = "lambda2", .low = 0.01, .high = 100, .log = true}};
  t.fit = [choice](const Frame& rows, const Setting& setting, std::uint64_t seed,
                   const Progress& progress) -> Result<ScorerPtr> {
    models::FtrlOptions o;
    o.alpha = setting[0], o.lambda1 = setting[1], o.lambda2 = setting[2];
    o.bits = 16, o.seed = seed, o.label = choice.label, o.features.columns = choice.features;
    auto model = models::train_ftrl(rows, o, progress);
    if (!model) return fail(model.error());
    return ScorerPtr(*model);
  };
  return t;
}

Tunable gbdt(const TunableChoice& choice) {
  Tunable t;
  t.name = "gbdt";
  t.dimensions = {{.name = "rounds", .low = 5, .high = 60, .log = true, .integer = true},
                  {.name = "depth", .low = 1, .high = 6, .integer = true},
                  {.name = "learning_rate", .low = 0.03, .high = 0.5, .log = true}};
  t.fit = [choice](const Frame& rows, const Setting& setting, std::uint64_t seed,
                   const Progress& progress) -> Result<ScorerPtr> {
    models::BoostedOptions o;
    o.rounds = static_cast<int>(setting[0]), o.depth = static_cast<int>(setting[1]);
    o.learning_rate = setting[2], o.seed = seed, o.label = choice.label;
    o.features.columns = choice.features;
    auto fit = models::train_boosted(rows, nullptr, o, progress);
    if (!fit) return fail(fit.error());
    if (fit->stopped) return cancelled();
    return ScorerPtr(fit->model);
  };
  return t;
}

Tunable logistic(const TunableChoice& choice) {
  Tunable t;
  t.name = "logistic";
  t.dimensions = {{.name = "l2", .low = 1e-6, .high = 1, .log = true}};
  t.fit = [choice](const Frame& rows, const Setting& setting, std::uint64_t seed,
                   const Progress& progress) -> Result<ScorerPtr> {
    models::LogisticOptions o;
    o.l2 = setting[0], o.seed = seed, o.label = choice.label, o.tolerance = 1e-5;
    o.encoding.features.columns = choice.features;
    auto fit = models::train_logistic(rows, o, progress);
    if (!fit) return fail(fit.error());
    if (fit->stopped) return cancelled();
    return ScorerPtr(fit->model);
  };
  return t;
}

struct Entry {
  const char* name;
  Tunable (*make)(const TunableChoice& choice);
};
constexpr Entry kEntries[] = {{"ftrl", ftrl}, {"logistic", logistic}, {"gbdt", gbdt}};

}  // namespace

const std::vector<std::string>& tunable_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Entry& entry : kEntries) all.emplace_back(entry.name);
    return all;
  }();
  return names;
}

Result<Tunable> tunable(std::string_view name, const TunableChoice& choice) {
  std::string known;
  for (const Entry& entry : kEntries) {
    if (name == entry.name) return entry.make(choice);
    known += (known.empty() ? "" : ", ") + std::string(entry.name);
  }
  return fail(Code::invalid_argument, "there is no model `{}` to tune; there are {}", name, known);
}

}  // namespace rehearse::scenarios
