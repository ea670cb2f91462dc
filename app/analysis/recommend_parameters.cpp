// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "app/analysis/analysis.hpp"
#include "app/analysis/recommend.hpp"
#include "engine/base/nearest.hpp"
#include "engine/recommend/als.hpp"
#include "engine/recommend/bpr.hpp"
#include "engine/recommend/ease.hpp"
#include "engine/recommend/item_knn.hpp"

namespace rehearse::analysis {
namespace {

std::vector<RecommendParameter> declared_parameters() {
  const recommend::AlsOptions als;
  const recommend::BprOptions bpr;
  const recommend::EaseOptions ease;
  const recommend::ItemKnnOptions knn;
  const auto number = [](auto value) { return static_cast<double>(value); };
  return {
      {"item-knn", "neighbours", number(knn.neighbours), 1, 100000, true,
       "the most similar items that each item keeps"},
      {"item-knn", "shrinkage", knn.shrinkage, 0, 1e6, false,
       "pulls down similarities that rest on few common users"},
      {"als", "factors", number(als.factors), 1, 512, true, "numbers that describe a user or item"},
      {"als", "iterations", number(als.iterations), 1, 1000, true,
       "times that all users and then all items are solved"},
      {"als", "alpha", als.alpha, 0, 1e6, false, "confidence that an interaction adds: 1 + alpha"},
      {"als", "lambda", als.lambda, 1e-9, 1e9, false, "regularization of all factors"},
      {"als", "seed", number(als.seed), 0, 4294967295, true, "of the factors' beginning"},
      {"bpr", "factors", number(bpr.factors), 1, 512, true, "numbers that describe a user or item"},
      {"bpr", "epochs", number(bpr.epochs), 1, 100000, true,
       "rounds of as many steps as there are interactions"},
      {"bpr", "learning_rate", bpr.learning_rate, 1e-9, 10, false, "size of a step"},
      {"bpr", "regularization", bpr.regularization, 0, 10, false,
       "pull of every factor towards 0 at each step"},
      {"bpr", "seed", number(bpr.seed), 0, 4294967295, true, "of the beginning and every draw"},
      {"ease", "lambda", ease.lambda, 1e-9, 1e12, false, "regularization of the weights"},
      {"ease", "memory_gb", 4, 1e-6, 4096, false, "what the fit may take; it needs 16 B × items²"},
  };
}

std::vector<std::string> names_of(const std::string& method) {
  std::vector<std::string> names;
  for (const RecommendParameter& parameter : recommend_parameters())
    if (parameter.method == method) names.push_back(parameter.name);
  return names;
}

Result<double> value_in_range(const RecommendParameter& parameter, const std::string& text) {
  const auto value = parsed_number(text);
  if (value && *value >= parameter.low && *value <= parameter.high &&
      (!parameter.whole || *value == std::floor(*value)))
    return *value;
  return fail(Code::invalid_argument, "--set {}={}: {} from {:.10g} to {:.10g} is due ({})",
              parameter.name, text, parameter.whole ? "a whole number" : "a number", parameter.low,
              parameter.high, parameter.sentence);
}

}  // namespace

const std::vector<std::string>& recommend_methods() {
  static const std::vector<std::string> methods = {"popularity", "item-knn", "als", "bpr", "ease"};
  return methods;
}

const std::vector<RecommendParameter>& recommend_parameters() {
  static const std::vector<RecommendParameter> parameters = declared_parameters();
  return parameters;
}

std::string recommend_help(const std::string& method) {
  std::string lines;
  for (const RecommendParameter& p : recommend_parameters())
    if (p.method == method)
      lines += fmt::format("  {} = {:g} ({} {:.10g} to {:.10g}): {}\n", p.name, p.initial,
                           p.whole ? "whole," : "number,", p.low, p.high, p.sentence);
  return lines.empty() ? fmt::format("{} has no parameters\n", method)
                       : fmt::format("{}\n{}", method, lines);
}

std::string recommend_help() {
  std::vector<std::string> methods;
  for (const std::string& method : recommend_methods())
    if (const auto names = names_of(method); !names.empty())
      methods.push_back(fmt::format("{}: {}", method, fmt::join(names, " ")));
  return fmt::format("{}", fmt::join(methods, "; "));
}

Result<std::map<std::string, double>> recommend_values(const RecommendRequest& request) {
  const auto& methods = recommend_methods();
  if (std::find(methods.begin(), methods.end(), request.method) == methods.end())
    return fail(Code::invalid_argument, "--method {}: there is no such method{}; there are {}",
                request.method, did_you_mean(request.method, methods), fmt::join(methods, ", "));
  const std::vector<std::string> names = names_of(request.method);
  for (const auto& [name, text] : request.set)
    if (std::find(names.begin(), names.end(), name) == names.end())
      return fail(Code::invalid_argument, "--set {}={}: {} has no parameter `{}`{}; it has {}",
                  name, text, request.method, name, did_you_mean(name, names),
                  names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", ")));
  std::map<std::string, double> values;
  for (const RecommendParameter& parameter : recommend_parameters()) {
    if (parameter.method != request.method) continue;
    values[parameter.name] = parameter.initial;
    const auto given = request.set.find(parameter.name);
    if (given == request.set.end()) continue;
    auto value = value_in_range(parameter, given->second);
    if (!value) return fail(value.error());
    values[parameter.name] = *value;
  }
  return values;
}

}  // namespace rehearse::analysis
