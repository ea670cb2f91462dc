// SPDX-License-Identifier: GPL-3.0-or-later
//
// Distillation (Hinton, Vinyals, Dean 2015; Bucila, Caruana, Niculescu-Mizil 2006): a small student
// learns a large teacher's probabilities instead of the labels.
//
//   target = share · teacher(x) + (1 - share) · y
//
// A click of 0 or 1 says little of the 3% behind it; the teacher's 3.4% says nearly all that the
// teacher knows. So a student needs fewer rows, and rows without a label serve as well as any. It
// cannot learn what it has no room for (a linear student has no interactions), and it learns the
// teacher's mistakes too: give it a calibrated teacher.
#pragma once

#include "engine/models/boosted.hpp"
#include "engine/models/mlp.hpp"

namespace rehearse::models {

enum class Student { logistic, network, trees };
// "logistic", "network", "trees".
Result<Student> parse_student(std::string_view name);

struct DistillOptions {
  Student student = Student::logistic;
  double teacher_share = 1;     // [0, 1]
  NetworkOptions network = {};  // of a logistic student (its wide part) or a network
  BoostedOptions trees = {};
};

// Labels are not read where the share is 1. Errors: those of the teacher's score and of the
// student's training; the teacher predicts no probabilities; a share outside [0, 1].
Result<Training<LearnedScorer>> distill(const Frame& rows, const Scorer& teacher,
                                        const Frame* valid, const DistillOptions& options,
                                        const Progress& progress = {});

}  // namespace rehearse::models
