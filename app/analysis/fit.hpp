// SPDX-License-Identifier: GPL-3.0-or-later
//
// A model trained on the user's own log and measured on rows that it never saw. The trainers are
// the steps of designs (train.ftrl, train.gbdt, …), so that a file of one's own gets the same
// parameters, ranges and digits as a story does.
//
// Which rows are held out says what the measure means: the last ones in time are tomorrow, other
// users are strangers, none leaves only what an online learner foresaw row by row (progressive log
// loss).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/base/document.hpp"
#include "engine/base/scorer.hpp"
#include "engine/base/stop.hpp"
#include "engine/metrics/report.hpp"

namespace rehearse::analysis {

struct FitOptions {
  std::string label;                       // a column of 0 and 1
  std::string time, user;                  // columns to hold out by; never features
  std::vector<std::string> exclude;        // columns that are no features
  std::string model = "ftrl";              // the step train.<model>
  std::map<std::string, std::string> set;  // its parameters, as text
  std::string holdout = "none";            // time, user, none
  double test_share = 0.2;                 // (0, 1), of the rows or users
  std::uint64_t seed = 1;
};

struct Fit {
  std::size_t rows = 0, trained_on = 0;
  std::vector<std::string> features;  // columns
  std::vector<std::string> numeric;   // those of them that are quantities
  ScorerPtr model;                    // with its facts
  double seconds = 0;                 // of the training alone
  bool stopped = false;               // cut short: the best so far
  // Of the rows held out, in the order of the file; empty without a hold-out.
  std::vector<std::uint32_t> test_rows;
  std::vector<double> test_labels, test_scores;
  metrics::ProbabilityReport test;
  // The base rate of the training rows as the only prediction: what a model must beat.
  metrics::ProbabilityReport baseline;
};

// "a,b" as its parts; empty ones are left out.
std::vector<std::string> split_list(const std::string& text);

// The models that rows can be fitted with: the train.* steps that take one table and give
// probabilities, without "train.".
std::vector<std::string> fit_models();
// A model's parameters with default, range and sentence, a line each.
std::string fit_help(const std::string& model);

// Errors: a column that is not there; a label that is not 0 or 1 (with its row); one column in two
// roles; no feature left; an unknown model or parameter, or one out of range; a hold-out without
// its column, or that leaves no rows; what the trainer says. Told to stop, it gives the best so
// far, or an error where there is none yet.
Result<Fit> fit_model(const Frame& table, const FitOptions& options, const Progress& progress = {});

// Which of fit_models can be saved (saved_model.hpp).
const std::vector<std::string>& savable_models();

// What it means, in a sentence or two.
std::string reading_of(const Fit& fit, const FitOptions& options);
Document document_of(const std::string& file, const FitOptions& options, const Fit& fit);

}  // namespace rehearse::analysis
