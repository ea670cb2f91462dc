// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/run_length.hpp"

#include <algorithm>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <deque>
#include <limits>
#include <mutex>
#include <optional>
#include <vector>

#include "engine/base/random.hpp"

namespace rehearse::monitor {
namespace {

constexpr double kLeastSmoothing = 0.005;  // of EWMA; below it the limits move for too long
constexpr double kNormalFrom = 30;         // n p (1 - p) from which a rate is drawn as normal
constexpr double kStepsOfSearch = 2e6;     // of a search for a threshold, all runs together
constexpr double kLongestRunOfSearch = 5;  // in units of the run length that is asked for
constexpr double kLeastDelta = 1e-12;

// Observations of one run, in control or shifted.
class RunSource {
 public:
  RunSource(const InControl& in_control, bool is_rate, std::uint64_t seed, std::uint64_t replicate)
      : in_control_(in_control),
        is_rate_(is_rate),
        stream_(seed, "monitor.run_length", replicate) {}
  double draw(double shift) {
    const double level = in_control_.mu + shift * in_control_.sigma;
    if (!is_rate_) return stream_.normal(level, in_control_.sigma);
    const double n = std::floor(in_control_.trials);
    const double spread = level * (1 - level);
    if (n * spread >= kNormalFrom)
      return std::clamp(stream_.normal(level, std::sqrt(spread / n)), 0.0, 1.0);
    return level <= 0.5 ? binomial(n, level) / n : 1 - binomial(n, 1 - level) / n;
  }

 private:
  // By inversion: O(n p).
  double binomial(double n, double p) {
    const double odds = p / (1 - p);
    double chance = std::pow(1 - p, n), left = stream_.uniform(), ones = 0;
    while (left > chance && ones < n) {
      left -= chance, ones += 1;
      chance *= odds * (n - ones + 1) / ones;
    }
    return ones;
  }

  InControl in_control_;
  bool is_rate_;
  Stream stream_;
};

bool watches_rate(const DetectorOptions& detector) {
  return std::holds_alternative<DdmOptions>(detector);
}

Result<void> check_in_control(const DetectorOptions& detector, double shift,
                              const InControl& in_control) {
  if (auto fine = validate(detector); !fine) return fine;
  if (!(in_control.sigma > 0) || !std::isfinite(in_control.sigma) ||
      !std::isfinite(in_control.mu) || !std::isfinite(shift) || !(in_control.trials >= 1))
    return fail(Code::invalid_argument,
                "a run length needs a finite level and shift, a deviation above 0 and at least one "
                "trial");
  const double shifted = in_control.mu + shift * in_control.sigma;
  if (watches_rate(detector) &&
      !(in_control.mu > 0 && in_control.mu < 1 && shifted > 0 && shifted < 1))
    return fail(Code::invalid_argument,
                "ddm watches a rate between 0 and 1; here it goes from {:g} to {:g}", in_control.mu,
                shifted);
  return {};
}

std::optional<double> by_equation(const DetectorOptions& detector, double shift,
                                  const InControl& in_control) {
  const double level = in_control.mu + shift * in_control.sigma;
  if (const auto* chart = std::get_if<CusumOptions>(&detector))
    return cusum_run_length(chart->k, chart->h, (level - chart->mu) / chart->sigma,
                            in_control.sigma / chart->sigma);
  if (const auto* chart = std::get_if<EwmaOptions>(&detector);
      chart && chart->lambda >= kLeastSmoothing)
    return ewma_run_length(chart->lambda, chart->limit, (level - chart->mu) / chart->sigma,
                           in_control.sigma / chart->sigma);
  return std::nullopt;
}

// Mean of runs of which some were cut short, and its error as that of a ratio: runs of a detector
// that grows deaf spread far more than geometric ones.
class Exposure {
 public:
  void add(double length, bool alarm) {
    length_ += length, squares_ += length * length;
    alarms_ += alarm, lengths_of_alarms_ += alarm ? length : 0;
  }
  RunLength run_length() const {
    if (alarms_ == 0) return {length_, 0, true};
    const double mean = length_ / alarms_;
    const double squares = squares_ - 2 * mean * lengths_of_alarms_ + mean * mean * alarms_;
    return {mean, std::sqrt(std::max(squares, 0.0)) / alarms_, false};
  }

