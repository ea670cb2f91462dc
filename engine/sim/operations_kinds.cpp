// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/ranges.h>

#include <array>

#include "engine/sim/operations.hpp"

namespace rehearse::sim {
namespace {

constexpr std::array kSignals = {
    Signal{"latency_p50", Layer::infrastructure, Scale::log, 45, 0.03, 0.6, 0.06, -0.02, "ms",
           "median latency of a request"},
    Signal{"latency_p99", Layer::infrastructure, Scale::log, 150, 0.06, 0.6, 0.12, -0.03, "ms",
           "latency that one request in a hundred exceeds"},
    Signal{"error_rate", Layer::infrastructure, Scale::logit, 0.002, 0.12, 0.4, 0.05, 0,
           "share of requests", "requests that failed"},
    Signal{"queue_depth", Layer::infrastructure, Scale::log, 8, 0.15, 0.5, 0.35, -0.1, "requests",
           "requests that wait, on average"},
    Signal{"cache_hit_rate", Layer::infrastructure, Scale::logit, 0.92, 0.06, 0.7, 0.05, 0.02,
           "share of look-ups", "look-ups of features that the cache answered"},
    Signal{"null_rate", Layer::data, Scale::logit, 0.01, 0.08, 0.4, 0, 0, "share of rows",
           "rows whose main feature is missing"},
    Signal{"freshness_minutes", Layer::data, Scale::log, 12, 0.15, 0.7, 0.1, 0, "minutes",
           "age of the newest features in the store"},
    Signal{"feature_psi", Layer::data, Scale::log, 0.01, 0, 0, 0, 0, "PSI",
           "PSI of the main feature against its reference"},
    Signal{"parity_mismatch", Layer::data, Scale::logit, 0.002, 0.15, 0.3, 0, 0, "share of rows",
           "sampled rows whose online and offline features differ"},
    Signal{"labels_arrived", Layer::data, Scale::logit, 0.85, 0.06, 0.5, 0.05, 0, "share of clicks",
           "clicks of the hour that have arrived"},
    Signal{"score_mean", Layer::model, Scale::logit, 0.05, 0.02, 0.6, 0.04, 0.01, "probability",
           "mean predicted click probability"},
    Signal{"calibration_ratio", Layer::model, Scale::log, 1, 0, 0, 0, 0, "ratio",
           "predicted clicks over clicks, corrected for the usual delay"},
    Signal{"coverage", Layer::model, Scale::logit, 0.35, 0.04, 0.6, 0.03, 0, "share of catalogue",
           "posts that reached a top slot"},
    Signal{"embedding_cosine", Layer::model, Scale::logit, 0.8, 0.03, 0.5, 0, 0, "cosine",
           "mean cosine of post embeddings to the reference centroid"},
    Signal{"ctr", Layer::business, Scale::logit, 0.05, 0.025, 0.6, 0.04, 0.01,
           "clicks per impression", "click rate of the clicks that have arrived"},
    Signal{"sessions", Layer::business, Scale::log, 4000, 0.05, 0.7, 0.5, -0.12, "sessions an hour",
           "sessions that began in the hour"}};

std::vector<IncidentKind> all_kinds() {
  using enum Layer;
  return {{"audience_shift",
           "an audience shift",
           business,
           Cure::wait,
           false,
           false,
           72,
           0,
           {{"feature_psi", 0.35, 0, 24},
            {"score_mean", -0.06, 0, 24},
            {"ctr", -0.05, 0, 24},
            {"sessions", 0.12, 0, 24}},
           "other people arrive and the rule of clicking stays: inputs move, calibration holds"},
          {"concept_shift",
           "a concept shift",
           model,
           Cure::retrain,
           true,
           false,
           72,
           0,
           {{"ctr", -0.2, 0, 24}, {"coverage", -0.05, 0, 24}},
           "the same people click on other things: inputs and scores stand still, clicks fall"},
          {"null_feature",
           "a feature that is null",
           data,
           Cure::fix_upstream,
           true,
           true,
           12,
           0,
           {{"null_rate", 3.5},
            {"feature_psi", 0.6},
            {"score_mean", -0.35},
            {"ctr", -0.12},
            {"parity_mismatch", 0.6}},
           "a feature stops arriving and silently becomes its default"},
          {"unit_x1000",
           "a unit mistaken by a factor of 1000",
           data,
           Cure::fix_upstream,
           true,
           true,
           12,
           0,
           {{"feature_psi", 1.2}, {"score_mean", 0.5}, {"ctr", -0.15}, {"parity_mismatch", 1.0}},
           "seconds are sent as milliseconds: no value is missing, every value is wrong"},
          {"stale_store",
           "a stale feature store",
           data,
           Cure::fix_upstream,
           true,
           false,
           18,
           0,
           {{"freshness_minutes", 2.6, 0, 6},
            {"feature_psi", 0.2, 2, 8},
            {"score_mean", -0.06, 2, 8},
            {"ctr", -0.09, 2, 8},
            {"parity_mismatch", 1.4, 1, 4}},
           "materialisation stopped: requests are answered from yesterday's features"},
          {"schema_change",
           "a schema change upstream",
           data,
           Cure::fix_upstream,
           true,
           true,
           10,
           0,
           {{"null_rate", 1.8},
            {"parity_mismatch", 2.6},
            {"feature_psi", 0.6},
            {"error_rate", 0.6},
            {"score_mean", -0.18},
            {"ctr", -0.08}},
           "a level was renamed upstream; the encoder takes it for a stranger"},
          {"skew",
           "a skew of training and serving",
           data,
           Cure::roll_back,
           true,
           false,
           30,
           0,
           {{"parity_mismatch", 3.2}, {"score_mean", 0.25}, {"ctr", -0.07}},
           "online code computes a feature otherwise than training did"},
          {"bot_wave",
           "a wave of bots",
           business,
           Cure::mitigate,
           true,
           true,
           8,
           0,
           {{"sessions", 0.5, 0, 1},
            {"ctr", -0.4, 0, 1},
            {"feature_psi", 0.5, 0, 1},
            {"queue_depth", 0.5, 0, 1},
            {"latency_p99", 0.12, 0, 1}},
           "sessions that do not click: traffic up, click rate down, no model at fault"},
          {"holiday",
           "a holiday",
           business,
           Cure::wait,
           false,
           false,
           24,
           0,
           {{"sessions", 0.35, 0, 3},
            {"ctr", 0.06, 0, 3},
            {"feature_psi", 0.22, 0, 3},
            {"score_mean", 0.05, 0, 3},
            {"queue_depth", 0.3, 0, 3}},
           "more people with more time: everything moves and nothing is broken"},
          {"slow_dependency",
           "a slow dependency",
           infrastructure,
           Cure::mitigate,
           true,
           false,
           5,
           0,
           {{"latency_p50", 0.2},
            {"latency_p99", 0.8},
            {"queue_depth", 1.2},
            {"error_rate", 0.9},
            {"ctr", -0.06, 1, 0},
            {"sessions", -0.08, 1, 2}},
           "a service that we call answers late, and our queue pays for it"},
          {"bad_deploy",
           "a bad deploy",
           model,
           Cure::roll_back,
           true,
           true,
           6,
           0,
           {{"error_rate", 1.8},
            {"latency_p99", 0.3},
            {"score_mean", -0.25},
            {"coverage", -0.5},
            {"ctr", -0.2}},
           "the new version ranks worse and fails more, from one minute to the next"},
          {"label_delay",
           "clicks that arrive late",
           data,
           Cure::fix_upstream,
           true,
           true,
           24,
           0,
           {{"labels_arrived", -1.2, 0, 6}},
           "the event pipeline lags: fewer clicks have arrived, no fewer were made"},
          {"embedding_swap",
           "an embedding model swapped",
           model,
           Cure::roll_back,
           true,
           false,
           24,
           0,
           {{"embedding_cosine", -1.1}, {"coverage", -0.6}, {"ctr", -0.14}, {"score_mean", -0.08}},
           "vectors of two models in one index: neighbours are strangers"},
          {"cold_cache",
           "a cold cache",
           infrastructure,
           Cure::wait,
           true,
           false,
           6,
           2,
           {{"cache_hit_rate", -2.8},
            {"latency_p50", 0.4},
            {"latency_p99", 0.55},
            {"queue_depth", 1.0},
            {"error_rate", 0.4}},
           "a restart emptied the cache: slow at once, and healing by itself"},
          {"leaking_experiment",
           "an experiment that leaks into control",
           model,
           Cure::roll_back,
           true,
           false,
           48,
           0,
           {{"ctr", -0.08}, {"coverage", -0.3}, {"score_mean", 0.06}},
           "control shares the treated model's cache: both arms fall, their difference does not"},
          {"nothing",
           "nothing at all",
           business,
           Cure::wait,
           false,
           false,
           6,
           0,
           {},
           "an ordinary day, watched closely"}};
}

}  // namespace

const char* layer_name(Layer layer) {
  static constexpr std::array<const char*, 4> kNames = {"infrastructure", "data", "model",
                                                        "business"};
  return kNames[static_cast<std::size_t>(layer)];
}

const char* cure_name(Cure cure) {
  static constexpr std::array<const char*, 5> kNames = {"roll back", "mitigate", "retrain",
                                                        "fix upstream", "wait"};
  return kNames[static_cast<std::size_t>(cure)];
}

std::span<const Signal> operation_signals() { return kSignals; }

const Signal* find_signal(std::string_view name) {
  for (const Signal& signal : kSignals)
    if (name == signal.name) return &signal;
  return nullptr;
}

const std::vector<IncidentKind>& incident_kinds() {
  static const std::vector<IncidentKind> kKinds = all_kinds();
  return kKinds;
}

Result<const IncidentKind*> find_kind(std::string_view name) {
  std::vector<std::string_view> known;
  for (const IncidentKind& kind : incident_kinds()) {
    if (name == kind.name) return &kind;
    known.emplace_back(kind.name);
  }
  return fail(Code::invalid_argument, "`{}` is no kind of incident; there are {}", name,
              fmt::join(known, ", "));
}

std::span<const OperationsSegment> operation_segments() {
  static constexpr std::array<OperationsSegment, 3> kSegments = {
      OperationsSegment{"ios", 0.45}, {"android", 0.35}, {"web", 0.20}};
  return kSegments;
}

}  // namespace rehearse::sim
