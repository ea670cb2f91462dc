// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/logistic.hpp"

#include <cmath>

#include "engine/models/labels.hpp"
#include "engine/models/option_checks.hpp"
#include "engine/models/sampling.hpp"

namespace rehearse::models {
namespace {

Result<void> check_logistic(const LogisticOptions& o) {
  return check_options(
      "logistic regression",
      {{"l2", o.l2, o.l2 >= 0 && o.l2 <= 1e6, "[0, 1e6]"},
       {"positive_weight", o.positive_weight, o.positive_weight > 0 && o.positive_weight <= 1e6,
        "(0, 1e6]"},
       {"keep_negatives", o.keep_negatives, o.keep_negatives > 0 && o.keep_negatives <= 1,
        "(0, 1]"},
       {"focal_gamma", o.focal_gamma, o.focal_gamma >= 0 && o.focal_gamma <= 10, "[0, 10]"},
       {"iterations", double(o.iterations), o.iterations >= 1 && o.iterations <= 10000,
        "[1, 10000]"},
       {"patience", double(o.patience), o.patience >= 1 && o.patience <= 10000, "[1, 10000]"},
       {"tolerance", o.tolerance, o.tolerance > 0 && o.tolerance < 1, "(0, 1)"}});
}

// The rows of a table that are learned from, encoded, with their labels.
Result<Sample> click_sample(const Frame& rows, const Encoding& encoding, const std::string& label) {
  auto column = label_column(rows, label);
  if (!column) return fail(column.error());
  auto labels = binary_labels(**column);
  if (!labels) return fail(labels.error());
  auto encoded = encoding.encode(rows);
  if (!encoded) return fail(encoded.error());
  return Sample{std::move(*encoded), std::vector<double>(labels->begin(), labels->end())};
}

struct KeptRows {
  Frame rows;
  double positives = 0;
};

Result<KeptRows> rows_to_learn(const Frame& rows, const LogisticOptions& options) {
  auto column = label_column(rows, options.label);
  if (!column) return fail(column.error());
  auto labels = binary_labels(**column);
  if (!labels) return fail(labels.error());
  const auto kept = kept_rows(rows, *labels, options.keep_negatives, options.seed);
  double positives = 0;
  for (std::uint32_t row : kept) positives += (*labels)[row];
  if (positives == 0 || positives == static_cast<double>(kept.size()))
    return fail(Code::bad_data,
                "logistic regression: of the {} rows to learn from {} are positive; it needs both "
                "classes",
                kept.size(), positives == 0 ? "none" : "all");
  return KeptRows{kept.size() == rows.rows() ? rows : rows.take(kept), positives};
}

}  // namespace

Result<Training<LinearModel>> train_logistic(const Frame& rows, const LogisticOptions& options,
                                             const Progress& progress) {
  if (auto fine = check_logistic(options); !fine) return fail(fine.error());
  auto kept = rows_to_learn(rows, options);
  if (!kept) return fail(kept.error());
  auto label = label_column(rows, options.label);
  auto encoding = Encoding::fit(kept->rows, (*label)->name(), options.encoding);
  if (!encoding) return fail(encoding.error());
  auto sample = click_sample(kept->rows, *encoding, options.label);
  if (!sample) return fail(sample.error());
  if (options.positive_weight != 1)
    for (double y : sample->y) sample->weight.push_back(y > 0 ? options.positive_weight : 1);
  Result<Sample> validation = Sample{};
  if (options.validation.rows() > 0)
    validation = at("validation", click_sample(options.validation, *encoding, options.label));
  if (!validation) return fail(validation.error());

  const Loss log_loss{LossKind::logistic};
  const Loss loss = options.focal_gamma > 0 ? Loss{LossKind::focal, options.focal_gamma} : log_loss;
  const double correction = -std::log(options.positive_weight / options.keep_negatives);
  SmoothOptions how{.l2 = options.l2,
                    .search = {options.iterations, 10, options.tolerance},
                    .validation = validation->y.empty() ? nullptr : &*validation,
                    .judge = log_loss,
                    .judge_offset = options.correct ? correction : 0,
                    .patience = options.patience};
  // From the base rate: the first steps are not spent on finding the bias.
  const double count = static_cast<double>(sample->y.size());
  std::vector<double> start = {std::log(kept->positives / (count - kept->positives))};
  auto fitted = fit_smooth(*sample, encoding->parameters(), loss, how, std::move(start), progress);
  if (!fitted) return fail(fitted.error());

  sample->weight.clear();
  Facts facts = {{"rows_seen", static_cast<double>(rows.rows())},
                 {"rows_trained", count},
                 {"positives", kept->positives},
                 {"parameters", static_cast<double>(encoding->parameters())},
                 {"iterations", fitted->iterations},
                 {"converged", fitted->converged},
                 {"log_loss", mean_loss(*sample, fitted->weights, log_loss)}};
  if (how.validation) {
    facts.emplace_back("validation_log_loss", fitted->validation_loss);
    facts.emplace_back("best_iteration", fitted->best_iteration);
  }
  if (options.correct) fitted->weights[0] += correction;
  return Training<LinearModel>{
      std::make_shared<LinearModel>(
          LinearFit{.name = options.name.empty() ? "logistic regression" : options.name,
                    .label = options.label,
                    .encoding = std::move(*encoding),
                    .weights = std::move(fitted->weights),
                    .loss = loss,
                    .facts = std::move(facts)}),
      fitted->stopped};
}

}  // namespace rehearse::models