 private:
  double length_ = 0, squares_ = 0, alarms_ = 0, lengths_of_alarms_ = 0;
};

Result<RunLength> simulated(const DetectorOptions& detector, double shift,
                            const InControl& in_control, const RunLengthOptions& options,
                            const Progress& progress) {
  Exposure exposure;
  const auto watcher = make_detector(detector);
  for (int replicate = 0; replicate < options.replicates; ++replicate) {
    watcher->restart();
    RunSource source(in_control, watches_rate(detector), options.seed,
                     static_cast<std::uint64_t>(replicate));
    for (double i = 0; i < options.quiet_before; ++i)
      watcher->add(source.draw(0), in_control.trials);
    double length = 0;
    bool alarm = false;
    while (!alarm && length < options.longest) {
      alarm = watcher->add(source.draw(shift), in_control.trials).signal == Signal::alarm;
      length += 1;
    }
    exposure.add(length, alarm);
    if (!progress.report(static_cast<double>(replicate) / options.replicates)) return cancelled();
  }
  return exposure.run_length();
}

// The moments at which a run's statistic rose above all before: enough to know its first passage
// of every threshold.
struct RunRecord {
  double threshold, at;
};
using RunRecords = std::vector<RunRecord>;

RunRecords records_of(const DetectorOptions& detector, const InControl& in_control,
                      std::uint64_t seed, std::uint64_t replicate, double longest) {
  const auto watcher =
      make_detector(with_threshold(detector, std::numeric_limits<double>::infinity()));
  RunSource source(in_control, watches_rate(detector), seed, replicate);
  RunRecords records;
  double most = -std::numeric_limits<double>::infinity();
  for (double at = 1; at <= longest; ++at) {
    const double statistic = watcher->add(source.draw(0), in_control.trials).statistic;
    if (statistic > most) records.push_back({most = statistic, at});
  }
  return records;
}

RunLength at_threshold(const std::vector<RunRecords>& runs, double threshold, double longest) {
  Exposure exposure;
  for (const RunRecords& run : runs) {
    const auto passed = std::upper_bound(
        run.begin(), run.end(), threshold,
        [](double value, const RunRecord& record) { return value < record.threshold; });
    exposure.add(passed == run.end() ? longest : passed->at, passed != run.end());
  }
  return exposure.run_length();
}

Result<DetectorOptions> searched_by_simulation(const DetectorOptions& detector, double arl0,
                                               const InControl& in_control,
                                               const RunLengthOptions& options,
                                               const Progress& progress) {
  const double longest = std::ceil(arl0 * kLongestRunOfSearch);
  const int replicates = static_cast<int>(std::clamp(kStepsOfSearch / longest, 50.0, 1000.0));
  std::vector<RunRecords> runs;
  double most = 0;
  for (int replicate = 0; replicate < replicates; ++replicate) {
    runs.push_back(records_of(detector, in_control, options.seed,
                              static_cast<std::uint64_t>(replicate), longest));
    for (const RunRecord& record : runs.back())
      if (std::isfinite(record.threshold)) most = std::max(most, record.threshold);
    if (!progress.report(static_cast<double>(replicate) / replicates)) return cancelled();
  }
  // ADWIN's threshold is -ln delta, and delta is below 1.
  const double least = std::holds_alternative<AdwinOptions>(detector) ? kLeastDelta : 0;
  const RunLength shortest = at_threshold(runs, least, longest);
  if (shortest.at_least || shortest.mean > arl0) {
    if (std::holds_alternative<AdwinOptions>(detector)) return with_threshold(detector, least);
    return fail(Code::invalid_argument,
                "{} cannot have a mean run of {:g} in control: even without a threshold it is "
                "about {:.0f}; accept a longer one",
                name_of(detector), arl0, shortest.mean);
  }
  double low = least, high = most;
  for (int turn = 0; turn < 60; ++turn) {
    const double middle = (low + high) / 2;
    (at_threshold(runs, middle, longest).mean < arl0 ? low : high) = middle;
  }
  return with_threshold(detector, high);
}

// Thresholds that were searched for: a pure function of the question, a tenth of a second each, and
// asked again at every move of a knob that leaves the level alone. The oldest gives way.
class SearchedThresholds {
 public:
  struct Asked {
    DetectorOptions detector;
    double arl0;
    InControl in_control;
    std::uint64_t seed;
    bool operator==(const Asked&) const = default;
  };
  std::optional<DetectorOptions> find(const Asked& asked) {
    const std::lock_guard lock(mutex_);
    for (const auto& [question, found] : known_)
      if (question == asked) return found;
    return std::nullopt;
  }
  void remember(const Asked& asked, const DetectorOptions& found) {
    const std::lock_guard lock(mutex_);
    if (known_.size() == kMost) known_.pop_front();
    known_.emplace_back(asked, found);
  }

