// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/sim/site.hpp"

namespace rehearse::sim {
namespace {

constexpr std::array<const char*, 6> kLawNames = {
    "linear", "curved", "heteroscedastic", "heavy_tailed", "zero_inflated", "counts"};
constexpr double kUnit = 2, kSlope = 3, kLevel = 10, kMostLogCount = 6;

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

// β_j, j from 1: 1, -0.6, 0.4, -0.3, 0.24, … (1.2 / j from the second on, signs in turn).
double weight(int j) { return j == 1 ? 1 : (j % 2 ? 1.2 : -1.2) / j; }

// P(N = 0, 1, …) of a negative binomial (Poisson where the noise is 0), walked until q is reached.
double count_quantile(double mean, double noise, double q) {
  const double size = noise > 0 ? 1 / (noise * noise) : 0;
  double p = noise > 0 ? std::pow(size / (size + mean), size) : std::exp(-mean);
  double reached = p;
  int k = 0;
  // Past a million the rest is below rounding for every mean and noise allowed.
  while (reached < q && k < 1'000'000) {
    ++k;
    p *= noise > 0 ? (size + k - 1) / k * mean / (size + mean) : mean / k;
    reached += p;
    if (p < 1e-18 && k > mean) break;
  }
  return k;
}

Result<void> validate(const ValueOptions& o) {
  const std::tuple<const char*, double, double, double> ranges[] = {
      {"rows", o.rows, 10, 2e6},
      {"features", o.features, 1, 50},
      {"groups", o.groups, 1, 5000},
      {"days", o.days, 1, 3660},
      {"noise", o.noise, 0, 5},
      {"group_spread", o.group_spread, 0, 5},
      {"day_spread", o.day_spread, 0, 5},
      {"day_memory", o.day_memory, 0, 0.999},
      {"trend", o.trend, -10, 10},
      {"outlier_share", o.outlier_share, 0, 0.5},
      {"outlier_size", o.outlier_size, 0, 1000}};
  for (const auto& [name, value, low, high] : ranges)
    if (auto fine = in_range(name, value, low, high); !fine) return fine;
  for (const double q : o.quantiles)
    if (!(q > 0 && q < 1))
      return fail(Code::invalid_argument, "a quantile lies between 0 and 1, and {} does not", q);
  return {};
}

class Values {
 public:
  explicit Values(const ValueOptions& o) : o_(o) {}

  Result<Frame> make(const Progress& progress) {
    const auto n = static_cast<std::size_t>(o_.rows);
    draw_groups();
    draw_days();
    x_.assign(static_cast<std::size_t>(o_.features), std::vector<double>(n));
    laws_.resize(n), y_.resize(n), time_.resize(n), day_.resize(n), group_.resize(n);
    for (std::size_t row = 0; row < n; ++row) {
      draw(row);
      if (row % 65536 == 0 && !progress.report(static_cast<double>(row) / o_.rows))
        return cancelled();
    }
    if (o_.outlier_share > 0) spoil();
    return frame();
  }

 private:
  void draw_groups() {
    std::vector<double> sizes;
    for (int g = 0; g < o_.groups; ++g) {
      Stream stream(o_.seed, "value.group", o_.replicate, static_cast<std::uint64_t>(g));
      group_effect_.push_back(o_.group_spread * stream.normal());
      sizes.push_back(1.0 / (g + 1));
    }
    by_size_.emplace_back(sizes);
  }

  void draw_days() {
    double now = 0;
    for (int d = 0; d < o_.days; ++d) {
      Stream stream(o_.seed, "value.day", o_.replicate, static_cast<std::uint64_t>(d));
      const double fresh = d == 0 ? 1 : std::sqrt(1 - o_.day_memory * o_.day_memory);
      now = (d == 0 ? 0 : o_.day_memory * now) + fresh * stream.normal();
      const double passed = o_.days > 1 ? static_cast<double>(d) / (o_.days - 1) : 0;
      day_effect_.push_back(o_.day_spread * now + o_.trend * passed);
    }
  }

