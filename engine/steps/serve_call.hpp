// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the serving steps share: the cost of a model's work, the parameters of the queue, its
// report.
#pragma once

#include "engine/serving/cost.hpp"
#include "engine/serving/queue.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {

// A column of a report of one row; the cell is missing where the figure is undefined (NaN).
void add_figure(Frame::Builder& builder, const char* name, double value, const char* unit);

// What scoring one row takes, by the model's facts (also through a calibration map).
// Errors: the model does not tell its work.
Result<serving::Work> work_of(const Scorer& model);

// rate, servers, candidates, service_ms, law, cv, batch, batch_wait_ms, overhead_ms, cache_hit,
// hit_ms, miss_ms, requests.
std::vector<plan::Parameter> queue_parameters(std::int64_t requests);
// Service of a request: `service_ms` where given, else candidates · cost of the model.
Result<serving::QueueOptions> queue_options(const StepCall& call, const StepContext& context,
                                            const Scorer* model);

// Mean time in the system by formula (fetching included); NaN where there is none: batches, or
// several servers whose service is not exponential, or a line that grows for ever.
double mean_by_formula(const serving::QueueOptions& options);

// One run's figures. With a line that grows for ever all are undefined.
struct QueueReport {
  double utilization = 0, service_ms = 0, mean_ms = 0, formula_ms = 0, wait_ms = 0, batch = 0;
  serving::Percentile p50, p95, p99;
};
QueueReport queue_report(const serving::QueueOptions& options,
                         std::span<const serving::Request> requests);

}  // namespace rehearse::steps
