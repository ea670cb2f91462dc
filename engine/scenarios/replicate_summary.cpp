// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenarios/replicate_summary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

#include "engine/base/normal.hpp"
#include "engine/metrics/interval.hpp"

namespace rehearse::scenarios {
namespace {

constexpr double kUnmeasured = std::numeric_limits<double>::quiet_NaN();
// A true effect within this of zero is none; potential outcomes are differences of doubles.
constexpr double kNoEffect = 1e-12;

struct CountedShare {
  double hits = 0, all = 0;
  void add(bool hit) { hits += hit, all += 1; }
  double share() const { return all > 0 ? hits / all : kUnmeasured; }
  metrics::Interval interval() const {
    return all > 0 ? metrics::wilson_interval(hits, all)
                   : metrics::Interval{kUnmeasured, kUnmeasured};
  }
};

struct RunningMean {
  double sum = 0, squares = 0, count = 0;
  void add(double x) {
    if (std::isfinite(x)) sum += x, squares += x * x, count += 1;
  }
  double value() const { return count > 0 ? sum / count : kUnmeasured; }
  double sd() const {
    if (count < 2) return kUnmeasured;
    return std::sqrt(std::max(0.0, squares - sum * sum / count) / (count - 1));
  }
};

// One row of `runs`; NaN where unknown.
struct ReplicateRow {
  double effect = kUnmeasured, truth = kUnmeasured, low = kUnmeasured, high = kUnmeasured,
         p = kUnmeasured, covers = kUnmeasured;
};

class SeriesOfRuns {
 public:
  void add(std::int64_t replicate, const ReplicateRow& f, double alpha) {
    if (replicate != current_) close();
    current_ = replicate, rows_ += 1;
    effect_.add(f.effect), truth_.add(f.truth), error_.add(f.effect - f.truth);
    width_.add(f.high - f.low);
    if (!std::isnan(f.covers))
      coverage_.add(f.covers != 0);
    else if (!std::isnan(f.low) && !std::isnan(f.high) && !std::isnan(f.truth))
      coverage_.add(f.low <= f.truth && f.truth <= f.high);
    if (std::isnan(f.p)) return;
    tested_ = true;
    const bool claim = f.p < alpha;
    claimed_.add(claim);
    if (std::isnan(f.truth)) return;
    known_ = true;
    if (!claim) return;
    claims_ += 1;
    if (std::abs(f.truth) <= kNoEffect) {
      false_ += 1;
      return;
    }
    wrong_sign_.add(f.effect * f.truth < 0);
    claimed_size_ += std::abs(f.effect), claimed_truth_ += std::abs(f.truth);
  }

  // Ends the repetition that was being added to.
  void close() {
    if (current_ >= 0 && tested_ && known_) {
      any_false_.add(false_ > 0);
      false_share_.add(claims_ > 0 ? false_ / claims_ : 0);
    }
    claims_ = false_ = 0;
  }

  void write(std::map<std::string, std::vector<double>>& into) const {
    const double half =
        error_.count > 1 ? kNormal975 * error_.sd() / std::sqrt(error_.count) : kUnmeasured;
    into["repeats"].push_back(rows_);
    into["effect"].push_back(effect_.value()), into["true_effect"].push_back(truth_.value());
    into["bias"].push_back(error_.value());
    into["bias_low"].push_back(error_.value() - half);
    into["bias_high"].push_back(error_.value() + half);
    into["sd"].push_back(effect_.sd()), into["ci_width"].push_back(width_.value());
    write(into, "coverage", coverage_), write(into, "claimed", claimed_);
    into["wrong_sign"].push_back(wrong_sign_.share());
    into["exaggeration"].push_back(claimed_truth_ > 0 ? claimed_size_ / claimed_truth_
                                                      : kUnmeasured);
    into["any_false"].push_back(any_false_.share());
    into["false_discoveries"].push_back(false_share_.value());
  }

 private:
  static void write(std::map<std::string, std::vector<double>>& into, const std::string& name,
                    const CountedShare& counted) {
    into[name].push_back(counted.share());
    into[name + "_low"].push_back(counted.interval().low);
    into[name + "_high"].push_back(counted.interval().high);
  }

  std::int64_t current_ = -1;
  double rows_ = 0, claims_ = 0, false_ = 0, claimed_size_ = 0, claimed_truth_ = 0;
  bool tested_ = false, known_ = false;
  RunningMean effect_, truth_, error_, width_, false_share_;
  CountedShare coverage_, claimed_, wrong_sign_, any_false_;
};

}  // namespace

Result<Frame> summarize_runs(const Frame& runs, double alpha, const std::string& p_column) {
  auto replicate = runs.require("replicate");
  auto series = runs.require("series");
  if (!replicate) return fail(replicate.error());
  if (!series) return fail(series.error());
  const auto number = [&](const char* name) -> const Column* {
    const Column* column = runs.find(name);
    return column && column->numeric() ? column : nullptr;
  };
  const Column *effect = number("effect"), *low = number("ci_low"), *high = number("ci_high"),
               *p = number(p_column.c_str()), *covers = number("covers_truth"),
               *truth = number("true_effect");
  const auto at = [](const Column* column, std::size_t row) {
    return column ? column->number(row) : kUnmeasured;
  };
  std::vector<std::string> names;
  std::map<std::string, SeriesOfRuns> all;
  for (std::size_t row = 0; row < runs.rows(); ++row) {
    const std::string name((*series)->text(row));
    if (!all.count(name)) names.push_back(name);
    all[name].add(
        static_cast<std::int64_t>((*replicate)->number(row)),
        {at(effect, row), at(truth, row), at(low, row), at(high, row), at(p, row), at(covers, row)},
        alpha);
  }
  std::map<std::string, std::vector<double>> columns;
  for (const std::string& name : names) all[name].close(), all[name].write(columns);
  Frame::Builder b;
  b.add("series", names);
  for (const char* name :
       {"repeats", "effect", "true_effect", "bias", "bias_low", "bias_high", "sd", "ci_width",
        "coverage", "coverage_low", "coverage_high", "claimed", "claimed_low", "claimed_high",
        "wrong_sign", "exaggeration", "any_false", "false_discoveries"}) {
    std::vector<double>& values = columns[name];
    std::vector<std::uint8_t> known;
    for (const double value : values) known.push_back(!std::isnan(value));
    b.add(name, std::move(values));
    if (std::find(known.begin(), known.end(), 0) != known.end()) b.missing(std::move(known));
  }
  return std::move(b).build();
}

}  // namespace rehearse::scenarios
