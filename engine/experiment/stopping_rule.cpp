// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/stopping_rule.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "engine/base/random.hpp"
#include "engine/experiment/always_valid.hpp"
#include "engine/experiment/bayes_stop.hpp"
#include "engine/experiment/tails.hpp"

namespace rehearse::experiment {
namespace {

Result<Boundaries> rule_by_bound(int looks, const std::function<double(double)>& bound_at) {
  Boundaries rule;
  rule.information = equal_looks(looks);
  for (const double t : rule.information) {
    rule.z.push_back(bound_at(t));
    rule.nominal_alpha.push_back(normal_two_sided(rule.z.back()));
  }
  const auto found = crossing(rule.information, two_sided(rule.z));
  if (!found) return fail(found.error());
  rule.spent = found->cumulative();
  return rule;
}

Result<void> check_rule(int looks, const RuleOptions& options) {
  if (looks < 1 || looks > 200)
    return fail(Code::invalid_argument, "{} looks; give 1 to 200", looks);
  if (!(options.alpha >= 1e-6 && options.alpha <= 0.5))
    return fail(Code::invalid_argument, "alpha is {}; give a number from 0.000001 to 0.5",
                options.alpha);
  if (!(options.mixture >= 0 && options.mixture < 1e6))
    return fail(Code::invalid_argument,
                "the mixture's width is {}; give a number from 0 to a million", options.mixture);
  if (!(options.prior > 0 && options.prior < 1e6))
    return fail(Code::invalid_argument, "the prior's width is {}; give a number above 0",
                options.prior);
  return {};
}

}  // namespace

const std::vector<std::string>& stopping_rules() {
  static const std::vector<std::string> names = {"fixed",  "naive",          "bonferroni",
                                                 "pocock", "obrien-fleming", "ld-pocock",
                                                 "ld-obf", "always-valid",   "bayesian"};
  return names;
}

std::string rule_in_words(const std::string& rule) {
  static const std::vector<std::pair<std::string, std::string>> words = {
      {"fixed", "one look at the end"},
      {"naive", "naive peeking"},
      {"bonferroni", "Bonferroni"},
      {"pocock", "Pocock"},
      {"obrien-fleming", "O'Brien-Fleming"},
      {"ld-pocock", "spending like Pocock"},
      {"ld-obf", "spending like O'Brien-Fleming"},
      {"always-valid", "always valid"},
      {"bayesian", "Bayesian"}};
  for (const auto& [name, said] : words)
    if (name == rule) return said;
  return rule;
}

Result<Boundaries> stopping_rule(const std::string& rule, int looks, const RuleOptions& options) {
  if (auto sound = check_rule(looks, options); !sound) return fail(sound.error());
  const double alpha = options.alpha, one_look = -normal_quantile(alpha / 2);
  if (rule == "fixed")
    return rule_by_bound(looks, [&](double t) {
      return t < 1 ? std::numeric_limits<double>::infinity() : one_look;
    });
  if (rule == "naive") return rule_by_bound(looks, [&](double) { return one_look; });
  if (rule == "bonferroni")
    return rule_by_bound(looks, [&](double) { return -normal_quantile(alpha / (2.0 * looks)); });
  if (rule == "always-valid") {
    const double mixture = options.mixture > 0 ? options.mixture : tuned_mixture(1, alpha);
    return rule_by_bound(looks, [&](double t) { return mixture_bound(1 / t, mixture, alpha); });
  }
  if (rule == "bayesian")
    return rule_by_bound(looks,
                         [&](double t) { return posterior_bound(1 / t, options.prior, alpha); });
  const auto shape = shape_named(rule);
  if (!shape)
    return fail(Code::invalid_argument, "`{}` is no stopping rule; there are {}", rule,
                fmt::join(stopping_rules(), ", "));
  return boundaries(*shape, looks, alpha);
}

}  // namespace rehearse::experiment
