// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/operations.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <map>

#include "engine/base/random.hpp"
#include "engine/sim/operations_world.hpp"
#include "engine/sim/site.hpp"

namespace rehearse::sim {
namespace {

constexpr std::size_t kSegments = 3, kAll = kSegments;
constexpr double kReferenceSessions = 20000, kPsiBins = 10, kArrivedBase = 0.85;
// Variances: of what a layer shares, of what all segments share of the rest.
constexpr double kOfLayer = 0.15, kOfSite = 0.6;
constexpr double kLeastSpike = 3, kSpikeMean = 2;  // in standard deviations

double to_working(Scale scale, double value) {
  return scale == Scale::log ? std::log(value) : std::log(value / (1 - value));
}
double from_working(Scale scale, double value) {
  return scale == Scale::log ? std::exp(value) : 1 / (1 + std::exp(-value));
}

std::size_t index_of(std::string_view name) {
  const auto signals = operation_signals();
  for (std::size_t i = 0; i < signals.size(); ++i)
    if (name == signals[i].name) return i;
  assert(false);
  return 0;
}

// An autoregressive series of unit variance.
std::vector<double> remembered(StreamKey key, std::uint64_t replicate, std::uint64_t entity,
                               double memory, std::size_t hours) {
  Stream stream(key, replicate, entity);
  std::vector<double> all(hours);
  const double fresh = std::sqrt(1 - memory * memory);
  for (std::size_t t = 0; t < hours; ++t)
    all[t] = t == 0 ? stream.normal() : memory * all[t - 1] + fresh * stream.normal();
  return all;
}

class World {
 public:
  World(const OperationsOptions& o, std::vector<PlantedIncident> incidents)
      : o_(o), incidents_(std::move(incidents)), hours_(static_cast<std::size_t>(o.days) * 24) {}

  Result<Operations> make(const Progress& progress) {
    const auto signals = operation_signals();
    for (std::size_t i = 0; i < signals.size(); ++i) {
      draw(i);
      if (!progress.report(0.8 * static_cast<double>(i) / static_cast<double>(signals.size())))
        return cancelled();
    }
    strike();
    settle();
    auto table = incident_table(incidents_);
    if (!table) return fail(table.error());
    auto frame = signal_table();
    if (!frame) return fail(frame.error());
    return Operations{std::move(*frame), std::move(*table)};
  }

 private:
  using PerSegment = std::array<std::vector<double>, kSegments + 1>;

  double season(const Signal& signal, std::size_t hour) const {
    // People are awake at 20:00 and asleep at 8:00 of the site's clock.
    const double phase = std::cos(2 * M_PI * (static_cast<double>(hour % 24) - 20) / 24);
    const bool weekend = hour / 24 % 7 >= 5;
    return signal.daily * phase + (weekend ? signal.weekly : 0);
  }

  // The signal on its working scale in each segment, without incidents. PSI's is δ = 0.
  void draw(std::size_t i) {
    const Signal& signal = operation_signals()[i];
    const auto site = remembered(noise_, o_.replicate, i * 8 + kAll, signal.memory, hours_);
    const auto layer =
        remembered(layer_, o_.replicate, static_cast<std::uint64_t>(signal.layer), 0.6, hours_);
    const auto spikes = spikes_of(i);
    const double sigma = o_.noise * signal.noise;
    for (std::size_t s = 0; s < kSegments; ++s) {
      auto& out = working_[i][s];
      out.resize(hours_);
      if (signal.noise == 0) continue;
      const double share = operation_segments()[s].share;
      const auto own = remembered(noise_, o_.replicate, i * 8 + s, signal.memory, hours_);
      for (std::size_t t = 0; t < hours_; ++t)
        out[t] = to_working(signal.scale, base_of(signal, s)) + season(signal, t) +
                 sigma * (std::sqrt(kOfLayer) * layer[t] +
                          std::sqrt(1 - kOfLayer) * (std::sqrt(kOfSite) * site[t] +
                                                     std::sqrt((1 - kOfSite) / share) * own[t]) +
                          spikes[t]);
    }
  }

  double base_of(const Signal& signal, std::size_t segment) const {
    return std::string_view(signal.name) == "sessions"
               ? o_.sessions_per_hour * operation_segments()[segment].share
               : signal.base;
  }

  std::vector<double> spikes_of(std::size_t i) const {
    std::vector<double> spikes(hours_, 0);
    Stream stream(spike_, o_.replicate, i);
    for (double& spike : spikes) {
      const bool there = stream.uniform() < o_.spikes_per_week / 168;
      const double size = kLeastSpike + kSpikeMean * stream.exponential();
      const bool up = stream.uniform() < 0.5;
      if (there) spike = up ? size : -size;
    }
    return spikes;
  }

