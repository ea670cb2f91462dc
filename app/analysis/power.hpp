// SPDX-License-Identifier: GPL-3.0-or-later
//
// How many units does an experiment on a rate need? The document of a sample size: the number, what
// it becomes under the other three formulas, and the curve of what smaller effects would cost.
#pragma once

#include "engine/base/document.hpp"
#include "engine/base/json.hpp"
#include "engine/experiment/power.hpp"

namespace rehearse::analysis {

struct PowerQuestion {
  double baseline = 0, mde = 0;  // the effect is an absolute difference
  experiment::Target target;
  experiment::SizeForm form = experiment::SizeForm::unpooled;
};

// Keys per_arm, total (whole numbers) and per_arm_exact, and the question.
Json to_json(const PowerQuestion& question, const experiment::SampleSize& size);
std::string reading_of(const PowerQuestion& question, const experiment::SampleSize& size);
Document document_of(const PowerQuestion& question, const experiment::SampleSize& size);

}  // namespace rehearse::analysis
