// SPDX-License-Identifier: GPL-3.0-or-later
//
// When and where incidents strike, and how much of an effect is felt at an hour.
#include <algorithm>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/sim/operations_world.hpp"
#include "engine/sim/site.hpp"

namespace rehearse::sim {
namespace {

constexpr double kBetween = 12;  // hours that a drawn incident keeps from the one before
constexpr double kOneSegment = 0.4, kLeastMagnitude = 0.6, kMostMagnitude = 1.7;

Result<std::vector<const IncidentKind*>> kinds_to_draw(const OperationsOptions& o) {
  std::vector<const IncidentKind*> kinds;
  if (o.kinds.empty())
    for (const IncidentKind& kind : incident_kinds()) kinds.push_back(&kind);
  for (const std::string& name : o.kinds) {
    auto kind = find_kind(name);
    if (!kind) return fail(kind.error());
    kinds.push_back(*kind);
  }
  return kinds;
}

Result<void> check(const PlantedIncident& one) {
  if (auto kind = find_kind(one.kind); !kind) return fail(kind.error());
  if (one.segment != "all" && segment_index(one.segment) < 0)
    return fail(Code::invalid_argument,
                "`{}` is no segment of the operations; there are all, ios, android and web",
                one.segment);
  if (!(one.start_hour >= 0) || !(one.end_hour > one.start_hour) || !std::isfinite(one.end_hour))
    return fail(Code::invalid_argument,
                "the incident `{}` begins at hour {} and ends at {}; it must end after it begins",
                one.kind, one.start_hour, one.end_hour);
  return in_range("magnitude", one.magnitude, 0, 10);
}

}  // namespace

int segment_index(std::string_view name) {
  const auto segments = operation_segments();
  for (std::size_t s = 0; s < segments.size(); ++s)
    if (name == segments[s].name) return static_cast<int>(s);
  return -1;
}

double felt(const IncidentKind& kind, const SignalEffect& effect, double hours_since_start) {
  const double since = hours_since_start - effect.lag_hours;
  if (since < 0) return 0;
  const double risen = effect.rise_hours > 0 ? std::min(1.0, (since + 1) / effect.rise_hours) : 1.0;
  return risen * (kind.decay_hours > 0 ? std::exp(-since / kind.decay_hours) : 1.0);
}

Result<void> validate(const OperationsOptions& o) {
  const std::tuple<const char*, double, double, double> ranges[] = {
      {"days", o.days, 1, 400},
      {"quiet_days", o.quiet_days, 0, 400},
      {"incidents_per_week", o.incidents_per_week, 0, 14},
      {"noise", o.noise, 0, 10},
      {"spikes_per_week", o.spikes_per_week, 0, 50},
      {"sessions_per_hour", o.sessions_per_hour, 10, 1e8}};
  for (const auto& [name, value, low, high] : ranges)
    if (auto fine = in_range(name, value, low, high); !fine) return fine;
  for (const PlantedIncident& one : o.planted)
    if (auto fine = check(one); !fine) return fine;
  return {};
}

Result<std::vector<PlantedIncident>> incidents_of(const OperationsOptions& o) {
  if (auto fine = validate(o); !fine) return fail(fine.error());
  auto kinds = kinds_to_draw(o);
  if (!kinds) return fail(kinds.error());
  std::vector<PlantedIncident> all = o.planted;
  const double last = o.days * 24.0;
  double start = o.quiet_days * 24.0, free_from = start;
  const StreamKey key = stream_key(o.seed, "operations.incident");
  for (std::uint64_t i = 0; o.incidents_per_week > 0; ++i) {
    Stream stream(key, o.replicate, i);
    start = std::max(free_from, start + stream.exponential(o.incidents_per_week / 168));
    const IncidentKind& kind = *(*kinds)[stream.below(kinds->size())];
    PlantedIncident one;
    one.kind = kind.name;
    one.start_hour = std::floor(start);
    one.end_hour = std::min(
        last, one.start_hour + std::max(2.0, std::round(kind.hours * stream.uniform(0.6, 1.5))));
    one.magnitude = std::exp(stream.uniform(std::log(kLeastMagnitude), std::log(kMostMagnitude)));
    const bool narrow = stream.uniform() < kOneSegment && kind.sliced;
    const auto where = stream.below(operation_segments().size());
    if (narrow) one.segment = operation_segments()[where].name;
    if (one.start_hour + 2 > last) break;
    free_from = one.end_hour + kBetween;
    all.push_back(std::move(one));
  }
  std::stable_sort(all.begin(), all.end(), [](const PlantedIncident& a, const PlantedIncident& b) {
    return a.start_hour < b.start_hour;
  });
  return all;
}

Result<Frame> incident_table(const std::vector<PlantedIncident>& incidents) {
  std::vector<std::int32_t> id;
  std::vector<std::string> kind, words, layer, segment, cure;
  std::vector<double> start, end, magnitude;
  std::vector<bool> harmful;
  for (const PlantedIncident& one : incidents) {
    const IncidentKind& k = **find_kind(one.kind);
    id.push_back(static_cast<std::int32_t>(id.size()) + 1);
    kind.push_back(one.kind), words.emplace_back(k.words), layer.emplace_back(layer_name(k.cause));
    segment.push_back(one.segment), cure.emplace_back(cure_name(k.cure));
    start.push_back(one.start_hour), end.push_back(one.end_hour);
    magnitude.push_back(one.magnitude), harmful.push_back(k.harmful);
  }
  const auto truth = [](const char* name, const char* unit = "") {
    return ColumnInfo{
        .role = Role::truth, .privacy = Privacy::open, .unit = unit, .truth_of = name};
  };
  Frame::Builder b;
  b.add("incident_id", std::move(id), truth("incident_id"));
  b.add("kind", kind, truth("kind")).add("words", words, truth("words"));
  b.add("layer", layer, truth("layer")).add("segment", segment, truth("segment"));
  b.add("cure", cure, truth("cure"));
  b.add("start_hour", std::move(start), truth("start_hour", "hours"));
  b.add("end_hour", std::move(end), truth("end_hour", "hours"));
  b.add("magnitude", std::move(magnitude), truth("magnitude"));
  b.add("harmful", harmful, truth("harmful"));
  return std::move(b).build();
}

}  // namespace rehearse::sim
