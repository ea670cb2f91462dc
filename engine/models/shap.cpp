// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/shap.hpp"

#include <cmath>
#include <map>
#include <numeric>

#include "engine/metrics/probability.hpp"

namespace rehearse::models {
namespace {

// The column that an input of the trees came from: "platform" for "platform=ios" and for "share of
// platform".
std::string origin_of(const std::string& input, const std::vector<std::string>& columns) {
  std::string best;
  for (const std::string& column : columns)
    if ((input == column || input.rfind(column + "=", 0) == 0 || input == "share of " + column ||
         input == "place of " + column) &&
        column.size() > best.size())
      best = column;
  return best;
}

Result<std::vector<double>> log_odds(const Scorer& model, const Frame& rows) {
  auto scores = model.score(rows);
  if (!scores || !model.probabilistic()) return scores;
  for (double& p : *scores) {
    if (p <= 0 || p >= 1)
      return fail(Code::bad_data, "a probability of {} has no log-odds to share among columns", p);
    p = metrics::logit(p);
  }
  return scores;
}

// Every row of `rows` with all columns as in the anchor's only row, but for one.
Result<Frame> all_but_one_fixed(const Frame& anchor, const Frame& rows, const std::string& column) {
  const std::vector<std::uint32_t> repeated(rows.rows(), 0);
  return anchor.take(repeated).with(**rows.require(column));
}

double plain_mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

Result<Explanation> explain_trees(const BoostedModel& model, const Frame& rows) {
  auto raw = model.contributions(rows);
  if (!raw) return fail(raw.error());
  Explanation e;
  e.columns = model.columns();
  const auto& inputs = model.encoding().names();
  std::vector<std::size_t> target;
  for (const std::string& input : inputs) {
    const auto at = std::find(e.columns.begin(), e.columns.end(), origin_of(input, e.columns));
    target.push_back(static_cast<std::size_t>(at - e.columns.begin()));
  }
  auto margins = model.library_margins(rows);
  if (!margins) return fail(margins.error());
  const std::size_t width = inputs.size() + 1;
  e.phi.assign(rows.rows() * e.columns.size(), 0);
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    double sum = 0;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const auto value = static_cast<double>((*raw)[row * width + i]);
      e.phi[row * e.columns.size() + target[i]] += value;
      sum += value;
    }
    e.base.push_back(static_cast<double>((*raw)[row * width + inputs.size()]));
    e.rest.push_back(static_cast<double>((*margins)[row]) - e.base.back() - sum);
  }
  return e;
}

Result<Explanation> explain_additive(const Scorer& model, const Frame& rows,
                                     const Frame& background,
                                     const std::vector<std::string>& columns) {
  if (background.rows() == 0)
    return fail(Code::bad_data, "an explanation needs background rows to compare with");
  Explanation e;
  e.columns = columns;
  auto whole = log_odds(model, rows);
  if (!whole) return fail(whole.error());
  auto usual = log_odds(model, background);
  if (!usual) return fail(usual.error());
  const Frame anchor = background.slice(0, 1);
  e.base.assign(rows.rows(), plain_mean(*usual));
  e.rest = *whole;
  for (double& rest : e.rest) rest -= e.base[0];
  e.phi.assign(rows.rows() * columns.size(), 0);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    for (const Frame* frame : {&rows, &background})
      if (auto found = frame->require(columns[c]); !found) return fail(found.error());
    auto changed = all_but_one_fixed(anchor, rows, columns[c]);
    auto compared = all_but_one_fixed(anchor, background, columns[c]);
    if (!changed) return fail(changed.error());
    if (!compared) return fail(compared.error());
    auto effect = log_odds(model, *changed), mean = log_odds(model, *compared);
    if (!effect) return fail(effect.error());
    if (!mean) return fail(mean.error());
    const double centre = plain_mean(*mean);
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      e.phi[row * columns.size() + c] = (*effect)[row] - centre;
      e.rest[row] -= (*effect)[row] - centre;
    }
  }
  return e;
}

}  // namespace rehearse::models