  void draw(std::size_t row) {
    Stream stream(row_key_, o_.replicate, row);
    const double moment = (static_cast<double>(row) + stream.uniform()) / o_.rows * o_.days;
    day_[row] = std::min(static_cast<int>(moment), o_.days - 1);
    time_[row] =
        o_.start_micros + static_cast<std::int64_t>(moment * static_cast<double>(kMicrosPerDay));
    group_[row] = static_cast<std::int32_t>(by_size_.front().draw(stream));
    Conditional& law = laws_[row];
    law.law = o_.law, law.noise = o_.noise;
    law.eta = group_effect_[static_cast<std::size_t>(group_[row])] +
              day_effect_[static_cast<std::size_t>(day_[row])];
    Stream features(feature_key_, o_.replicate, row);
    for (std::size_t j = 0; j < x_.size(); ++j) {
      x_[j][row] = features.normal();
      law.eta += weight(static_cast<int>(j) + 1) * x_[j][row];
    }
    law.x1 = x_[0][row], law.x2 = x_.size() > 1 ? x_[1][row] : 0;
    Stream noise(noise_key_, o_.replicate, row);
    y_[row] = law.quantile(noise.uniform_open());
  }

  void spoil() {
    double sum = 0, squares = 0;
    for (const double y : y_) sum += y, squares += y * y;
    const double mean = sum / o_.rows,
                 spread = std::sqrt(std::max(0.0, squares / o_.rows - mean * mean));
    outlier_.resize(y_.size());
    const StreamKey key = stream_key(o_.seed, "value.outlier");
    for (std::size_t row = 0; row < y_.size(); ++row) {
      Stream stream(key, o_.replicate, row);
      outlier_[row] = stream.uniform() < o_.outlier_share;
      if (!outlier_[row]) continue;
      const double wrong = y_[row] + o_.outlier_size * spread * (0.5 + stream.uniform());
      y_[row] = o_.law == ValueLaw::counts ? std::round(std::min(wrong, 2e9)) : wrong;
    }
  }

  template <class Of>
  std::vector<double> truth(const Of& of) const {
    std::vector<double> all;
    all.reserve(laws_.size());
    for (const Conditional& law : laws_) all.push_back(of(law));
    return all;
  }

  Result<Frame> frame() {
    const ColumnInfo feature{.role = Role::feature};
    const auto true_of = [](const char* what, const char* unit = "") {
      return ColumnInfo{
          .role = Role::truth, .privacy = Privacy::open, .unit = unit, .truth_of = what};
    };
    Frame::Builder b;
    b.add_time("time", std::move(time_), {.role = Role::time});
    b.add("day", std::move(day_), {.role = Role::none, .privacy = Privacy::open, .unit = "days"});
    std::vector<std::string> names;
    for (int g = 1; g <= o_.groups; ++g) names.push_back(fmt::format("group {}", g));
    b.add_dictionary("group", std::move(group_),
                     std::make_shared<const std::vector<std::string>>(std::move(names)), feature);
    for (std::size_t j = 0; j < x_.size(); ++j)
      b.add(fmt::format("x{}", j + 1), std::move(x_[j]), feature);
    const ColumnInfo label{.role = Role::label};
    if (o_.law == ValueLaw::counts)
      b.add("y", std::vector<std::int32_t>(y_.begin(), y_.end()), label);
    else
      b.add("y", std::move(y_), label);
    b.add("y_mean", truth([](const Conditional& law) { return law.mean(); }), true_of("y"));
    b.add("y_median", truth([](const Conditional& law) { return law.quantile(0.5); }),
          true_of("y"));
    for (const double q : o_.quantiles)
      b.add(fmt::format("y_q{:g}", q * 100),
            truth([q](const Conditional& law) { return law.quantile(q); }), true_of("y"));
    if (o_.law == ValueLaw::zero_inflated || o_.law == ValueLaw::counts)
      b.add("y_positive", truth([](const Conditional& law) { return law.positive(); }),
            true_of("y_positive", "probability"));
    if (!outlier_.empty()) b.add_boolean("outlier", std::move(outlier_), true_of("outlier"));
    return std::move(b).build();
  }

