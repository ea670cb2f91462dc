// SPDX-License-Identifier: GPL-3.0-or-later
//
// Has the level of a stream of numbers moved? One detector over one column
// (engine/monitor/detectors.hpp), with what its threshold costs in false alarms.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "engine/base/document.hpp"
#include "engine/monitor/run_length.hpp"
#include "engine/monitor/stream.hpp"

namespace rehearse::analysis {

struct StreamRequest {
  std::string detector;
  std::map<std::string, std::string> set;  // parameters by name
  std::size_t baseline = 0;  // mu, sigma and delta from the first rows, where they are not set
  double arl0 = 0;           // the threshold from this mean run to a false alarm, unless set; 0: no
};

struct WatchedStream {
  std::string column;
  monitor::DetectorOptions detector;
  monitor::InControl in_control;  // what the run lengths below are for
  monitor::StreamReport report;
  std::optional<monitor::RunLength> in_control_run, delay;  // nothing where they have no meaning
  std::vector<double> values;
};

// The values of `column`; of the only numeric column where it is empty. Missing values are an error
// with their row, or left out and counted where `skipped` is given.
// Errors: no such column, texts, several numeric columns and none named.
struct StreamValues {
  std::string column;
  std::vector<double> values;
};
Result<StreamValues> stream_values(const Frame& table, const std::string& column,
                                   std::size_t* skipped = nullptr);

// Errors: those of detector_options, threshold_for and watch_stream; a baseline longer than the
// stream, or one that does not vary; cancelled.
Result<WatchedStream> watch(StreamValues stream, const StreamRequest& request,
                            const Progress& progress = {});

// CUSUM and EWMA: level and deviation are told; the others learn them from the stream.
bool has_control_chart(const monitor::DetectorOptions& detector);

// One sentence: how many alarms, and how many chance would give.
std::string summary_of(const WatchedStream& stream);
Document document_of(const std::string& file, const WatchedStream& stream);
Json to_json(const WatchedStream& stream);

}  // namespace rehearse::analysis