  void strike() {
    incident_.assign((kSegments + 1) * hours_, -1), harmful_.assign((kSegments + 1) * hours_, 0);
    for (std::size_t n = 0; n < incidents_.size(); ++n) {
      const PlantedIncident& one = incidents_[n];
      const IncidentKind& kind = **find_kind(one.kind);
      const int only = segment_index(one.segment);
      const auto begin = static_cast<std::size_t>(std::ceil(one.start_hour));
      for (std::size_t t = begin; t < hours_ && static_cast<double>(t) < one.end_hour; ++t) {
        note(kAll, t, n, kind.harmful);
        for (std::size_t s = 0; s < kSegments; ++s) {
          if (only >= 0 && static_cast<std::size_t>(only) != s) continue;
          note(s, t, n, kind.harmful);
          for (const SignalEffect& effect : kind.effects)
            working_[index_of(effect.signal)][s][t] +=
                one.magnitude * effect.shift *
                felt(kind, effect, static_cast<double>(t) - one.start_hour);
        }
      }
    }
  }

  void note(std::size_t segment, std::size_t hour, std::size_t incident, bool harmful) {
    incident_[segment * hours_ + hour] = static_cast<std::int32_t>(incident);
    harmful_[segment * hours_ + hour] |= static_cast<std::uint8_t>(harmful);
  }

  // From the working scale to units, the derived signals, and all segments together.
  void settle() {
    const auto signals = operation_signals();
    for (std::size_t i = 0; i < signals.size(); ++i)
      for (std::size_t s = 0; s <= kSegments; ++s) {
        value_[i][s].resize(hours_);
        for (std::size_t t = 0; t < hours_ && s < kSegments; ++t)
          value_[i][s][t] =
              i == kPsi ? working_[i][s][t] : from_working(signals[i].scale, working_[i][s][t]);
      }
    for (std::size_t s = 0; s < kSegments; ++s)
      for (std::size_t t = 0; t < hours_; ++t)  // a 99% point stays above the median
        value_[kP99][s][t] = std::max(value_[kP99][s][t], 1.05 * value_[kP50][s][t]);
    true_ctr_ = value_[kCtr];
    for (std::size_t t = 0; t < hours_; ++t) together(t);
    for (std::size_t s = 0; s <= kSegments; ++s) derive(s);
  }

  void together(std::size_t t) {
    std::array<double, kSegments> weight{};
    double sessions = 0;
    for (std::size_t s = 0; s < kSegments; ++s) sessions += weight[s] = value_[kSessions][s][t];
    const auto mean = [&](const PerSegment& of) {
      double sum = 0;
      for (std::size_t s = 0; s < kSegments; ++s) sum += weight[s] / sessions * of[s][t];
      return sum;
    };
    std::array<double, kSegments> p50{}, p99{};
    for (std::size_t s = 0; s < kSegments; ++s)
      p50[s] = value_[kP50][s][t], p99[s] = value_[kP99][s][t];
    for (std::size_t i = 0; i < value_.size(); ++i) value_[i][kAll][t] = mean(value_[i]);
    value_[kP50][kAll][t] = mixture_quantile(weight, p50, p99, 0.5);
    value_[kP99][kAll][t] = mixture_quantile(weight, p50, p99, 0.99);
    value_[kSessions][kAll][t] = sessions;
    true_ctr_[kAll][t] = mean(true_ctr_);
    // Clicks that arrived add up; their share is of clicks and not of sessions.
    double arrived = 0, clicks = 0;
    for (std::size_t s = 0; s < kSegments; ++s) {
      const double made = weight[s] * true_ctr_[s][t];
      clicks += made, arrived += made * value_[kArrived][s][t];
    }
    value_[kArrived][kAll][t] = arrived / clicks;
  }

  void derive(std::size_t s) {
    Stream stream(psi_, o_.replicate, s);
    for (std::size_t t = 0; t < hours_; ++t) {
      const double moved = value_[kPsi][s][t];
      const double chi_squared = stream.gamma((kPsiBins - 1) / 2, 2);
      value_[kPsi][s][t] =
          moved * moved +
          o_.noise * (1 / value_[kSessions][s][t] + 1 / kReferenceSessions) * chi_squared;
      value_[kCtr][s][t] = true_ctr_[s][t] * value_[kArrived][s][t] / kArrivedBase;
      value_[kCalibration][s][t] = value_[kScore][s][t] / value_[kCtr][s][t];
    }
  }

  Result<Frame> signal_table() const;
  void add_place(Frame::Builder& b, std::size_t kept) const;
  void add_truth(Frame::Builder& b, std::size_t kept) const;
  // The hour's rows: all first, then the segments.
  template <class T, class Of>
  std::vector<T> rows(std::size_t kept, const Of& of) const {
    std::vector<T> out;
    out.reserve(hours_ * kept);
    for (std::size_t t = 0; t < hours_; ++t)
      for (std::size_t k = 0; k < kept; ++k)
        out.push_back(static_cast<T>(of(k == 0 ? kAll : k - 1, t)));
    return out;
  }

