// SPDX-License-Identifier: GPL-3.0-or-later
//
// The site seen from the operations room: hourly signals of four layers (infrastructure, data,
// model, business) over weeks or months, with daily and weekly seasons, noise that remembers the
// hour before and is shared within a layer, one-hour spikes that mean nothing, and incidents whose
// kind, start, end and place are known. Use it to score alert rules and to practise triage; for
// what single users saw and clicked see impressions.hpp.
//
// Each signal s has a working scale g (log for sizes, logit for rates) on which everything adds:
//
//   g(s_t) = g(base) + season_s(t) + σ_s (√.15 layer_t + √.85 own_t) + spike_t + Σ_i m_i f_i,s(t)
//
// own is autoregressive of first order with the signal's memory, per segment (a small segment is
// noisier: σ / √share) plus a part common to all; m_i is the magnitude of incident i and f its
// effect with lag, rise and, where the kind says so, decay. Four signals are not noise of their own
// but follow from others, as on a real site:
//
//   feature_psi       δ² + (1/n + 1/m) χ²_9: PSI of a feature moved by δ standard deviations
//   between
//                     n sessions of the hour and a reference of m = 20,000
//   ctr               clicks that have arrived over impressions: true rate · labels_arrived / base
//   calibration_ratio score_mean / ctr, hence wrong when clicks are late as when the model is
//   latency_p50, p99  of the mixture of the segments' log-normal latencies, never averaged
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::sim {

enum class Layer { infrastructure, data, model, business };
const char* layer_name(Layer layer);

enum class Scale { log, logit };

struct Signal {
  const char* name;
  Layer layer;
  Scale scale;
  double base;           // in `unit`
  double noise;          // standard deviation on the working scale, all segments together
  double memory;         // correlation with the hour before, [0, 1)
  double daily, weekly;  // amplitude of the day's wave; what a weekend adds; working scale
  const char* unit;
  const char* sentence;
};
// In the order of the columns. feature_psi, calibration_ratio: derived, see above.
std::span<const Signal> operation_signals();
// Null where there is none.
const Signal* find_signal(std::string_view name);

// What an incident of magnitude 1 adds to a signal (working scale; for feature_psi, δ).
struct SignalEffect {
  const char* signal;
  double shift;
  double lag_hours = 0;   // nothing before that
  double rise_hours = 0;  // then linearly to its whole size
};

// What ends it: the action that an on-call should commit to.
enum class Cure { roll_back, mitigate, retrain, fix_upstream, wait };
const char* cure_name(Cure cure);  // "roll back", …

struct IncidentKind {
  const char* name;   // "bad_deploy"
  const char* words;  // "a bad deploy"
  Layer cause;        // where its cause lies, which need not be where it shows first
  Cure cure;
  bool harmful;        // whether somebody should be called for it
  bool sliced;         // whether it may strike one segment alone
  double hours;        // how long it lasts, typically
  double decay_hours;  // > 0: effects fade with that time constant (it heals itself)
  std::vector<SignalEffect> effects;
  const char* sentence;
};
// Open for growth: a kind is one entry of operations_kinds.cpp.
const std::vector<IncidentKind>& incident_kinds();
// Errors: no such kind; those there are are listed.
Result<const IncidentKind*> find_kind(std::string_view name);

struct PlantedIncident {
  std::string kind;
  double start_hour = 0, end_hour = 0;  // [start, end)
  double magnitude = 1;                 // [0, 10]
  std::string segment = "all";          // or ios, android, web
};

struct OperationsOptions {
  int days = 28;                                 // [1, 400]
  int quiet_days = 14;                           // no drawn incident before, [0, 400]
  double incidents_per_week = 1;                 // drawn ones, [0, 14]; they never overlap
  std::vector<std::string> kinds = {};           // to draw from; empty: all
  std::vector<PlantedIncident> planted = {};     // besides; may overlap
  double noise = 1;                              // times the signals' own, [0, 10]
  double spikes_per_week = 0.5;                  // of one signal, [0, 50]
  double sessions_per_hour = 4000;               // all segments, at an average hour, [10, 1e8]
  bool segments = true;                          // false: only the rows of `all`
  std::int64_t start_micros = 1780272000000000;  // 2026-06-01, a Monday
  std::uint64_t seed = 1, replicate = 0;         // replicate < 2^32
};

struct Operations {
  // One row an hour and segment (all first, then ios, android, web), in time order:
  //   time, hour int32 (from 0), day int32, hour_of_day, weekday uint8 (0 is Monday), segment text,
  //   a double a signal, and as truth: incident text (its kind; missing where there is none),
  //   incident_id int32 (likewise), incident_layer text, harmful boolean, true_ctr double.
  // An incident of one segment is also one of `all`. Of several at once the latest is named.
  Frame signals;
  // One row each, in order of start, all truth: incident_id int32, kind, words, layer, segment,
  // cure texts, start_hour, end_hour, magnitude doubles, harmful boolean.
  Frame incidents;
};

// O(days · 24 · signals). The days before an incident are the same to the byte as without it.
// Errors: an option out of its range, an unknown kind or segment, an incident that ends before it
// begins; cancelled.
Result<Operations> simulate_operations(const OperationsOptions& options,
                                       const Progress& progress = {});

// The incidents that those options draw, planted ones included, in order of start.
Result<std::vector<PlantedIncident>> incidents_of(const OperationsOptions& options);

// Segments of the operations world and their shares of sessions.
struct OperationsSegment {
  const char* name;
  double share;
};
std::span<const OperationsSegment> operation_segments();

}  // namespace rehearse::sim
