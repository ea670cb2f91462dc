// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/distill.hpp"

#include "engine/models/labels.hpp"

namespace rehearse::models {
namespace {

// Targets of one table: the teacher's probabilities, mixed with the labels.
Result<std::vector<double>> distill_targets(const Frame& rows, const Scorer& teacher, double share,
                                            const std::string& label) {
  auto targets = teacher.score(rows);
  if (!targets || share >= 1) return targets;
  auto column = label_column(rows, label);
  if (!column) return fail(column.error());
  auto labels = binary_labels(**column);
  if (!labels) return fail(labels.error());
  for (std::size_t row = 0; row < targets->size(); ++row)
    (*targets)[row] = share * (*targets)[row] + (1 - share) * (*labels)[row];
  return targets;
}

}  // namespace

Result<Student> parse_student(std::string_view name) {
  if (name == "logistic") return Student::logistic;
  if (name == "network") return Student::network;
  if (name == "trees") return Student::trees;
  return fail(Code::invalid_argument, "`{}` is no student; there are logistic, network, trees",
              name);
}

Result<Training<LearnedScorer>> distill(const Frame& rows, const Scorer& teacher,
                                        const Frame* valid, const DistillOptions& options,
                                        const Progress& progress) {
  if (!teacher.probabilistic())
    return fail(Code::invalid_argument,
                "the teacher predicts values and no probabilities; a student of clicks needs them");
  if (!(options.teacher_share >= 0 && options.teacher_share <= 1))
    return fail(Code::invalid_argument,
                "distillation: the teacher's share is {}; it lies in [0, 1]",
                options.teacher_share);
  const std::string label =
      options.student == Student::trees ? options.trees.label : options.network.label;
  auto targets = distill_targets(rows, teacher, options.teacher_share, label);
  if (!targets) return fail(targets.error());
  Result<std::vector<double>> valid_targets;
  if (valid) valid_targets = distill_targets(*valid, teacher, options.teacher_share, label);
  if (!valid_targets) return fail(valid_targets.error());
  if (options.student == Student::trees) {
    auto fit = train_boosted_on(rows, *targets, valid, *valid_targets, options.trees, progress);
    if (!fit) return fail(fit.error());
    return Training<LearnedScorer>{fit->model, fit->stopped};
  }
  NetworkOptions network = options.network;
  network.deep = options.student == Student::network;
  network.wide_bits = network.deep ? 0 : std::max(network.wide_bits, 8);
  auto fit = train_network_on(rows, *targets, valid, *valid_targets, network, progress);
  if (!fit) return fail(fit.error());
  return Training<LearnedScorer>{fit->model, fit->stopped};
}

}  // namespace rehearse::models