  const OperationsOptions& o_;
  std::vector<PlantedIncident> incidents_;
  const std::size_t hours_;
  const StreamKey noise_ = stream_key(o_.seed, "operations.noise"),
                  layer_ = stream_key(o_.seed, "operations.layer"),
                  spike_ = stream_key(o_.seed, "operations.spike"),
                  psi_ = stream_key(o_.seed, "operations.psi");
  const std::size_t kP50 = index_of("latency_p50"), kP99 = index_of("latency_p99"),
                    kPsi = index_of("feature_psi"), kCtr = index_of("ctr"),
                    kScore = index_of("score_mean"), kSessions = index_of("sessions"),
                    kCalibration = index_of("calibration_ratio"),
                    kArrived = index_of("labels_arrived");
  std::vector<PerSegment> working_{operation_signals().size()}, value_{operation_signals().size()};
  PerSegment true_ctr_;
  std::vector<std::int32_t> incident_;
  std::vector<std::uint8_t> harmful_;
};

ColumnInfo known(const char* of, const char* unit = "") {
  return {.role = Role::truth, .privacy = Privacy::open, .unit = unit, .truth_of = of};
}

void World::add_place(Frame::Builder& b, std::size_t kept) const {
  b.add_time("time",
             rows<std::int64_t>(kept,
                                [&](std::size_t, std::size_t t) {
                                  return o_.start_micros +
                                         static_cast<std::int64_t>(t) * (kMicrosPerDay / 24);
                                }),
             {.role = Role::time});
  const ColumnInfo days{.role = Role::none, .privacy = Privacy::open, .unit = "days"},
      hours{.role = Role::none, .privacy = Privacy::open, .unit = "hours"};
  b.add("hour", rows<std::int32_t>(kept, [](std::size_t, std::size_t t) { return t; }), hours);
  b.add("day", rows<std::int32_t>(kept, [](std::size_t, std::size_t t) { return t / 24; }), days);
  b.add("hour_of_day", rows<std::uint8_t>(kept, [](std::size_t, std::size_t t) { return t % 24; }),
        hours);
  b.add("weekday", rows<std::uint8_t>(kept, [](std::size_t, std::size_t t) { return t / 24 % 7; }));
  std::vector<std::string> names;
  for (const OperationsSegment& segment : operation_segments()) names.emplace_back(segment.name);
  names.emplace_back("all");
  b.add_dictionary("segment",
                   rows<std::int32_t>(kept, [](std::size_t s, std::size_t) { return s; }),
                   std::make_shared<const std::vector<std::string>>(std::move(names)));
}

void World::add_truth(Frame::Builder& b, std::size_t kept) const {
  std::vector<std::string> kinds, layers;
  for (const IncidentKind& kind : incident_kinds()) kinds.emplace_back(kind.name);
  for (int layer = 0; layer < 4; ++layer)
    layers.emplace_back(layer_name(static_cast<Layer>(layer)));
  const auto kind_of = [&](std::size_t s, std::size_t t) -> std::int64_t {
    const std::int32_t n = incident_[s * hours_ + t];
    return n < 0
               ? -1
               : *find_kind(incidents_[static_cast<std::size_t>(n)].kind) - incident_kinds().data();
  };
  b.add_dictionary("incident", rows<std::int32_t>(kept, kind_of),
                   std::make_shared<const std::vector<std::string>>(std::move(kinds)),
                   known("incident"));
  b.add("incident_id",
        rows<std::int32_t>(
            kept, [&](std::size_t s, std::size_t t) { return incident_[s * hours_ + t] + 1; }),
        known("incident_id"));
  b.missing(rows<std::uint8_t>(
      kept, [&](std::size_t s, std::size_t t) { return incident_[s * hours_ + t] >= 0; }));
  b.add_dictionary(
      "incident_layer",
      rows<std::int32_t>(kept,
                         [&](std::size_t s, std::size_t t) {
                           const auto kind = kind_of(s, t);
                           return kind < 0
                                      ? -1
                                      : static_cast<int>(
                                            incident_kinds()[static_cast<std::size_t>(kind)].cause);
                         }),
      std::make_shared<const std::vector<std::string>>(std::move(layers)), known("incident_layer"));
  b.add_boolean("harmful",
                rows<std::uint8_t>(
                    kept, [&](std::size_t s, std::size_t t) { return harmful_[s * hours_ + t]; }),
                known("harmful"));
  b.add("true_ctr",
        rows<double>(kept, [&](std::size_t s, std::size_t t) { return true_ctr_[s][t]; }),
        known("ctr", "clicks per impression"));
}

Result<Frame> World::signal_table() const {
  const std::size_t kept = o_.segments ? kSegments + 1 : 1;
  Frame::Builder b;
  add_place(b, kept);
  const auto signals = operation_signals();
  for (std::size_t i = 0; i < signals.size(); ++i)
    b.add(signals[i].name,
          rows<double>(kept, [&](std::size_t s, std::size_t t) { return value_[i][s][t]; }),
          {.role = Role::none, .privacy = Privacy::open, .unit = signals[i].unit});
  add_truth(b, kept);
  return std::move(b).build();
}

}  // namespace

Result<Operations> simulate_operations(const OperationsOptions& options, const Progress& progress) {
  auto incidents = incidents_of(options);
  if (!incidents) return fail(incidents.error());
  return World(options, std::move(*incidents)).make(progress);
}

}  // namespace rehearse::sim
