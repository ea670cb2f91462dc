// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/validation/search.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/validation/gaussian_process.hpp"

namespace rehearse::validation {
namespace {

constexpr std::array<unsigned, 16> kPrimes = {2,  3,  5,  7,  11, 13, 17, 19,
                                              23, 29, 31, 37, 41, 43, 47, 53};
constexpr int kCandidates = 400, kNeighbours = 100;
constexpr double kNear = 0.05;

Result<void> validate_search(const std::vector<Dimension>& dimensions, const SearchOptions& o) {
  if (dimensions.empty() || dimensions.size() > kPrimes.size())
    return fail(Code::invalid_argument, "a search takes 1 to {} dimensions, not {}", kPrimes.size(),
                dimensions.size());
  for (const Dimension& d : dimensions)
    if (!(d.low < d.high) || !std::isfinite(d.low) || !std::isfinite(d.high) ||
        (d.log && d.low <= 0))
      return fail(Code::invalid_argument,
                  "dimension `{}` runs from {:g} to {:g}{}; its ends ascend{}", d.name, d.low,
                  d.high, d.log ? " on a log scale" : "", d.log ? " above 0" : "");
  const int most = o.method == Search::bayesian ? 300 : 1000;
  if (o.budget < 1 || o.budget > most)
    return fail(Code::invalid_argument, "budget is {}; it lies between 1 and {}", o.budget, most);
  if (o.start < 1 || o.patience < 0)
    return fail(Code::invalid_argument, "start is {} and patience {}; at least 1 and 0", o.start,
                o.patience);
  return {};
}

// Proposes the next point of the unit cube from the trials so far.
class Proposer {
 public:
  Proposer(const std::vector<Dimension>& dimensions, const SearchOptions& o)
      : dimensions_(dimensions), o_(o), key_(stream_key(o.seed, "validation.search")) {
    Stream stream(stream_key(o.seed, "validation.search.shift"), o.replicate, 0);
    for (std::size_t d = 0; d < dimensions.size(); ++d) shift_.push_back(stream.uniform());
  }

  Result<Point> next(const std::vector<Trial>& trials, bool& by_model) const {
    const std::size_t index = trials.size();
    by_model = o_.method == Search::bayesian && index >= static_cast<std::size_t>(o_.start);
    if (by_model) return by_improvement(trials);
    if (o_.method != Search::random) return shifted(index);
    Stream stream(key_, o_.replicate, index);
    Point point;
    for (std::size_t d = 0; d < dimensions_.size(); ++d) point.push_back(stream.uniform());
    return point;
  }

 private:
  Point shifted(std::size_t index) const {
    Point point = halton(index, dimensions_.size());
    for (std::size_t d = 0; d < point.size(); ++d) point[d] = std::fmod(point[d] + shift_[d], 1.0);
    return point;
  }

  // Where the value would land: a whole number is tried once and not at every fraction near it.
  Point snapped(Point point) const {
    for (std::size_t d = 0; d < point.size(); ++d)
      point[d] = dimensions_[d].unit(dimensions_[d].value(point[d]));
    return point;
  }

  Result<Point> by_improvement(const std::vector<Trial>& trials) const {
    std::vector<Point> points;
    std::vector<double> losses;
    double worst = -INFINITY;
    for (const Trial& trial : trials)
      if (std::isfinite(trial.loss)) worst = std::max(worst, trial.loss);
    for (const Trial& trial : trials) {
      Point point;
      for (std::size_t d = 0; d < dimensions_.size(); ++d)
        point.push_back(dimensions_[d].unit(trial.setting[d]));
      points.push_back(std::move(point));
      losses.push_back(std::isfinite(trial.loss) ? trial.loss : worst);
    }
    if (!std::isfinite(worst)) return shifted(trials.size());
    auto process = GaussianProcess::fit_by_likelihood(points, losses);
    if (!process) return fail(process.error());
    // Under noise the least observation is partly luck: improve on the least believed value.
    double best = INFINITY;
    std::size_t centre = 0;
    for (std::size_t i = 0; i < points.size(); ++i)
      if (const double mean = process->at(points[i]).mean; mean < best) best = mean, centre = i;
    return most_promising(*process, best, points[centre], trials.size());
  }

  Point most_promising(const GaussianProcess& process, double best, const Point& centre,
                       std::size_t index) const {
    Stream stream(key_, o_.replicate, index);
    Point chosen;
    double most = -1;
    for (int i = 0; i < kCandidates + kNeighbours; ++i) {
      Point point;
      for (const double at : centre)
        point.push_back(i < kCandidates ? stream.uniform()
                                        : std::clamp(at + kNear * stream.normal(), 0.0, 1.0));
      point = snapped(std::move(point));
      const double gain = expected_improvement(process.at(point), best);
      if (gain > most) most = gain, chosen = std::move(point);
    }
    return chosen;
  }

  const std::vector<Dimension>& dimensions_;
  const SearchOptions& o_;
  const StreamKey key_;
  std::vector<double> shift_;
};

}  // namespace

double Dimension::value(double unit) const {
  const double raw = log ? low * std::pow(high / low, unit) : low + unit * (high - low);
  return std::clamp(integer ? std::round(raw) : raw, low, high);
}

double Dimension::unit(double value) const {
  return log ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
}

Result<Search> parse_search(std::string_view name) {
  if (name == "random") return Search::random;
  if (name == "halton") return Search::halton;
  if (name == "bayesian") return Search::bayesian;
  return fail(Code::invalid_argument, "there is no search `{}`; there are random, halton, bayesian",
              name);
}

std::vector<double> halton(std::size_t index, std::size_t dimensions) {
  assert(dimensions <= kPrimes.size());
  std::vector<double> point(dimensions);
  for (std::size_t d = 0; d < dimensions; ++d) {
    const double base = kPrimes[d];
    double scale = 1;
    for (std::size_t i = index + 1; i > 0; i /= kPrimes[d]) {
      scale /= base;
      point[d] += scale * static_cast<double>(i % kPrimes[d]);
    }
  }
  return point;
}

const Trial& best_of(const std::vector<Trial>& trials) {
  assert(!trials.empty());
  const Trial* best = nullptr;
  for (const Trial& trial : trials)
    if (std::isfinite(trial.loss) && (!best || trial.loss < best->loss)) best = &trial;
  return best ? *best : trials.front();
}

Result<std::vector<Trial>> search(const std::vector<Dimension>& dimensions,
                                  const Objective& objective, const SearchOptions& o,
                                  const Progress& progress) {
  if (auto fine = validate_search(dimensions, o); !fine) return fail(fine.error());
  const Proposer proposer(dimensions, o);
  std::vector<Trial> trials;
  double best = INFINITY;
  for (int t = 0, since = 0; t < o.budget && (o.patience == 0 || since < o.patience); ++t) {
    Trial trial;
    auto point = proposer.next(trials, trial.by_model);
    if (!point) return fail(point.error());
    for (std::size_t d = 0; d < dimensions.size(); ++d)
      trial.setting.push_back(dimensions[d].value((*point)[d]));
    auto loss = objective(trial.setting, t);
    if (!loss) return fail(loss.error());
    trial.loss = std::isnan(*loss) ? INFINITY : *loss;
    since = trial.loss < best ? 0 : since + 1;
    best = trial.best_so_far = std::min(best, trial.loss);
    trials.push_back(std::move(trial));
    if (!progress.report(static_cast<double>(t + 1) / o.budget)) return cancelled();
  }
  if (!std::isfinite(best))
    return fail(Code::bad_data, "none of {} settings gave a finite loss", trials.size());
  return trials;
}

}  // namespace rehearse::validation