  const ValueOptions& o_;
  const StreamKey row_key_ = stream_key(o_.seed, "value.row"),
                  feature_key_ = stream_key(o_.seed, "value.feature"),
                  noise_key_ = stream_key(o_.seed, "value.noise");
  std::vector<double> group_effect_, day_effect_, y_;
  std::vector<AliasTable> by_size_;
  std::vector<std::vector<double>> x_;
  std::vector<Conditional> laws_;
  std::vector<std::int64_t> time_;
  std::vector<std::int32_t> day_, group_;
  std::vector<std::uint8_t> outlier_;
};

}  // namespace

const char* value_law_name(ValueLaw law) { return kLawNames[static_cast<std::size_t>(law)]; }

Result<ValueLaw> parse_value_law(std::string_view name) {
  for (std::size_t i = 0; i < kLawNames.size(); ++i)
    if (name == kLawNames[i]) return static_cast<ValueLaw>(i);
  return fail(Code::invalid_argument, "`{}` is no law of values; there are {}", name,
              "linear, curved, heteroscedastic, heavy_tailed, zero_inflated and counts");
}

double Conditional::mean() const {
  switch (law) {
    case ValueLaw::linear:
    case ValueLaw::heteroscedastic: return kLevel + kSlope * eta;
    case ValueLaw::curved:
      return kLevel + kSlope * eta + kUnit * (x1 * x1 - 1) + kUnit * std::sin(2 * x2);
    case ValueLaw::heavy_tailed: return std::exp(1.5 + 0.6 * eta + noise * noise / 2);
    case ValueLaw::zero_inflated: return positive() * std::exp(1.5 + 0.6 * eta + noise * noise / 2);
    case ValueLaw::counts: return std::exp(std::min(0.7 + 0.5 * eta, kMostLogCount));
  }
  return 0;
}

double Conditional::quantile(double q) const {
  switch (law) {
    case ValueLaw::linear:
    case ValueLaw::curved: return mean() + kUnit * noise * normal_quantile(q);
    case ValueLaw::heteroscedastic:
      return mean() + kUnit * noise * std::exp(0.7 * x1) * normal_quantile(q);
    case ValueLaw::heavy_tailed: return std::exp(1.5 + 0.6 * eta + noise * normal_quantile(q));
    case ValueLaw::zero_inflated: {
      const double zero = 1 - positive();
      if (q <= zero) return 0;
      const double within = std::clamp((q - zero) / positive(), 1e-15, 1 - 1e-15);
      return std::exp(1.5 + 0.6 * eta + noise * normal_quantile(within));
    }
    case ValueLaw::counts: return count_quantile(mean(), noise, q);
  }
  return 0;
}

double Conditional::positive() const {
  switch (law) {
    case ValueLaw::zero_inflated: return sigmoid(0.3 + 0.8 * eta);
    case ValueLaw::counts: {
      if (noise <= 0) return -std::expm1(-mean());
      const double size = 1 / (noise * noise);
      return 1 - std::pow(size / (size + mean()), size);
    }
    case ValueLaw::heavy_tailed: return 1;
    default: break;
  }
  const double sd = kUnit * noise * (law == ValueLaw::heteroscedastic ? std::exp(0.7 * x1) : 1);
  return sd > 0 ? std::erfc(-mean() / (sd * std::sqrt(2.0))) / 2 : mean() > 0 ? 1 : 0;
}

Result<Frame> simulate_values(const ValueOptions& options, const Progress& progress) {
  if (auto fine = validate(options); !fine) return fail(fine.error());
  return Values(options).make(progress);
}

}  // namespace rehearse::sim