 private:
  static constexpr std::size_t kMost = 128;
  std::mutex mutex_;
  std::deque<std::pair<Asked, DetectorOptions>> known_;
};

Result<DetectorOptions> remembered_or_searched(const DetectorOptions& detector, double arl0,
                                               const InControl& in_control,
                                               const RunLengthOptions& options,
                                               const Progress& progress) {
  static SearchedThresholds searched;
  const SearchedThresholds::Asked asked{detector, arl0, in_control, options.seed};
  if (const auto known = searched.find(asked)) return *known;
  auto found = searched_by_simulation(detector, arl0, in_control, options, progress);
  if (found) searched.remember(asked, *found);
  return found;
}

}  // namespace

Result<RunLength> run_length(const DetectorOptions& detector, double shift,
                             const InControl& in_control, const RunLengthOptions& options,
                             const Progress& progress) {
  if (auto fine = check_in_control(detector, shift, in_control); !fine) return fail(fine.error());
  if (!options.simulate)
    if (const auto mean = by_equation(detector, shift, in_control)) return RunLength{*mean};
  return simulated(detector, shift, in_control, options, progress);
}

Result<DetectorOptions> threshold_for(const DetectorOptions& detector, double arl0,
                                      const InControl& in_control, const RunLengthOptions& options,
                                      const Progress& progress) {
  if (auto fine = check_in_control(detector, 0, in_control); !fine) return fail(fine.error());
  if (!(arl0 >= 2 && arl0 <= 1e6))
    return fail(Code::invalid_argument,
                "a mean run in control is between 2 and 1,000,000 observations, not {:g}", arl0);
  if (!by_equation(with_threshold(detector, 1), 0, in_control))
    return remembered_or_searched(detector, arl0, in_control, options, progress);
  const auto excess = [&](double threshold) {
    return std::log(*by_equation(with_threshold(detector, threshold), 0, in_control) / arl0);
  };
  constexpr double kLow = 1e-6;
  double high = 1;
  while (excess(high) < 0 && high < 1e4) high *= 2;
  if (excess(kLow) > 0 || excess(high) < 0)
    return fail(Code::invalid_argument, "no threshold of {} gives a mean run of {:g} in control",
                name_of(detector), arl0);
  std::uintmax_t turns = 60;
  const auto root = boost::math::tools::toms748_solve(
      excess, kLow, high, boost::math::tools::eps_tolerance<double>(32), turns);
  return with_threshold(detector, (root.first + root.second) / 2);
}

Result<DetectorOptions> tuned_for(const std::string& name, double shift,
                                  const InControl& in_control) {
  auto options = detector_options(name);
  if (!options) return options;
  if (!(shift > 0) || !std::isfinite(shift))
    return fail(Code::invalid_argument, "a shift to look for is above 0, not {:g}", shift);
  if (auto* page = std::get_if<PageHinkleyOptions>(&*options))
    page->delta = shift / 2 * in_control.sigma;
  if (auto* chart = std::get_if<CusumOptions>(&*options))
    *chart = {in_control.mu, in_control.sigma, shift / 2, chart->h};
  if (auto* chart = std::get_if<EwmaOptions>(&*options))
    *chart = {in_control.mu, in_control.sigma, std::clamp(0.14 * std::pow(shift, 1.5), 0.01, 1.0),
              chart->limit};
  return options;
}

}  // namespace rehearse::monitor
