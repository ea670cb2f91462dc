// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the steps of `train` share: the parameters that choose columns, the optional table for early
// stopping, and the way from a training to a step's outputs.
#pragma once

#include "engine/models/encoding.hpp"
#include "engine/models/training.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {

// The port `rows`, and the optional port `valid = handle`.
plan::Port training_rows();
plan::Port validation_rows();
// The validation table, or one without rows.
Frame validation_given(const StepCall& call);

// features, label, allow_leak; with `categorical` for models on encoded rows.
std::vector<plan::Parameter> feature_parameters();
std::vector<plan::Parameter> encoding_parameters();
models::FeatureChoice features_given(const StepCall& call);
models::EncodingOptions encoding_given(const StepCall& call);

// Parameters of one list and then of another.
std::vector<plan::Parameter> joined(std::vector<plan::Parameter> own,
                                    const std::vector<plan::Parameter>& shared);

// The model of a training that ended (of anything with `model` and `stopped`). One that was cut
// short must not be taken for it, unless the caller says that it may.
template <class Training>
Result<Outputs> trained(const Result<Training>& training, const StepContext& context) {
  if (!training) return fail(training.error());
  if (training->stopped && !context.accepts_partial) return cancelled();
  return one(ScorerPtr(training->model));
}

// As `one`, of a model or the reason why there is none.
Result<Outputs> made(const Result<ScorerPtr>& model);

// The trail of any model that is models::Stepped, over the step's `rows`.
Result<Frame> trail_of_model(const StepCall& call, const Outputs& outputs, std::size_t row);

}  // namespace rehearse::steps
